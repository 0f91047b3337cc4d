#include "i18n/dates.h"

#include <re2/re2.h>

#include <array>
#include <set>

#include "i18n/fold.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

using MonthNames = std::array<std::string_view, 12>;
constexpr MonthNames kEnglish = {"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};
constexpr MonthNames kFrench = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr MonthNames kSpanish = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                 "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
// Folded short forms, several for one month; "mar" and the like mean the same month in all three.
constexpr std::array<std::pair<std::string_view, int>, 27> kShort = {
    {{"jan", 1},  {"janv", 1}, {"ene", 1},  {"feb", 2},  {"fev", 2},  {"fevr", 2}, {"mar", 3},
     {"apr", 4},  {"avr", 4},  {"abr", 4},  {"may", 5},  {"jun", 6},  {"jul", 7},  {"juil", 7},
     {"aug", 8},  {"ago", 8},  {"aou", 8},  {"sep", 9},  {"sept", 9}, {"set", 9},  {"setiembre", 9},
     {"oct", 10}, {"nov", 11}, {"dec", 12}, {"dic", 12}, {"mz", 3},   {"juill", 7}}};

int month_number(std::string_view folded) {
  for (const auto* names : {&kEnglish, &kFrench, &kSpanish}) {
    for (std::size_t i = 0; i < names->size(); ++i) {
      if (fold_for_search((*names)[i]) == folded) return static_cast<int>(i) + 1;
    }
  }
  for (const auto& [name, month] : kShort) {
    if (name == folded) return month;
  }
  return 0;
}

bool month_first(const LanguageTag& language) {
  return base_language(language) == "en";
}

std::string two(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

Result<CivilDate> checked(int year, int month, int day) {
  const CivilDate date{year, month, day};
  if (year < 1 || month < 1 || month > 12) return fail(ErrorCode::date_impossible);
  std::string iso = format_civil_date(date);
  return parse_civil_date(iso);
}

tl::unexpected<Error> no_date() {
  return fail(ErrorCode::pattern_mismatch, {}, "date");
}

struct Shapes {
  RE2 digits{R"((\d{1,2})[/. -](\d{1,2})[/. -](\d{4}))"};
  RE2 month_year{R"((\d{1,2})[/.-](\d{4}))"};
  RE2 day_first{
      R"((?:le |el )?(\d{1,2})(?:er|st|nd|rd|th|o)?(?: de| of)? ([a-z]+)\.?,?(?: de| del)? (\d{4}))"};
  RE2 month_then_day{R"(([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))"};
  RE2 words_month_year{R"(([a-z]+)\.?,?(?: de| del)? (\d{4}))"};
};

const Shapes& shapes() {
  static const Shapes instance;
  return instance;
}

Result<CivilDate> in_words(const std::string& text) {
  int day = 0;
  int year = 0;
  std::string name;
  const auto& s = shapes();
  const bool full = RE2::FullMatch(text, s.day_first, &day, &name, &year) ||
                    RE2::FullMatch(text, s.month_then_day, &name, &day, &year);
  if (!full && !RE2::FullMatch(text, s.words_month_year, &name, &year)) return no_date();
  const int month = month_number(name);
  if (month == 0) return no_date();
  if (full && day == 0) return fail(ErrorCode::date_impossible);
  return checked(year, month, day);
}

std::string in_language(const CivilDate& date, std::string_view language) {
  const auto month = static_cast<std::size_t>(date.month - 1);
  const std::string year = std::to_string(date.year);
  if (language == "fr") {
    const std::string day = date.day == 0 ? "" : date.day == 1 ? "1er " : std::to_string(date.day) + ' ';
    return day + std::string(kFrench[month]) + ' ' + year;
  }
  if (language == "es") {
    const std::string day = date.day == 0 ? "" : std::to_string(date.day) + " de ";
    return day + std::string(kSpanish[month]) + " de " + year;
  }
  const std::string day = date.day == 0 ? " " : ' ' + std::to_string(date.day) + ", ";
  return std::string(kEnglish[month]) + day + year;
}

void add_numeric_forms(const CivilDate& date, std::set<std::string>& forms) {
  const std::string year = std::to_string(date.year);
  const std::string short_year = two(date.year % 100);
  for (const char* mark : {"/", "-", ".", " "}) {
    for (const bool padded : {true, false}) {
      const std::string day = padded ? two(date.day) : std::to_string(date.day);
      const std::string month = padded ? two(date.month) : std::to_string(date.month);
      for (const auto& y : {year, short_year}) {
        forms.insert(day + mark + month + mark + y);
        forms.insert(month + mark + day + mark + y);
      }
      forms.insert(year + mark + month + mark + day);
    }
  }
  forms.insert(year + two(date.month) + two(date.day));
}

void add_spoken_forms(const CivilDate& date, std::set<std::string>& forms) {
  const auto month = static_cast<std::size_t>(date.month - 1);
  const std::string day = std::to_string(date.day);
  const std::string ending = date.day % 10 == 1 && date.day != 11   ? "st"
                             : date.day % 10 == 2 && date.day != 12 ? "nd"
                             : date.day % 10 == 3 && date.day != 13 ? "rd"
                                                                    : "th";
  std::vector<std::string> without_year;
  const auto add_month = [&](const std::string& name) {
    for (const auto& d : {day, day + ending, two(date.day)}) {
      without_year.push_back(name + ' ' + d);
      without_year.push_back(d + ' ' + name);
      without_year.push_back(d + " of " + name);
      without_year.push_back(d + " de " + name);
    }
    if (date.day == 1) without_year.push_back("1er " + name);
  };
  for (const auto* names : {&kEnglish, &kFrench, &kSpanish}) add_month(fold_for_search((*names)[month]));
  for (const auto& [name, number] : kShort) {
    if (number == date.month) add_month(std::string(name));
  }
  for (const auto& form : without_year) {
    forms.insert(form);
    for (const char* link : {" ", " de ", " del "}) forms.insert(form + link + std::to_string(date.year));
  }
}

void add_month_forms(const CivilDate& date, std::set<std::string>& forms) {
  const auto month = static_cast<std::size_t>(date.month - 1);
  const std::string year = std::to_string(date.year);
  for (const auto* names : {&kEnglish, &kFrench, &kSpanish}) {
    const std::string name = fold_for_search((*names)[month]);
    for (const char* link : {" ", " de ", " del ", " of "}) forms.insert(name + link + year);
  }
  forms.insert(two(date.month) + '/' + year);
  forms.insert(year + '-' + two(date.month));
}

}  // namespace

Result<CivilDate> parse_date(std::string_view text, const LanguageTag& language) {
  auto iso = parse_civil_date(text);
  if (iso || iso.error().code == ErrorCode::date_impossible) return iso;
  const std::string folded = fold_for_search(text.substr(0, 64));
  int first = 0;
  int second = 0;
  int year = 0;
  if (RE2::FullMatch(folded, shapes().digits, &first, &second, &year)) {
    if (first == 0 || second == 0) return fail(ErrorCode::date_impossible);
    return month_first(language) ? checked(year, first, second) : checked(year, second, first);
  }
  if (RE2::FullMatch(folded, shapes().month_year, &first, &year)) return checked(year, first, 0);
  return in_words(folded);
}

std::string format_date(const CivilDate& date, const LanguageTag& language) {
  if (date.month == 0 || region_of(language) == "CA") return format_civil_date(date);
  const std::string year = format_civil_date({date.year, 0, 0});
  if (date.day == 0) return two(date.month) + '/' + year;
  if (month_first(language)) return two(date.month) + '/' + two(date.day) + '/' + year;
  return two(date.day) + '/' + two(date.month) + '/' + year;
}

std::string format_date_long(const CivilDate& date, const LanguageTag& language) {
  if (date.month == 0) return std::to_string(date.year);
  return in_language(date, base_language(language));
}

std::vector<std::string> date_search_forms(const CivilDate& date) {
  // A year alone is no more than a year: looking for it would black out half of a case history.
  if (date.month == 0) return {};
  std::set<std::string> forms;
  add_month_forms(date, forms);
  if (date.day != 0) {
    add_numeric_forms(date, forms);
    add_spoken_forms(date, forms);
  }
  std::vector<std::string> list(forms.begin(), forms.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return list;
}

std::optional<int> age_in_years(const CivilDate& birth, const CivilDate& on) {
  if (birth.month == 0 || on.month == 0) return std::nullopt;
  const int years = on.year - birth.year;
  if (on.month != birth.month) return on.month < birth.month ? years - 1 : years;
  if (birth.day == 0 || on.day == 0) return std::nullopt;
  return on.day < birth.day ? years - 1 : years;
}

}  // namespace hotline
