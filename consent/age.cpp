#include "consent/age.h"

#include <algorithm>
#include <charconv>

namespace hotline {
namespace {

constexpr int kAdult = 18;          // of the code system age_band, whatever a jurisdiction says
constexpr int kUncertainYears = 2;  // of a birth date that is marked approximate

void narrow(AgeRange& range, int from, int to) {
  range.from = std::max(range.from, from);
  range.to = std::min(range.to, to);
  range.known = true;
  if (range.from > range.to) range.contradictory = true;
}

int number(std::string_view digits, int otherwise) {
  int value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// age_14_15, age_60_plus, minor_unspecified, adult_unspecified; the others narrow nothing.
void narrow_by_band(AgeRange& range, std::string_view band) {
  if (band == "minor_unspecified") return narrow(range, 0, kAdult - 1);
  if (band == "adult_unspecified") return narrow(range, kAdult, 200);
  if (band.size() < 8 || band.substr(0, 4) != "age_") return;
  const std::string_view upper = band.substr(7);
  narrow(range, number(band.substr(4, 2), 0), upper == "plus" ? 200 : number(upper, 200));
}

void narrow_by_birth(AgeRange& range, const CivilDate& birth, bool approximate, const CivilDate& today) {
  const int years = today.year - birth.year;
  int from = years - 1;
  int to = years;
  if (birth.month != 0 && birth.month != today.month) {
    from = to = birth.month < today.month ? years : years - 1;
  } else if (birth.month != 0 && birth.day != 0) {
    from = to = birth.day <= today.day ? years : years - 1;
  }
  const int slack = approximate ? kUncertainYears : 0;
  narrow(range, std::max(0, from - slack), std::max(0, to + slack));
}

}  // namespace

AgeRange age_of(const JsonValue& person, std::string_view consent_age_band, Instant now) {
  AgeRange range;
  if (const JsonValue* identity = member(person, "identity")) {
    if (const auto birth = parse_civil_date(text_at(*identity, "birth_date"))) {
      narrow_by_birth(range, *birth, flag_at(*identity, "birth_date_approximate"), civil_date_utc(now));
    }
    if (const JsonValue* years = member(*identity, "age_years"); years != nullptr && years->IsInt())
      narrow(range, years->GetInt(), years->GetInt() + 1);
    if (const JsonValue* band = member(*identity, "age_band")) narrow_by_band(range, text_at(*band, "code"));
  }
  narrow_by_band(range, consent_age_band);
  return range;
}

}  // namespace hotline
