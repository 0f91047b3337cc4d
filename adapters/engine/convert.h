// The converters of the mapping language (adapters/README.md): one value in, one value out, no context.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/engine/code_map.h"
#include "adapters/engine/date_form.h"
#include "adapters/engine/labelled.h"
#include "adapters/engine/word_table.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/name_index.h"

namespace hotline {

class SchemaNode;  // config/schema.h

// A national yes and no: JSON booleans when no words are given.
struct YesNo {
  std::string yes, no;
  std::vector<std::string> also_yes, also_no;
  std::optional<bool> read(const JsonValue& value) const;
  JsonValue write(bool value, Json::AllocatorType& allocator) const;
};

struct TextAs {};
struct IntegerAs {
  bool text = false;
};
struct BooleanAs {
  YesNo words;
};
struct DateAs {
  std::vector<DateForm> forms;
};
struct InstantAs {
  bool basic = false;  // 2026-11-20T15:00:00.000+0000
};
struct PhoneAs {
  std::string region;
  enum class Out { national, international, e164 } out = Out::national;
};
struct DecimalAs {
  std::string group, point;
};
struct EnumAs {
  std::map<std::string, std::string, std::less<>> to_national, to_canonical;  // to_canonical: folded
  std::map<std::string, std::string, std::less<>> unsupported;                // canonical value -> reason
  // Of the words that are no mere spelling: what the canonical value is against them. Those that have none
  // say why. Both: folded.
  std::map<std::string, Fate, std::less<>> relations = {};
  std::map<std::string, std::string, std::less<>> unmapped = {};

  // The words of to_national as they are written: found without being folded.
  struct Exact {
    std::string value, word;
  };
  std::vector<Exact> exact = {};
  NameIndex exact_values = {}, exact_words = {};  // of `exact`
  void index();                                   // makes these three from to_national

  const std::string* national(std::string_view value) const;  // nullptr: it has no word
  const std::string* canonical(std::string_view word) const;  // any spelling of it
  Fate relation(std::string_view word) const;                 // carried: it says the same
  bool keeps_words() const { return !relations.empty() || !unmapped.empty(); }
};
struct TableAs {
  std::shared_ptr<const WordTable> table;
  Labelled labelled;
  std::string format;  // of the canonical field: what the table does not name is named by it
};
struct CodeAs {
  std::shared_ptr<const CodeMap> map;
  Labelled labelled;
  bool closed = false;          // a decision hangs on the code: one that is not on the list is refused
  bool any = false;             // the national schema lets a code stand that is not on the list
  std::string own_system = {};  // what an original of this list is of: "us:gender"
};
struct IsOneOfAs {
  std::vector<std::string> of;
  YesNo words;
};
// A coded field, or the elements of a list (token *), below the rule's canonical path.
struct SummaryPart {
  std::vector<std::string> tokens;
  const SchemaNode* field;  // whose title heads the line; of the canonical schema
  std::string system;
};
struct SummaryAs {
  std::vector<SummaryPart> parts;
  std::size_t limit = 0;  // code points
};
struct PresenceAs {
  YesNo words;
};
struct SaidAs {
  std::string language_at;  // national path of the language, "" when there is none
  std::string language;     // when none is given
  std::shared_ptr<const WordTable> table;
};
struct SurnamesAs {
  std::string first, second;  // below the canonical path
  std::string second_at;      // national path that repeats the second surname
};

using Converter = std::variant<TextAs, IntegerAs, BooleanAs, DateAs, InstantAs, PhoneAs, DecimalAs, EnumAs,
                               TableAs, CodeAs, IsOneOfAs, PresenceAs, SummaryAs, SaidAs, SurnamesAs>;

// How the national value is labelled; nullptr for a converter that knows no labels.
const Labelled* labelled_of(const Converter& converter);
// Whether the national value is an object of which the converter reads only some members.
bool is_labelled(const Converter& converter);

// National to canonical. The error has no pointer: the caller knows the place. Composite converters (code,
// said, surnames) and outbound ones are not for here: type_mismatch.
Result<JsonValue> read_value(const Converter& converter, const JsonValue& national,
                             Json::AllocatorType& allocator);

// Canonical to national; a reason token when the national form cannot say it. Never fails: the record is
// valid.
tl::expected<JsonValue, std::string_view> write_value(const Converter& converter, const JsonValue& canonical,
                                                      const LanguageTag& reader,
                                                      Json::AllocatorType& allocator);

}  // namespace hotline
