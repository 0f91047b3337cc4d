// The part of dates.h that needs the time zone database.
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <array>
#include <memory>

#include "i18n/clock_words.h"
#include "i18n/dates.h"
#include "i18n/language_tag.h"
#include "i18n/unicode.h"

namespace hotline {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr std::int64_t kMsPerMinute = 60'000;
constexpr std::int64_t kMsPerDay = kMinutesPerDay * kMsPerMinute;

// Mexico gave up summer time on 30 October 2022, after ICU 72's own table was made: an hour's error in when
// it is safe to call. Each zone that changed, with one that has kept the same clock since. ICU does not know
// Ciudad Juarez yet.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kChangedIn2022 = {{
    {"America/Mexico_City", "America/Costa_Rica"},
    {"America/Merida", "America/Costa_Rica"},
    {"America/Monterrey", "America/Costa_Rica"},
    {"America/Bahia_Banderas", "America/Costa_Rica"},
    {"America/Chihuahua", "America/Costa_Rica"},
    {"America/Mazatlan", "America/Phoenix"},
    {"America/Ojinaga", "America/Chicago"},
    {"America/Ciudad_Juarez", "America/Denver"},
}};

std::string_view same_clock(std::string_view name) {
  for (const auto& [changed, as_now] : kChangedIn2022) {
    if (changed == name) return as_now;
  }
  return name;
}

std::unique_ptr<icu::TimeZone> zone_of(std::string_view name) {
  if (!is_time_zone(name)) return nullptr;
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(to_utf16(same_clock(name))));
}

tl::unexpected<Error> unknown_zone() {
  return fail(ErrorCode::value_not_allowed, {}, "IANA time zone");
}

// Milliseconds on the wall of that zone, as if it were UTC.
std::int64_t wall_ms(Instant at, const icu::TimeZone& zone) {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(at.ms), false, raw, saving, status);
  return at.ms + raw + saving;
}

std::int64_t floor_days(std::int64_t ms) {
  return ms >= 0 ? ms / kMsPerDay : (ms - (kMsPerDay - 1)) / kMsPerDay;
}

// What a clock change skips is the first moment after it; of what it repeats, the one that `repeated` says.
Result<Instant> instant_of(const CivilDate& date, int minute, const icu::TimeZone& zone,
                           UCalendarWallTimeOption repeated) {
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(zone, icu::Locale::getRoot(), status);
  calendar.setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
  calendar.setRepeatedWallTimeOption(repeated);
  calendar.clear();
  calendar.set(date.year, date.month - 1, date.day, minute / 60, minute % 60);
  const UDate at = calendar.getTime(status);
  if (U_FAILURE(status)) return fail(ErrorCode::date_impossible);
  return Instant{static_cast<std::int64_t>(at)};
}

std::optional<int> clock_minute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (std::size_t i : {0u, 1u, 3u, 4u}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
  return hour * 60 + minute;
}

}  // namespace

bool is_time_zone(std::string_view name) {
  if (name == "UTC") return true;
  // Names with a place only: an offset does not know when the clocks change.
  if (name.find('/') == std::string_view::npos || name.starts_with("Etc/") || name.size() > 64) return false;
  UErrorCode status = U_ZERO_ERROR;
  UBool system = false;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(to_utf16(same_clock(name)), canonical, system, status);
  return U_SUCCESS(status) && system;
}

Result<DailyWindow> parse_window(std::string_view from, std::string_view to) {
  const auto begin = clock_minute(from);
  const auto end = clock_minute(to);
  if (!begin || !end || *begin == kMinutesPerDay) return fail(ErrorCode::pattern_mismatch, {}, "HH:MM");
  return DailyWindow{*begin, *end % kMinutesPerDay};
}

std::string format_minute(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60 % 24) + ':' + two(minute % 60);
}

Result<Instant> to_instant(const CivilDate& date, int minute, std::string_view zone_name) {
  const auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  return instant_of(date, minute, *zone, UCAL_WALLTIME_FIRST);
}

Result<int> minute_of_day_in(Instant at, std::string_view zone_name) {
  const auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  const std::int64_t wall = wall_ms(at, *zone);
  return static_cast<int>((wall - floor_days(wall) * kMsPerDay) / kMsPerMinute);
}

std::string format_time_of_day(int minute, const LanguageTag& language) {
  const std::string hour = std::to_string(minute / 60);
  const std::string rest = format_minute(minute % 60).substr(3);
  if (base_language(language) != "fr") return (hour.size() < 2 ? "0" : "") + hour + ":" + rest;
  // No-break spaces: an hour is never torn apart at the end of a line.
  return hour + "\u00a0h" + (rest == "00" ? "" : "\u00a0" + rest);
}

