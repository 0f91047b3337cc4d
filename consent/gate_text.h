// The leak gate's own way of reading text. Deliberately not i18n/fold.h: a table of Latin letters instead of
// ICU.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::gate {

// Letters and digits of a text in lower case without accents, all in a row, and where its tokens begin.
struct Tokens {
  std::string letters;                // UTF-8
  std::vector<std::uint32_t> begins;  // rising; tokens are maximal runs of letters and digits
  std::string_view token(std::size_t i) const;
  bool begins_at(std::size_t offset) const;
  bool ends_at(std::size_t offset) const;
};
Tokens tokenize(std::string_view utf8);

// Runs of digits as people write numbers: groups with a few separators between them, digits only.
std::vector<std::string> digit_runs(std::string_view utf8);
std::string digits_of(std::string_view utf8);

// A calendar date as YYYY-MM-DD in the forms in which its digits or its month's name may stand in a text,
// squeezed.
std::vector<std::string> date_forms(std::string_view iso);

}  // namespace hotline::gate
