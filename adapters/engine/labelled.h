// A code or word that stands in a national object, with its labels in several languages and constants beside
// it: {"code": "…", "label_en": "…"}, or a FHIR CodeableConcept.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "i18n/base/json.h"

namespace hotline {

using Literal = std::variant<std::string, std::int64_t, bool>;

// A place below a value. The token 0 is the first element of a list.
struct Below {
  std::string pointer;
  std::vector<std::string> tokens;
};

struct Labelled {
  Below code;                                         // pointer "" when the value is plain text
  std::vector<std::pair<Below, std::string>> labels;  // member, language or "reader"
  std::vector<std::pair<Below, Literal>> with;        // constants beside the code
  bool plain() const { return code.pointer.empty(); }
};

// Where the code was found. `index` is the element of the list that the code's path goes through; `ours` is
// false when a constant beside the code says that it is of another list.
struct CodedPlace {
  std::size_t index = 0;
  bool ours = true;
};
CodedPlace find_coded(const Labelled& labelled, const JsonValue& national);

// The member of a labelled object with its pointer below it, for the place that was found; nullptr when it is
// absent.
struct Found {
  const JsonValue* value;
  std::string pointer;
};
Found found_at(const Labelled& labelled, const JsonValue& national, const Below& below, CodedPlace place);

// The code of a national value, plain or labelled; "" when it has none, or none of this list.
std::string_view plain_code(const Labelled& labelled, const JsonValue& national);

// The national value: plain text, or the object with what `label` says for each language.
JsonValue make_coded(const Labelled& labelled, std::string_view code,
                     const std::function<std::string_view(const std::string& language)>& label,
                     Json::AllocatorType& allocator);

// Of a code that is on no list: with the one label that it has, and no constant that says it was on ours.
JsonValue make_unlisted(const Labelled& labelled, std::string_view code, std::string_view label,
                        std::string_view language, Json::AllocatorType& allocator);

}  // namespace hotline
