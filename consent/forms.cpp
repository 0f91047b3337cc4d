#include "consent/forms.h"

#include <algorithm>

#include "consent/matcher.h"
#include "i18n/dates.h"
#include "i18n/fold.h"
#include "i18n/names.h"

namespace hotline {
namespace {

constexpr std::size_t kLongText = 80;  // bytes: quoted in sentences, not as a whole
constexpr std::size_t kSentenceLetters = 20;
constexpr std::size_t kCoreLetters = 4;  // of an organisation's own words
constexpr std::size_t kShortest = 2;
constexpr std::size_t kPhoneDigits = 10;
constexpr std::size_t kLocalDigits = 7;

void add(std::vector<std::u32string>& forms, std::u32string form) {
  if (form.size() >= kShortest) forms.push_back(std::move(form));
}

// "Granja Los Pinos S.A." is also spoken of as "los Pinos": what remains between the common words at both
// ends.
std::u32string core(const std::u32string& folded, const std::vector<Word>& words, const ConsentTexts& texts) {
  std::size_t first = 0;
  std::size_t last = words.size();
  const auto common = [&](std::size_t i) {
    return texts.is_common(to_utf8(folded.substr(words[i].begin, words[i].end - words[i].begin)));
  };
  while (first < last && (common(first) || words[first].end - words[first].begin == 1)) ++first;
  while (first < last && (common(last - 1) || words[last - 1].end - words[last - 1].begin == 1)) --last;
  std::u32string out;
  for (std::size_t i = first; i < last; ++i)
    out += folded.substr(words[i].begin, words[i].end - words[i].begin);
  return out;
}

void add_text(std::vector<std::u32string>& forms, const FindableValue& value, const ConsentTexts& texts) {
  const std::u32string folded = fold_to_utf32(value.text, Confusables::map);
  if (value.text.size() <= kLongText) {
    add(forms, squeeze(value.text));
    const std::vector<Word> all = words(folded);
    std::u32string own = core(folded, all, texts);
    if (all.size() > 1 && own.size() >= kCoreLetters) add(forms, std::move(own));
    return;
  }
  std::u32string sentence;
  for (const char32_t c : folded) {
    if (is_word_character(c)) sentence.push_back(c);
    if (c != U'.' && c != U'!' && c != U'?' && c != U'\n' && c != U';') continue;
    if (sentence.size() >= kSentenceLetters) add(forms, sentence);
    sentence.clear();
  }
  if (sentence.size() >= kSentenceLetters) add(forms, sentence);
}

void add_phone(std::vector<std::u32string>& forms, const FindableValue& value) {
  const std::u32string digits = squeeze(value.text);
  add(forms, digits);
  for (const std::size_t length : {kPhoneDigits, kLocalDigits}) {
    if (digits.size() > length) add(forms, digits.substr(digits.size() - length));
  }
}

// "Tres de mayo", "trois mai", "May the third": the day in words.
void add_day_in_words(std::vector<std::u32string>& forms, const CivilDate& date, const ConsentTexts& texts) {
  if (date.month < 1 || date.day < 1) return;
  const auto at = [](const std::vector<std::string>& list, int number) {
    return static_cast<std::size_t>(number) <= list.size() ? list[static_cast<std::size_t>(number) - 1]
                                                           : std::string();
  };
  for (const Lexicon& each : texts.lexicons()) {
    const std::string day = at(each.days, date.day);
    const std::string month = at(each.months, date.month);
    if (day.empty() || month.empty()) continue;
    for (const char* between : {" ", " de ", " of "}) add(forms, squeeze(day + between + month));
    for (const char* between : {" ", " the "}) add(forms, squeeze(month + between + day));
  }
}

}  // namespace

std::vector<std::u32string> search_forms(const FindableValue& value, const ConsentTexts& texts) {
  std::vector<std::u32string> forms;
  switch (value.as) {
    case FindAs::none:
      break;
    case FindAs::name:
      add(forms, squeeze(value.text));
      for (const std::string& form : name_search_forms(value.text)) add(forms, squeeze(form));
      break;
    case FindAs::date:
      if (const auto date = parse_civil_date(value.text)) {
        for (const std::string& form : date_search_forms(*date)) add(forms, squeeze(form));
        add_day_in_words(forms, *date, texts);
      }
      break;
    case FindAs::phone:
      add_phone(forms, value);
      break;
    case FindAs::text:
    case FindAs::place:
      add_text(forms, value, texts);
      break;
    case FindAs::email:
    case FindAs::identifier:
    case FindAs::postal_code:
      add(forms, squeeze(value.text));
      break;
  }
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

}  // namespace hotline
