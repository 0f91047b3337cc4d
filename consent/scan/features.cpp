#include "consent/scan/features.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hotline {
namespace {

constexpr std::size_t kPhraseWords = 4;
enum Telling : std::uint8_t {
  person_head = 1,
  firm_head = 2,
  firm_tail = 4,
  place_head = 8,
  place_tail = 16,
  joiner = 32
};

using Told = std::unordered_map<std::string_view, std::uint8_t>;

Told telling_words(const ConsentTexts& texts) {
  Told out;
  for (const Lexicon& lexicon : texts.lexicons()) {
    const std::pair<const std::vector<std::string>*, std::uint8_t> lists[] = {
        {&lexicon.name_heads, person_head},   {&lexicon.employer_heads, firm_head},
        {&lexicon.employer_tails, firm_tail}, {&lexicon.place_heads, place_head},
        {&lexicon.place_tails, place_tail},   {&lexicon.joiners, joiner}};
    for (const auto& [words, flag] : lists)
      for (const std::string& word : *words) out[word] |= flag;
  }
  return out;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Capital letters beyond ASCII are told by the folded text being another: it is enough to know the first and
// whether any other is one.
Shape shape_of(std::string_view written, const ProseWord& word) {
  if (word.number) return Shape::digits;
  std::size_t capitals = 0, letters = 0, digits = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto c = static_cast<unsigned char>(written[i]);
    if (c >= 0x80 && c < 0xC0) continue;  // inside a letter
    if (c >= '0' && c <= '9') ++digits;
    const bool accented =
        c == 0xC3 && i + 1 < written.size() && static_cast<unsigned char>(written[i + 1]) < 0x9F;
    ++letters;
    if (is_upper(written[i]) || accented) ++capitals;
  }
  if (digits > 0) return Shape::mixed;
  if (letters == 1) return capitals == 1 || word.capital ? Shape::initial : Shape::lower;
  if (capitals == letters) return Shape::upper;
  if (word.capital) return Shape::capital;
  return capitals > 0 ? Shape::mixed : Shape::lower;
}

// The sign that parts a word from the one before: the last that is no blank, or a line end.
char gap(std::string_view between) {
  char sign = ' ';
  for (const char c : between) {
    if (c == '\n') return '\n';
    if (c > ' ' && static_cast<unsigned char>(c) < 0x80) sign = c;
    if (static_cast<unsigned char>(c) >= 0x80 && sign == ' ') sign = '\'';  // quotes of some kind, dashes
  }
  return sign;
}

bool ends_sentence(char sign) {
  return sign == '.' || sign == '!' || sign == '?' || sign == '\n' || sign == ':' || sign == ';';
}

// Phrases of the lists, the longest at each word.
void mark_phrases(std::vector<WordSight>& words, const WordLists& lists) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string phrase;
    std::size_t place = 0, never = 0;
    for (std::size_t n = 0; n < kPhraseWords && i + n < words.size(); ++n) {
      phrase += (n == 0 ? "" : " ") + std::string(words[i + n].folded);
      const std::uint8_t on = lists.of(phrase);
      if ((on & WordLists::place) != 0) place = n + 1;
      if ((on & WordLists::never) != 0) never = n + 1;
      if ((on & WordLists::begins) == 0) break;
    }
    for (std::size_t n = 0; n < place; ++n)
      words[i + n].place = std::max<std::uint8_t>(words[i + n].place, n == 0 ? 1 : 2);
    for (std::size_t n = 0; n < never; ++n) words[i + n].never = true;
  }
}

char casing(const std::vector<WordSight>& words) {
  std::size_t upper = 0, lower = 0, capital = 0;
  for (const WordSight& word : words) {
    if (word.shape == Shape::upper) ++upper;
    if (word.shape == Shape::lower) ++lower;
    if (word.shape == Shape::capital) ++capital;
  }
  if (upper > 2 * (lower + capital)) return 'u';
  return capital == 0 && lower > 3 ? 'l' : 'n';
}

// What a word is like without which word it is: shape and lists, as two characters.
struct Like {
  char text[2];
  explicit Like(const WordSight& word)
      : text{static_cast<char>('a' + static_cast<int>(word.shape)),
             static_cast<char>('0' + (word.lists & 15) + 16 * (word.place != 0 ? 1 : 0) +
                               32 * (word.never ? 1 : 0) +
                               64 * ((word.lists & WordLists::firm) != 0 ? 1 : 0))} {}
  std::string_view view() const { return {text, 2}; }
  std::string_view shape() const { return {text, 1}; }
};

