// What the leak gate looks for: every findable value of the record less what the decision lets go to this
// group.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "adapters/record/referral.h"
#include "config/schema.h"
#include "consent/decision.h"
#include "consent/gate_text.h"

namespace hotline::gate {

// Single words of names are looked for in free text only: narratives, and fields in somebody's own words.
enum class Where { anywhere, narratives };

class Secrets {
 public:
  Secrets(const Referral& source, const Schema& schema, const Decision& decision, const Group& group,
          bool narratives_stay);

  bool in_narrative(std::string_view text) const { return found(text, Where::narratives); }
  // `place`: a withheld name in the name of a granted place ("Santa Rosa") counts only when it is all of it.
  bool in_field(std::string_view text, bool place) const;

 private:
  struct Secret {
    Where where = Where::anywhere;
    bool name = false;
    bool inside = false;  // also inside a token
  };
  friend class Collector;
  void add(std::string squeezed, Secret secret);
  void add_digits(const std::string& digits, bool phone);
  void finish(const std::unordered_set<std::string>& granted);
  bool found(std::string_view text, Where where, bool skip_names = false) const;
  bool found_digits(std::string_view text) const;

  std::unordered_map<std::string, Secret> values_;
  std::unordered_multimap<std::uint64_t, const std::string*> by_hash_;
  std::vector<std::size_t> lengths_;  // distinct, rising
  std::unordered_set<std::string> numbers_, local_numbers_;
};

}  // namespace hotline::gate
