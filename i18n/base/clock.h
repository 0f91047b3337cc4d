// Points in time and calendar dates are different types and are never converted into each other by
// themselves.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

// A point in time: milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
  Instant plus_seconds(std::int64_t s) const { return {ms + s * 1000}; }
  std::int64_t seconds() const { return ms / 1000; }
};

// RFC 3339 in UTC with Z; whole seconds when the milliseconds are 0. Any offset is read, Z is written.
Result<Instant> parse_instant(std::string_view text);
std::string format_instant(Instant at);

// A calendar date of which month or day may be unknown (0): YYYY, YYYY-MM or YYYY-MM-DD, as FHIR `date`.
struct CivilDate {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

Result<CivilDate> parse_civil_date(std::string_view text);  // date_impossible for 2024-02-30
std::string format_civil_date(const CivilDate& date);
CivilDate civil_date_utc(Instant at);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

}  // namespace hotline
