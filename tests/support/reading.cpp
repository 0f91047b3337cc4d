#include "tests/support/reading.h"

#include <algorithm>
#include <vector>

#include "i18n/base/utf8.h"

namespace hotline::test {
namespace {

constexpr double kWordsAMinute = 130;

std::u32string lowered(std::u32string text) {
  for (char32_t& c : text) {
    if ((c >= U'A' && c <= U'Z') || (c >= U'À' && c <= U'Þ' && c != U'×')) c += 32;
    if (c == U'Œ') c = U'œ';
  }
  return text;
}

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'à' && c <= U'ÿ' && c != U'÷') || c == U'œ';
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool ends_with(const std::u32string& word, std::u32string_view end) {
  return word.size() >= end.size() && word.compare(word.size() - end.size(), end.size(), end) == 0;
}

// Runs of vowels.
int groups(const std::u32string& word, std::u32string_view vowels) {
  int count = 0;
  bool inside = false;
  for (const char32_t c : word) {
    const bool vowel = is_one_of(c, vowels);
    if (vowel && !inside) ++count;
    inside = vowel;
  }
  return count;
}

// Runs of vowels, less the e that nobody hears (made, asked, sides), more where two vowels are two sounds.
int english(const std::u32string& word) {
  static constexpr std::u32string_view kVowels = U"aeiouyé";
  int count = groups(word, kVowels);
  const auto before = [&](std::size_t from_end) {
    return word.size() > from_end ? word[word.size() - 1 - from_end] : U' ';
  };
  if (ends_with(word, U"e") && !is_one_of(before(1), kVowels) &&
      !(ends_with(word, U"le") && !is_one_of(before(2), kVowels)))
    --count;
  if (ends_with(word, U"ed") && !is_one_of(before(2), U"aeiouydt")) --count;
  if (ends_with(word, U"es") && !is_one_of(before(2), U"aeiouyszxcgh")) --count;
  for (const std::u32string_view two : {U"ia", U"io", U"iu", U"eo", U"ying", U"uing", U"oing"}) {
    const std::size_t at = word.find(two);
    if (at == word.npos) continue;
    const bool one_sound = at > 0 && is_one_of(word[at - 1], U"tscg") && two[0] == U'i';  // -tion, -cial
    if (!one_sound && !(two == U"eo" && ends_with(word, U"eople"))) ++count;
  }
  return count;
}

// A strong vowel (a e o, and an accented i or u) is a syllable of its own; a weak one only without such a
// neighbour. The u of qu, gue and gui is silent.
int spanish(std::u32string word) {
  for (std::size_t i = 0; i + 2 < word.size(); ++i) {
    if ((word[i] == U'q' || word[i] == U'g') && word[i + 1] == U'u' && is_one_of(word[i + 2], U"eéií"))
      word.erase(i + 1, 1);
  }
  int count = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto strong = [](char32_t c) { return is_one_of(c, U"aeoáéóíú"); };
    const bool last_y = word[i] == U'y' && i + 1 == word.size();
    if (strong(word[i])) {
      ++count;
    } else if (is_one_of(word[i], U"iuü") || last_y) {
      const bool leans_left = i > 0 && (strong(word[i - 1]) || is_one_of(word[i - 1], U"iuü"));
      const bool leans_right = i + 1 < word.size() && strong(word[i + 1]);
      if (!leans_left && !leans_right) ++count;
    }
  }
  return count;
}

// Runs of vowels, less a final e, es or the ent of a verb in the plural is not guessed at: it counts.
int french(const std::u32string& word) {
  static constexpr std::u32string_view kVowels = U"aeiouyàâäéèêëîïôöùûüœ";
  int count = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_one_of(word[i], kVowels)) continue;
    const bool joined = i > 0 && is_one_of(word[i - 1], kVowels);
    // é and ï begin a sound of their own after a vowel, and after é so does everything but a silent e.
    const bool own = joined && (is_one_of(word[i], U"éïëè") || (word[i - 1] == U'é' && word[i] != U'e')) &&
                     !is_one_of(word[i - 1], U"iu");
    if (!joined || own) ++count;
  }
  for (const std::u32string_view end : {U"e", U"es"}) {
    const std::size_t at = word.size() - end.size();
    if (word.size() <= end.size() || !ends_with(word, end)) continue;
    const bool after_q = at > 1 && word[at - 1] == U'u' && is_one_of(word[at - 2], U"qg");
    if (!is_one_of(word[at - 1], kVowels) || after_q) --count;
  }
  return count;
}

