#include "consent/prose.h"

#include <algorithm>
#include <unordered_set>

#include "i18n/base/utf8.h"

namespace hotline {
namespace {

constexpr std::size_t kLongestName = 5;  // words
constexpr std::size_t kMostJoiners = 3;
constexpr std::size_t kShortForm = 3;     // "St. Clair", "Wm. Pruett"
constexpr std::size_t kTitleLetters = 4;  // "Sra." does not end a sentence

using Words = std::vector<ProseWord>;
using WordSet = std::unordered_set<std::string_view>;

WordSet as_set(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

bool is_capital(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
         (c >= 0x100 && c <= 0x17F && c % 2 == 0);
}

bool is_head(const Words& words, std::size_t& at, const WordSet& heads) {
  if (heads.count(words[at].folded) != 0) return true;
  if (at + 1 >= words.size() || heads.count(words[at].folded + " " + words[at + 1].folded) == 0) return false;
  ++at;
  return true;
}

// The words of a proper name from `from` on: [from, result). Joiners inside only when more of the name
// follows.
std::size_t name_end(const Words& words, std::size_t from, bool numbers, const WordSet& joiners) {
  std::size_t end = from;
  for (std::size_t i = from; i < words.size() && i < from + kLongestName; ++i) {
    if (words[i].capital || (numbers && words[i].number)) {
      end = i + 1;
    } else if (i == from || joiners.count(words[i].folded) == 0) {
      break;
    }
  }
  return end;
}

void add_following(const Words& words, const WordSet& heads, const WordSet& joiners, bool numbers,
                   std::vector<ByteRange>& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t head = i;
    if (!is_head(words, head, heads)) continue;
    std::size_t from = head + 1;
    const std::size_t bound = std::min(words.size(), from + kMostJoiners);
    while (from < bound && !words[from].capital && joiners.count(words[from].folded) != 0) ++from;
    // "La granja de Los Pinos": the article belongs to the name when it is written like one.
    const std::size_t end = name_end(words, from, numbers, joiners);
    if (end > from) out.push_back({words[from].begin, words[end - 1].end});
  }
}

void add_preceding(const Words& words, const WordSet& tails, bool numbers, std::vector<ByteRange>& out) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (tails.count(words[i].folded) == 0) continue;
    std::size_t first = i;
    if (first > 1 && words[first - 1].folded == "s") --first;  // "Gagnon's farm"
    const std::size_t name_from = first;
    // A name does not reach back into the sentence before.
    while (first > 0 && i - first < kLongestName && !words[first].opens &&
           (words[first - 1].capital || (numbers && words[first - 1].number))) {
      --first;
    }
    if (first < name_from) out.push_back({words[first].begin, words[i].end});
  }
}

bool is_title(std::string_view before, const std::vector<const Lexicon*>& lexicons) {
  std::size_t start = before.size();
  while (start > 0 && (std::isalpha(static_cast<unsigned char>(before[start - 1])) != 0)) --start;
  const std::size_t letters = before.size() - start;
  if (letters == 0 || letters > kTitleLetters) return false;
  const std::string word = fold_for_search(before.substr(start));
  return letters == 1 || std::any_of(lexicons.begin(), lexicons.end(), [&](const Lexicon* each) {
           const auto& heads = each->name_heads;
           return std::find(heads.begin(), heads.end(), word) != heads.end();
         });
}

// Whether a sentence ends in what stands between a word and the next.
bool ends_sentence(std::string_view between, const ProseWord& before) {
  if (between.find_first_of("!?;\n") != std::string_view::npos) return true;
  return between.find(". ") != std::string_view::npos && before.folded.size() > kShortForm;
}

int month_of(const std::string& word, const Lexicon& lexicon) {
  const auto found = std::find(lexicon.months.begin(), lexicon.months.end(), word);
  return found == lexicon.months.end() ? 0 : static_cast<int>(found - lexicon.months.begin()) + 1;
}

bool is_day(const ProseWord& word) {
  if (word.folded.empty() || word.folded.size() > 4 ||
      std::isdigit(static_cast<unsigned char>(word.folded[0])) == 0) {
    return false;
  }
  const int day = std::atoi(word.folded.c_str());
  return day >= 1 && day <= 31;
}

bool is_year(const ProseWord& word) {
  return word.number && word.folded.size() == 4;
}

