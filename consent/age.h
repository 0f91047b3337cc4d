// How old a person is, as far as is known: an interval of full years.
#pragma once

#include <string_view>

#include "i18n/base/clock.h"
#include "i18n/base/json.h"

namespace hotline {

struct AgeRange {
  int from = 0;
  int to = 200;
  bool known = false;          // something was said at all
  bool contradictory = false;  // two statements cannot both be true
  bool clear() const { return known && !contradictory; }
};

// From the birth date (exact, partial or approximate), the age band of the person and the one in the consent.
// "possible_minor" and "unknown" say nothing, unless a birth date does.
AgeRange age_of(const JsonValue& person, std::string_view consent_age_band, Instant now);

}  // namespace hotline