std::string city_of_zone(std::string_view zone_name, const LanguageTag& language) {
  if (zone_name == "UTC") return "UTC";
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZoneNames> names(
      icu::TimeZoneNames::createInstance(to_locale(language), status));
  icu::UnicodeString city;
  if (U_SUCCESS(status) && names) names->getExemplarLocationName(to_utf16(zone_name), city);
  if (!city.isEmpty()) return from_utf16(city);
  std::string last(zone_name.substr(zone_name.rfind('/') + 1));
  std::replace(last.begin(), last.end(), '_', ' ');
  return last;
}

Result<CivilDate> civil_date_in(Instant at, std::string_view zone_name) {
  const auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  return civil_date_utc({wall_ms(at, *zone)});
}

Result<std::vector<Span>> window_spans(const DailyWindow& window, const std::vector<int>& days,
                                       std::string_view zone_name, Instant from, Instant to) {
  const auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  constexpr int kThursday = 3;  // 1 January 1970
  const int last_minute = window.to + (window.to <= window.from ? kMinutesPerDay : 0);
  std::vector<Span> spans;
  // One that began the day before may still be open.
  const std::int64_t last_day = floor_days(wall_ms(to, *zone));
  for (std::int64_t day = floor_days(wall_ms(from, *zone)) - 1; day <= last_day; ++day) {
    const int weekday = static_cast<int>(((day + kThursday) % 7 + 7) % 7);
    if (!days.empty() && std::find(days.begin(), days.end(), weekday) == days.end()) continue;
    const CivilDate date = civil_date_utc({day * kMsPerDay});
    const auto begin = instant_of(date, window.from, *zone, UCAL_WALLTIME_LAST);
    const auto end = instant_of(date, last_minute, *zone, UCAL_WALLTIME_FIRST);
    if (!begin) return fail(begin.error());
    if (!end) return fail(end.error());
    if (*begin < *end && *begin < to && from < *end) spans.push_back({*begin, *end});
  }
  return spans;
}

Result<Span> span_on(const CivilDate& date, const DailyWindow& window, std::string_view zone_name) {
  const auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  const auto begin = instant_of(date, window.from, *zone, UCAL_WALLTIME_FIRST);
  const int last_minute = window.to + (window.to <= window.from ? kMinutesPerDay : 0);
  const auto end = instant_of(date, last_minute, *zone, UCAL_WALLTIME_LAST);
  if (!begin) return fail(begin.error());
  if (!end) return fail(end.error());
  return Span{*begin, *end};
}

Result<ShiftedWindow> convert_window(const DailyWindow& window, std::string_view from_zone,
                                     std::string_view to_zone, const CivilDate& on) {
  const auto target = zone_of(to_zone);
  if (!target) return unknown_zone();
  const auto begin = to_instant(on, window.from, from_zone);
  if (!begin) return fail(begin.error());
  const bool over_midnight = window.to <= window.from;
  const auto end = to_instant(on, window.to + (over_midnight ? kMinutesPerDay : 0), from_zone);
  if (!end) return fail(end.error());
  const std::int64_t begin_wall = wall_ms(*begin, *target);
  const std::int64_t end_wall = wall_ms(*end, *target);
  const auto minute = [](std::int64_t wall) {
    return static_cast<int>((wall - floor_days(wall) * kMsPerDay) / kMsPerMinute);
  };
  const auto day = to_instant(on, 0, "UTC");
  if (!day) return fail(day.error());
  ShiftedWindow shifted;
  shifted.window = {minute(begin_wall), minute(end_wall)};
  shifted.days = static_cast<int>(floor_days(begin_wall) - floor_days(day->ms));
  return shifted;
}

Result<std::string> format_instant_in(Instant at, std::string_view zone_name, const LanguageTag& language) {
  auto zone = zone_of(zone_name);
  if (!zone) return unknown_zone();
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = to_locale(language);
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  if (U_FAILURE(status)) return fail(ErrorCode::internal);
  const icu::UnicodeString pattern = generator->getBestPattern(u"yMMMMdjmz", status);
  icu::SimpleDateFormat format(pattern, locale, status);
  if (U_FAILURE(status)) return fail(ErrorCode::internal);
  format.adoptTimeZone(zone.release());
  icu::UnicodeString out;
  format.format(static_cast<UDate>(at.ms), out);
  return from_utf16(out);
}

}  // namespace hotline
