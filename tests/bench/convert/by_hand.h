// us -> mx as somebody would write it who needs nothing else: plain RapidJSON, one pass, the joined tables of
// tables.mjs, libphonenumber for telephone numbers, and only the fields that the bench's records have. What
// comes out is the gateway's record, all of it: codes with labels, what a person has to look at, summaries,
// versions of the maps. What it leaves out: the report, both schemas, the canonical record between them, any
// input that is not as expected (a wrong type ends the program), and the way back.
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
