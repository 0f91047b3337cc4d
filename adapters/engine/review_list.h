// The list in a national record for codes that did not carry and for what was originally said (README,
// `review`).
#pragma once

#include <string>

#include "adapters/engine/plan.h"
#include "i18n/codes.h"

namespace hotline {

class ReviewList {
 public:
  ReviewList(const Plan& plan, const LanguageTag& reader, const CodeSystems& codes);

  // Writes an entry and returns its place in the list. `place` is where the value would stand; `doubted`
  // makes it one for a person, whatever the relation.
  std::size_t add(const CodeMap& map, const JsonValue& coded, const CodeTarget& target,
                  const std::string& place, bool doubted, Json::AllocatorType& allocator);
  void place_in(Json& record);  // last: nothing else may be added to the record's own members meanwhile

  // `language` is a language tag or "reader".
  std::string_view national_label(const NationalCode& code, std::string_view language) const;

 private:
  std::string_view label_of(const std::string& system, const JsonValue& coded,
                            std::string_view otherwise) const;
  void set(JsonValue& entry, const std::string& name, std::string_view value,
           Json::AllocatorType& allocator) const;

  const Plan& plan_;
  const LanguageTag& reader_;
  std::string reader_base_;
  const CodeSystems& codes_;
  JsonValue entries_{rapidjson::kArrayType};
};

}  // namespace hotline
