// us -> mx as somebody would write it who needs nothing else: plain RapidJSON, one pass, the joined tables of
// tables.mjs, and only the fields that the bench's records have. No report, no schema, no way back.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace hotline::bench {

class ByHand {
 public:
  explicit ByHand(const std::string& tables);  // the text of tables.json
  ~ByHand();
  std::string convert(std::string_view record) const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace hotline::bench
