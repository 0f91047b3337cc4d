#include "tests/scenarios/vary.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <random>
#include <regex>

namespace hotline::test {
namespace {

// None is a word of any of the records, nor a part of one. Six letters or more, so that they are found inside
// words.
const char* const kNames[] = {
    "Anahí Quezada", "Zoraïda",  "Wilhelmina", "Ñusta",        "Jacinthe-Mae",   "O'Dwyer",   "D’Onofrio",
    "Xóchitl",       "Guðrún",   "Bożena",     "Thérèse-Ange", "Ixchel Balam",   "Kateřina",  "Müjgan",
    "Évangéline",    "Tonatiuh", "Oluwaseun",  "Quetzalli",    "Nguyễn Thảo",    "Dieudonné", "Yaxkin",
    "Łucjana",       "Çiçekli",  "Hildegarde", "Ywaraperi",    "Zenaida Zurita", "Wenceslao", "Ubirajara",
    "Citlalmina",    "Perpètua", "Ambrosiña",  "Aurélien-Noé", "Mictlanteca",    "Kwabenaa",  "Sólveig"};

constexpr std::size_t kProse = 40;  // a value that is so much longer than the name in it is prose

std::string ascii_only(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString whole = nfd->normalize(icu::UnicodeString::fromUTF8(text), status);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < whole.length(); ++i) {
    if (u_charType(whole[i]) != U_NON_SPACING_MARK) bare.append(whole[i]);
  }
  std::string out;
  return bare.toUTF8String(out);
}

std::string capitals(const std::string& text) {
  std::string out;
  return icu::UnicodeString::fromUTF8(text).toUpper().toUTF8String(out);
}

std::string double_spaced(const std::string& text) {
  return std::regex_replace(text, std::regex(" "), "  ");
}

std::string respelled(const std::string& name, std::mt19937& random) {
  switch (random() % 4) {
    case 0:
      return ascii_only(name);
    case 1:
      return capitals(name);
    case 2:
      return double_spaced(capitals(ascii_only(name)));
    default:
      return double_spaced(name);
  }
}

bool joins(unsigned char c) {
  return c >= 0x80 || std::isalnum(c) != 0;
}

// Whole words only; bytes of other scripts count as letters.
std::string replace_word(const std::string& text, const std::string& from, const std::string& to) {
  std::string out;
  std::size_t begin = 0;
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + 1)) {
    const auto end = at + from.size();
    const bool inside = (at > 0 && joins(static_cast<unsigned char>(text[at - 1]))) ||
                        (end < text.size() && joins(static_cast<unsigned char>(text[end])));
    if (inside || at < begin) continue;
    out += text.substr(begin, at - begin) + to;
    begin = end;
  }
  return out + text.substr(begin);
}

// Where the digits of `number` stand, whatever is between them, their last two become `last_two`.
std::string replace_number(const std::string& text, const std::string& number, const std::string& last_two) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits),
               [](unsigned char c) { return std::isdigit(c); });
  std::string pattern;
  for (const char digit : digits) pattern += (pattern.empty() ? "" : "[ .()/-]*") + std::string(1, digit);
  const std::regex spelled("(" + pattern + ")(?![0-9])");
  std::string out;
  auto begin = text.begin();
  for (auto it = std::sregex_iterator(text.begin(), text.end(), spelled); it != std::sregex_iterator();
       ++it) {
    out.append(begin, (*it)[0].first);
    std::string found = it->str();
    const auto last = found.find_last_of("0123456789");
    const auto before = found.find_last_of("0123456789", last - 1);
    found[before] = last_two[0];
    found[last] = last_two[1];
    out += found;
    begin = (*it)[0].second;
  }
  return out.append(begin, text.end());
}

// One of the two-digit endings that belong to the i-th of n numbers: no variant of one is ever another.
std::string ending(std::size_t i, std::size_t n, std::mt19937& random) {
  const std::size_t value = (random() % (100 / n)) * n + i;
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

// Inside JSON strings that are prose, one mention after the other in a spelling of its own.
std::string respell_in_prose(const std::string& json, const std::string& name, std::mt19937& random) {
  static const std::regex kString("\"((?:[^\"\\\\]|\\\\.)*)\"");
  std::string out;
  auto begin = json.begin();
  for (auto it = std::sregex_iterator(json.begin(), json.end(), kString); it != std::sregex_iterator();
       ++it) {
    const std::string value = it->str();
    out.append(begin, (*it)[0].first);
    const bool prose = value.size() > name.size() + kProse;
    out += prose ? replace_word(value, name, respelled(name, random)) : value;
    begin = (*it)[0].second;
  }
  return out.append(begin, json.end());
}

}  // namespace

Varied variant(const std::string& record, const std::string& expectation, const Vary& vary,
               std::uint32_t seed) {
  Varied made{record, expectation};
  if (seed == 0) return made;
  std::mt19937 random(seed);
  // Each name has a part of the list to itself: what replaces one in some variant never replaces another.
  const std::size_t share = std::size(kNames) / std::max<std::size_t>(vary.names.size(), 1);
  const auto pick = random() % share;
  const auto name_for = [&](std::size_t i) { return std::string(kNames[i * share + pick]); };
  for (std::size_t i = 0; i < vary.names.size(); ++i) {
    made.record = replace_word(made.record, vary.names[i], name_for(i));
    made.expectation = replace_word(made.expectation, vary.names[i], name_for(i));
  }
  for (std::size_t i = 0; i < vary.numbers.size(); ++i) {
    const std::string last_two = ending(i, vary.numbers.size(), random);
    made.record = replace_number(made.record, vary.numbers[i], last_two);
    made.expectation = replace_number(made.expectation, vary.numbers[i], last_two);
  }
  for (const std::string& name : vary.spelled) {
    const auto at = std::find(vary.names.begin(), vary.names.end(), name);
    const std::string now =
        at == vary.names.end() ? name : name_for(static_cast<std::size_t>(at - vary.names.begin()));
    made.record = respell_in_prose(made.record, now, random);
  }
  return made;
}

}  // namespace hotline::test
