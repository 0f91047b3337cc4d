// Words that wound in what staff wrote, with better ones, for the author to see. The person's own words are
// never looked at, and nothing is changed.
#pragma once

#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/schema.h"
#include "i18n/terms.h"

namespace hotline {

struct Wording {
  std::string pointer;  // into the canonical record
  TermHit hit;          // start and end in code points of the text there
};

class StaffWords {
 public:
  // `root` is the data root: the words, and consent/wording.json, which says where staff write.
  static Result<StaffWords> load(const std::string& root);

  // In record order. A text counts as written in the record's own language (envelope/origin_language) or,
  // when that is not said, in `otherwise`; an account by staff says its own.
  std::vector<Wording> look(const Referral& referral, const LanguageTag& otherwise) const;
  const Terms& terms() const { return terms_; }

  // The lint: every place is a text of somebody's own words in the schema. A fault's pointer begins with the
  // file.
  static std::vector<Fault> check(const std::string& root, const Schema& canonical);

 private:
  Terms terms_;
  std::vector<std::string> fields_;
};

// [{"pointer","start","end","better","class"}] for an answer of the API.
JsonValue wording_json(const std::vector<Wording>& wording, Json::AllocatorType& allocator);

}  // namespace hotline
