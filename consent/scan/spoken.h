// Numbers and signs as people dictate them: "two oh two, triple five", "cinco cincuenta y cinco",
// "quatre-vingt-dix-huit".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "consent/prose.h"
#include "i18n/base/result.h"

namespace hotline {

// A text with such numbers in digits, or with such signs. Byte i of it came from bytes [begin[i], end[i]) of
// the text given.
struct DictatedView {
  std::string text;
  std::vector<std::uint32_t> begin, end;
};

class SpokenNumbers {
 public:
  // consent/scan/spoken/<language>.json below the data root; people mix languages, so all of them count at
  // once.
  static Result<SpokenNumbers> load(const std::string& root);

  // Empty when the text has no number in words of two digits or more. Linear.
  DictatedView in_digits(std::string_view text, const std::vector<ProseWord>& words) const;
  // "fab dot laguerre at example dot com": with the signs in place of their names. Empty when there are none.
  DictatedView in_signs(std::string_view text, const std::vector<ProseWord>& words) const;

 private:
  enum class Kind : std::uint8_t { number, hundred, joiner, separator, repeat };
  struct Meaning {
    Kind kind;
    int value;
  };
  class Reader;
  std::unordered_map<std::string, Meaning> words_;
  std::unordered_map<std::string, char> signs_;
};

}  // namespace hotline
