// What the gateway says to people, in their language. Messages are data: i18n/catalogs/<lang>.json, and
// further files of a topic as <lang>.<topic>.json, merged; a key may stand in one file only.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

struct Arg {
  Arg(std::string_view arg_name, std::string_view text) : name(arg_name), value(std::string(text)) {}
  Arg(std::string_view arg_name, const char* text) : name(arg_name), value(std::string(text)) {}
  Arg(std::string_view arg_name, const std::string& text) : name(arg_name), value(text) {}
  template <std::integral T>
  Arg(std::string_view arg_name, T number) : name(arg_name), value(static_cast<std::int64_t>(number)) {}
  std::string name;
  std::variant<std::string, std::int64_t> value;
};
using Args = std::vector<Arg>;

class Catalog {
 public:
  // `root` is the data root. Every message is compiled once here: one that ICU refuses is data_invalid.
  static Result<Catalog> load(const std::string& root);

  // The message with its arguments (ICU MessageFormat, named) in `language` or the first of its fallback
  // chain that has it. An unknown key comes back as it is: the lint keeps that from happening with keys
  // written in code.
  std::string text(std::string_view key, const LanguageTag& language, const Args& args = {}) const;
  bool has(std::string_view key,
           const LanguageTag& language) const;  // in that very language or its base language
  std::vector<std::string> keys() const;
  std::vector<LanguageTag> languages() const;  // en, es, fr

  // What is missing: keys and arguments that differ between languages, a status other than draft or reviewed,
  // an ErrorCode without title or detail, an apostrophe that would swallow an argument. Empty when all is
  // well. Each fault's pointer is /<lang>/<key>.
  std::vector<Fault> lint() const;

 private:
  struct Message {
    std::string text;
    std::string status;
    std::string file;                    // below the data root
    std::vector<std::string> arguments;  // names, sorted
    bool plain = false;                  // no arguments and nothing quoted: said as it stands
  };
  Result<void> merge(const std::string& path, const std::string& language);
  const Message* find(std::string_view key, const std::string& language) const;
  std::map<std::string, std::map<std::string, Message, std::less<>>, std::less<>>
      messages_;  // language -> key
};

// An error as it is said to a person: what is wrong, and what to do. Never a value from a record.
struct ErrorText {
  std::string title;
  std::string detail;
};
ErrorText describe(const Catalog& catalog, ErrorCode code, std::string_view pointer,
                   std::string_view expected, const LanguageTag& language);

}  // namespace hotline