std::string_view one(const char& c) {
  return {&c, 1};
}

}  // namespace

TextSight look_at(const PreparedText& text, const ConsentTexts& texts, const WordLists& lists) {
  const Told told = telling_words(texts);
  TextSight out;
  out.words.reserve(text.prose.size());
  std::unordered_set<std::string_view> lower;
  std::size_t end = 0;
  for (const ProseWord& word : text.prose) {
    WordSight sight;
    sight.folded = word.folded;
    sight.shape = shape_of(text.text.substr(word.begin, word.end - word.begin), word);
    sight.lists = lists.of(word.folded);
    sight.before = out.words.empty() ? '\n' : gap(text.text.substr(end, word.begin - end));
    sight.starts = ends_sentence(sight.before);
    const auto tells = told.find(word.folded);
    sight.tells = tells == told.end() ? std::uint8_t{0} : tells->second;
    if (sight.shape == Shape::lower) lower.insert(word.folded);
    end = word.end;
    out.words.push_back(sight);
  }
  for (WordSight& word : out.words)
    word.elsewhere_lower = word.shape != Shape::lower && lower.count(word.folded) != 0;
  mark_phrases(out.words, lists);
  out.casing = casing(out.words);
  return out;
}

std::uint64_t feature_hash(char kind, std::string_view first, std::string_view second) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  const auto add = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
  add(kind);
  for (const char c : first) add(c);
  add('\t');
  for (const char c : second) add(c);
  return hash;
}

void features_of(const TextSight& text, std::size_t at, Tag before, FeatureSink& sink) {
  static const WordSight kNone = [] {
    WordSight none;
    none.folded = "^";
    none.before = '\n';
    return none;
  }();
  const auto word = [&](std::ptrdiff_t away) -> const WordSight& {
    const auto i = static_cast<std::ptrdiff_t>(at) + away;
    return i < 0 || i >= static_cast<std::ptrdiff_t>(text.words.size())
               ? kNone
               : text.words[static_cast<std::size_t>(i)];
  };
  const WordSight& here = word(0);
  const Like like(here), last(word(-1)), next(word(1)), far_last(word(-2)), far_next(word(2));
  const char tag = static_cast<char>('0' + static_cast<int>(before));
  const char tells_last = static_cast<char>('0' + word(-1).tells),
             tells_far = static_cast<char>('0' + word(-2).tells);
  const char tells_next = static_cast<char>('0' + word(1).tells), tells = static_cast<char>('0' + here.tells);
  const char start = here.starts ? 's' : '-', elsewhere = here.elsewhere_lower ? 'e' : '-';
  const char place = static_cast<char>('0' + here.place);
  const bool known_word = (here.lists & (WordLists::common | WordLists::firm)) != 0 || here.tells != 0;

  sink.add('b', "", "");
  sink.add('s', like.shape(), one(start));
  sink.add('l', like.view(), "");
  sink.add('L', like.view(), one(start));
  sink.add('e', like.view(), one(elsewhere));
  sink.add('c', like.view(), one(text.casing));
  sink.add('p', one(place), like.shape());
  sink.add('t', one(tells), like.shape());
  if (known_word) sink.add('w', here.folded, like.shape());
  sink.add('1', last.view(), like.view());
  sink.add('2', next.view(), like.view());
  sink.add('3', far_last.view(), like.shape());
  sink.add('4', far_next.view(), like.shape());
  sink.add('5', word(-1).folded, "");
  sink.add('6', word(-1).folded, like.view());
  sink.add('7', word(1).folded, "");
  sink.add('8', word(1).folded, like.shape());
  sink.add('9', word(-2).folded, like.shape());
  sink.add('0', word(2).folded, like.shape());
  sink.add('B', word(-2).folded, word(-1).folded);
  sink.add('x', one(tells_last), like.view());
  sink.add('X', one(tells_far), like.shape());
  sink.add('y', one(tells_next), like.view());
  sink.add('g', one(here.before), like.shape());
  sink.add('G', one(word(1).before), like.shape());
  sink.add('m', one(tag), like.view());
  sink.add('M', one(tag), one(here.before));
  sink.add('n', one(tag), here.tells != 0 || known_word ? here.folded : std::string_view());
  sink.add('N', one(tag), last.view());
  if (!known_word && here.folded.size() > 3) {
    sink.add('u', here.folded.substr(here.folded.size() - 3), like.shape());
    sink.add('U', here.folded.substr(0, 3), like.shape());
    sink.add('v', here.folded.substr(here.folded.size() - 2), like.shape());
  }
}

}  // namespace hotline
