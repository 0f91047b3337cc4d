#include "consent/scan/known_values.h"

#include <algorithm>

#include "consent/forms.h"
#include "i18n/base/utf8.h"
#include "i18n/names.h"

namespace hotline {
namespace {

constexpr double kKnown = 1.0, kNearly = 0.9, kShortened = 0.6;
constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kInsideLetters = 6;  // shorter values count as whole words only
constexpr std::size_t kFewestDigits = 4;   // a house number alone says nothing
constexpr std::size_t kTypoLetters = 6;    // from which on one typing error is looked for
constexpr std::size_t kFewestInitials = 2;
constexpr std::size_t kFewestLetters = 3;  // of a name's beginning

SpanType type_of(const FindableValue& value) {
  if (value.employer) return SpanType::organisation;
  switch (value.as) {
    case FindAs::name:
      return SpanType::name;
    case FindAs::phone:
      return SpanType::phone;
    case FindAs::email:
      return SpanType::email;
    case FindAs::date:
      return SpanType::date;
    case FindAs::place:
      return SpanType::place;
    case FindAs::postal_code:
      return SpanType::postal_code;
    case FindAs::text:
      return value.in_address ? SpanType::address : SpanType::organisation;
    case FindAs::identifier:
    case FindAs::none:
      break;
  }
  return SpanType::case_number;
}

bool all_digits(std::u32string_view form) {
  return std::all_of(form.begin(), form.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

// One letter more, less or another, or two changed places.
bool one_slip_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const auto rest_a = a.substr(same), rest_b = b.substr(same);
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.empty()) return true;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

template <typename Do>
void each_without_a_letter(std::u32string_view word, Do&& what) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::u32string less(word.substr(0, i));
    less += word.substr(i + 1);
    what(std::move(less));
  }
}

std::u32string initials_of(std::string_view name) {
  std::u32string out;
  for (const std::string& word : name_words(name)) {
    const std::u32string folded = squeeze(word);
    if (!folded.empty()) out.push_back(folded.front());
  }
  return out;
}

bool is_capital_at(const PreparedText& text, std::size_t byte) {
  const auto c = static_cast<unsigned char>(text.text[byte]);
  return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

}  // namespace

KnownValues::KnownValues(const ConsentTexts& texts, const std::vector<FindableValue>& known) {
  for (const FindableValue& value : known) {
    const SpanType type = type_of(value);
    for (const std::u32string& form : search_forms(value, texts)) {
      if (all_digits(form) && form.size() < kFewestDigits && value.as != FindAs::date) continue;
      add(form, {type, false});
    }
    if (value.as != FindAs::name) continue;
    if (const std::u32string initials = initials_of(value.text); initials.size() >= kFewestInitials)
      add(initials, {type, true});
    for (const std::string& word : name_words(value.text)) {
      const std::u32string form = squeeze(word);
      add_nearly(form, type);
      add_diminutives(form, type);
      for (std::size_t size = kFewestLetters; size + 1 < form.size(); ++size)
        beginnings_.insert(form.substr(0, size));
    }
  }
  matcher_.build();
}

void KnownValues::add(const std::u32string& form, Pattern pattern) {
  matcher_.add(form, form.size() >= kInsideLetters ? Fit::inside : Fit::whole,
               static_cast<int>(patterns_.size()));
  patterns_.push_back(pattern);
}

void KnownValues::add_nearly(std::u32string_view form, SpanType type) {
  if (form.size() < kTypoLetters || all_digits(form)) return;
  nearly_.push_back({std::u32string(form), type});
  without_a_letter_.emplace(form, nearly_.size() - 1);
  each_without_a_letter(
      form, [&](std::u32string&& less) { without_a_letter_.emplace(std::move(less), nearly_.size() - 1); });
}

// Spanish: Alejandrita, Juancito, Paquito for Paco.
void KnownValues::add_diminutives(std::u32string_view form, SpanType type) {
  if (form.size() < kFewestLetters + 1) return;
  const char32_t last = form.back();
  std::u32string stem(form);
  if (last == U'a' || last == U'o' || last == U'e') stem.pop_back();
  if (stem.ends_with(U"c") && last != U'e') stem = stem.substr(0, stem.size() - 1) + U"qu";
  if (stem.ends_with(U"g") && last != U'e') stem += U'u';
  if (stem.ends_with(U"z")) stem.back() = U'c';
  for (const std::u32string_view ending :
       {U"ito", U"ita", U"itos", U"itas", U"illo", U"illa", U"cito", U"cita"}) {
    const std::u32string made = (ending[0] == U'c' ? std::u32string(form) : stem) + std::u32string(ending);
    add(made, {type, false});
  }
}

void KnownValues::find(const PreparedText& text, std::vector<FoundSpan>& out, std::size_t* work) const {
  const Squeezed squeezed = squeeze(text.folded.text, text.words);
  for (const Matcher::Hit& hit : matcher_.find(squeezed, work)) {
    const std::size_t first = squeezed.word_begin[squeezed.word[hit.first]];
    const std::size_t last = squeezed.word_end[squeezed.word[hit.last - 1]];
    const Pattern& pattern = patterns_[static_cast<std::size_t>(hit.pattern)];
    const auto begin_of = [&](std::size_t at) { return text.folded.begin[squeezed.at[at]]; };
    if (pattern.initials) {
      bool capitals = true;
      for (std::size_t i = first; i < last; ++i) capitals = capitals && is_capital_at(text, begin_of(i));
      if (!capitals) continue;
    }
    out.push_back({begin_of(first), text.folded.end[squeezed.at[last - 1]], pattern.type,
                   SpanReason::known_value, kKnown});
  }
  find_nearly(text, out);
}

void KnownValues::find_nearly(const PreparedText& text, std::vector<FoundSpan>& out) const {
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    const Word& word = text.words[i];
    const auto letters = std::u32string_view(text.folded.text).substr(word.begin, word.end - word.begin);
    if (text.prose[i].capital && beginnings_.count(std::u32string(letters)) != 0)
      out.push_back(
          {text.prose[i].begin, text.prose[i].end, SpanType::name, SpanReason::known_nearly, kShortened});
    if (letters.size() + 1 < kTypoLetters || letters.size() > kLongestWord) continue;
    const Nearly* found = nullptr;
    const auto look = [&](const std::u32string& form) {
      const auto [from, to] = without_a_letter_.equal_range(form);
      for (auto each = from; each != to && found == nullptr; ++each)
        if (one_slip_apart(nearly_[each->second].form, letters)) found = &nearly_[each->second];
    };
    look(std::u32string(letters));
    if (found == nullptr) each_without_a_letter(letters, look);
    if (found != nullptr)
      out.push_back({text.prose[i].begin, text.prose[i].end, found->type, SpanReason::known_nearly, kNearly});
  }
}

}  // namespace hotline