// Groups of digits with nothing but - / . between them: 05/03/1991, 1991-03-05.
bool is_digit_date(std::string_view text, const Words& words, std::size_t i) {
  if (i + 2 >= words.size()) return false;
  for (const std::size_t k : {i, i + 1, i + 2}) {
    if (!words[k].number || words[k].folded.size() > 4) return false;
  }
  for (const std::size_t k : {i, i + 1}) {
    const std::string_view between = text.substr(words[k].end, words[k + 1].begin - words[k].end);
    if (between != "/" && between != "-" && between != ".") return false;
  }
  return is_year(words[i]) || is_year(words[i + 2]) || words[i + 2].folded.size() == 2;
}

}  // namespace

std::vector<ProseWord> prose_words(std::string_view text, const FoldedText& folded,
                                   const std::vector<Word>& words) {
  Words out;
  out.reserve(words.size());
  for (const Word& word : words) {
    ProseWord each;
    each.begin = folded.begin[word.begin];
    each.end = folded.end[word.end - 1];
    each.folded = to_utf8(std::u32string_view(folded.text).substr(word.begin, word.end - word.begin));
    std::size_t at = each.begin;
    each.capital = is_capital(next_code_point(text, at));
    each.number =
        std::all_of(each.folded.begin(), each.folded.end(), [](char c) { return c >= '0' && c <= '9'; });
    each.opens =
        !out.empty() && ends_sentence(text.substr(out.back().end, each.begin - out.back().end), out.back());
    out.push_back(std::move(each));
  }
  return out;
}

std::vector<ByteRange> sentences(std::string_view text, const std::vector<const Lexicon*>& lexicons) {
  std::vector<ByteRange> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool stop = c == '.' || c == '!' || c == '?';
    if (c != '\n' && c != ';' && !stop) continue;
    const bool at_end = i + 1 == text.size();
    if (stop && !at_end && text[i + 1] != ' ' && text[i + 1] != '\n') continue;
    if (c == '.' && !at_end && is_title(text.substr(begin, i - begin), lexicons)) continue;
    out.push_back({begin, i + (c == '\n' ? 0 : 1)});
    begin = i + 1;
    while (begin < text.size() && text[begin] == ' ') ++begin;
    i = std::max(i, begin == 0 ? i : begin - 1);
  }
  if (begin < text.size()) out.push_back({begin, text.size()});
  return out;
}

std::vector<ByteRange> named_things(Named what, const std::vector<ProseWord>& words, const Lexicon& lexicon) {
  std::vector<ByteRange> out;
  const WordSet joiners = as_set(lexicon.joiners);
  switch (what) {
    case Named::employer:
      add_following(words, as_set(lexicon.employer_heads), joiners, false, out);
      add_preceding(words, as_set(lexicon.employer_tails), false, out);
      break;
    case Named::place:
      add_following(words, as_set(lexicon.place_heads), joiners, true, out);
      add_preceding(words, as_set(lexicon.place_tails), true, out);
      break;
    case Named::person:
      add_following(words, as_set(lexicon.name_heads), joiners, false, out);
      break;
  }
  return out;
}

std::vector<DateMention> day_dates(std::string_view text, const std::vector<ProseWord>& words,
                                   const Lexicon& lexicon) {
  std::vector<DateMention> out;
  const WordSet joiners = as_set(lexicon.joiners);
  const auto skip = [&](std::size_t i) {
    return i < words.size() && joiners.count(words[i].folded) != 0 ? i + 1 : i;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_digit_date(text, words, i)) {
      out.push_back({{words[i].begin, words[i + 2].end}, {}});
      i += 2;
      continue;
    }
    const bool day_first = is_day(words[i]);
    const std::size_t month = day_first ? skip(i + 1) : i;
    if (month >= words.size() || month_of(words[month].folded, lexicon) == 0) continue;
    std::size_t last = month;
    if (!day_first) {
      if (month + 1 >= words.size() || !is_day(words[month + 1])) continue;
      last = month + 1;
    }
    std::string without(text.substr(words[month].begin, words[month].end - words[month].begin));
    if (const std::size_t year = skip(last + 1); year < words.size() && is_year(words[year])) {
      without += day_first ? std::string(text.substr(words[month].end, words[year].end - words[month].end))
                           : " " + words[year].folded;
      last = year;
    }
    out.push_back({{words[i].begin, words[last].end}, std::move(without)});
    i = last;
  }
  return out;
}

}  // namespace hotline
