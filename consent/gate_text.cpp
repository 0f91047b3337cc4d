#include "consent/gate_text.h"

#include <algorithm>
#include <array>

#include "i18n/base/utf8.h"

namespace hotline::gate {
namespace {

// U+00C0 .. U+017F, base letters; a space where the code point is no letter of ours.
constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::string_view kLatinA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
    "uuuuuuuuuu"
    "uuwwyyyzzzzzzs";

// Cyrillic and Greek letters that are drawn like Latin ones, so that a withheld name cannot be dressed up.
constexpr std::array<std::pair<char32_t, char>, 24> kLookalikes = {{
    {U'а', 'a'}, {U'е', 'e'}, {U'о', 'o'}, {U'р', 'p'}, {U'с', 'c'}, {U'х', 'x'}, {U'у', 'y'}, {U'і', 'i'},
    {U'А', 'a'}, {U'Е', 'e'}, {U'О', 'o'}, {U'Р', 'p'}, {U'С', 'c'}, {U'Х', 'x'}, {U'В', 'b'}, {U'М', 'm'},
    {U'Н', 'h'}, {U'Т', 't'}, {U'К', 'k'}, {U'ο', 'o'}, {U'α', 'a'}, {U'Α', 'a'}, {U'Ο', 'o'}, {U'ι', 'i'},
}};

bool is_invisible(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xAD || c == 0xFEFF;
}

// Letters after folding, none for a separator.
std::string fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
  if (c < 0x80) {
    const char ascii = static_cast<char>(c);
    if (ascii >= 'A' && ascii <= 'Z') return {static_cast<char>(ascii + 32)};
    if ((ascii >= 'a' && ascii <= 'z') || (ascii >= '0' && ascii <= '9')) return {ascii};
    return {};
  }
  switch (c) {
    case 0xC6:
    case 0xE6:
      return "ae";
    case 0x152:
    case 0x153:
      return "oe";
    case 0xDF:
      return "ss";
    case 0xAA:
      return "a";
    case 0xBA:
      return "o";
    default:
      break;
  }
  char base = ' ';
  if (c >= 0xC0 && c <= 0xFF) base = kLatin1[c - 0xC0];
  if (c >= 0x100 && c < 0x100 + kLatinA.size()) base = kLatinA[c - 0x100];
  for (const auto& [from, to] : kLookalikes) {
    if (c == from) base = to;
  }
  if (base != ' ') return {base};
  // Punctuation and spaces of all scripts end a token; any other letter stands for itself.
  const bool separator =
      (c < 0xC0) || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == 0xD7 || c == 0xF7;
  std::string out;
  if (!separator) append_utf8(c, out);
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr std::array<std::array<std::string_view, 12>, 3> kMonths = {{
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
     "november", "december"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
     "noviembre", "diciembre"},
    {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
     "novembre", "decembre"},
}};

std::string without_zero(std::string_view two) {
  return std::string(two.substr(two[0] == '0' ? 1 : 0));
}

}  // namespace

std::string_view Tokens::token(std::size_t i) const {
  const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : letters.size();
  return std::string_view(letters).substr(begins[i], end - begins[i]);
}

bool Tokens::begins_at(std::size_t offset) const {
  return std::binary_search(begins.begin(), begins.end(), offset);
}

bool Tokens::ends_at(std::size_t offset) const {
  return offset == letters.size() || begins_at(offset);
}

Tokens tokenize(std::string_view utf8) {
  Tokens out;
  bool inside = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (is_invisible(c)) continue;
    const std::string letter = fold(c);
    if (letter.empty()) {
      inside = false;
      continue;
    }
    if (!inside) out.begins.push_back(static_cast<std::uint32_t>(out.letters.size()));
    inside = true;
    out.letters += letter;
  }
  return out;
}

std::vector<std::string> digit_runs(std::string_view utf8) {
  constexpr std::size_t kMostSeparators = 3;
  std::vector<std::string> runs;
  std::size_t separators = kMostSeparators + 1;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (is_invisible(c)) continue;
    const std::string letter = fold(c);
    if (letter.size() == 1 && is_digit(letter[0])) {
      if (separators > kMostSeparators) runs.emplace_back();
      runs.back() += letter;
      separators = 0;
    } else {
      separators = letter.empty() ? separators + 1 : kMostSeparators + 1;
    }
  }
  return runs;
}

std::string digits_of(std::string_view utf8) {
  std::string out;
  for (const char c : utf8) {
    if (is_digit(c)) out.push_back(c);
  }
  return out;
}

std::vector<std::string> date_forms(std::string_view iso) {
  if (iso.size() != 10) return {};  // a month or a year alone is no one's
  const std::string_view year = iso.substr(0, 4);
  const std::string_view month = iso.substr(5, 2);
  const std::string_view day = iso.substr(8, 2);
  const auto join = [](auto... parts) { return (std::string() + ... + std::string(parts)); };
  std::vector<std::string> out = {join(year, month, day), join(day, month, year), join(month, day, year),
                                  join(without_zero(day), without_zero(month), year),
                                  join(without_zero(month), without_zero(day), year)};
  const int number = (month[0] - '0') * 10 + (month[1] - '0');
  if (number < 1 || number > 12) return out;
  for (const auto& names : kMonths) {
    const std::string_view name = names[static_cast<std::size_t>(number) - 1];
    out.push_back(join(without_zero(day), name, year));
    out.push_back(join(without_zero(day), "de", name, "de", year));
    out.push_back(join(without_zero(day), "de", name, "del", year));
    out.push_back(join(name, without_zero(day), year));
  }
  return out;
}

}  // namespace hotline::gate