// 31 is thirty-one, 2026 is twenty twenty-six: about three syllables for two digits.
int spoken_digits(std::size_t digits) {
  return static_cast<int>((digits * 3 + 1) / 2);
}

// Words with apostrophes and hyphens inside are one word, as on paper.
std::vector<std::u32string> words_of(std::u32string_view line) {
  std::vector<std::u32string> words(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char32_t c = line[i];
    const bool joins = is_one_of(c, U"'’-") && !words.back().empty() && i + 1 < line.size() &&
                       (is_letter(line[i + 1]) || is_digit(line[i + 1]));
    if (is_letter(c) || is_digit(c) || joins) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

int syllables(const std::u32string& word, std::string_view language) {
  const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
  if (digits != 0) return spoken_digits(digits);
  int sum = 0;
  std::u32string part;
  const auto add = [&](bool before_apostrophe) {
    if (part.empty()) return;
    const int own = language == "es" ? spanish(part) : (language == "fr" ? french(part) : english(part));
    // An elided l' or qu' is heard with the word that follows, and so is the t of don't.
    const bool mute_qu = language == "fr" && before_apostrophe && ends_with(part, U"qu");
    const bool no_vowel = groups(part, U"aeiouyàâéèêîôœóíáú") == 0;
    if (!no_vowel || language == "es") sum += std::max(own - (mute_qu ? 1 : 0), mute_qu ? 0 : 1);
    part.clear();
  };
  for (const char32_t c : word) {
    if (is_one_of(c, U"'’-")) {
      add(c != U'-');
    } else {
      part += c;
    }
  }
  add(false);
  return std::max(sum, 1);
}

}  // namespace

int syllables_of(std::string_view word, std::string_view language) {
  return syllables(lowered(to_utf32(word)), language);
}

Counts count(std::string_view text, std::string_view language) {
  Counts counts;
  std::u32string sentence;
  const auto end = [&] {
    const auto words = words_of(sentence);
    sentence.clear();
    if (words.empty()) return;
    ++counts.sentences;
    counts.words += static_cast<int>(words.size());
    for (const std::u32string& word : words) counts.syllables += syllables(word, language);
  };
  const std::u32string all = lowered(to_utf32(text));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool stop = is_one_of(all[i], U".!?…") && (i + 1 == all.size() || !is_letter(all[i + 1]));
    if (stop || all[i] == U'\n') {
      end();
    } else {
      sentence += all[i];
    }
  }
  end();
  return counts;
}

double flesch_kincaid_grade(const Counts& counts) {
  return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59;
}

double fernandez_huerta_ease(const Counts& counts) {
  return 206.84 - 60.0 * counts.syllables / counts.words - 1.02 * counts.words / counts.sentences;
}

double kandel_moles_ease(const Counts& counts) {
  return 207 - 1.015 * counts.words / counts.sentences - 73.6 * counts.syllables / counts.words;
}

bool is_plain_to_hear(std::string_view text, std::string_view language, double* figure) {
  const Counts counts = count(text, language);
  if (counts.words == 0) return false;
  const double measured = language == "es"   ? fernandez_huerta_ease(counts)
                          : language == "fr" ? kandel_moles_ease(counts)
                                             : flesch_kincaid_grade(counts);
  if (figure != nullptr) *figure = measured;
  return language == "en" ? measured <= 6 : measured >= 70;
}

double seconds_to_read_out(std::string_view text, std::string_view language) {
  return count(text, language).words * 60 / kWordsAMinute;
}

}  // namespace hotline::test
