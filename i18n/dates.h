// Calendar dates as people write them, ages, and times of day across time zones.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

// ISO everywhere; 03/05/1991 is March 5 for en-US, en-CA and en, and 3 May for fr, es and others; month names
// of the language ("5 de mayo de 2024", "le 5 mai 2024", "1er mai 2024", "May 5, 2024", "mayo de 2024").
// Years have four digits. Not a date: pattern_mismatch; one that cannot be: date_impossible.
Result<CivilDate> parse_date(std::string_view text, const LanguageTag& language);

// In digits, and the inverse of parse_date: 03/05/1991 for en-US, 1991-03-05 for Canada, 05/03/1991 for
// es-MX. A partial date is written as it is: 03/1991, 1991.
std::string format_date(const CivilDate& date, const LanguageTag& language);
// In words: "March 5, 1991", "5 mars 1991", "5 de marzo de 1991", "March 1991".
std::string format_date_long(const CivilDate& date, const LanguageTag& language);

// How a date may stand in a text, in en, fr and es, folded (fold.h) with single spaces, longest first: "march
// 5 1991", "5 de marzo de 1991", "05/03/1991", "1991-03-05", also without the year where month and day are
// known.
std::vector<std::string> date_search_forms(const CivilDate& date);

// Full years at `on`; nothing when the birth date does not settle it (a birth year alone, in the year's
// course).
std::optional<int> age_in_years(const CivilDate& birth, const CivilDate& on);

// Dates before November 2022 in Mexico are reckoned with the clock of today.
bool is_time_zone(std::string_view zone);  // an IANA name, e.g. "America/Tijuana"; never an offset

// A daily window in minutes after local midnight; `to` before `from` runs over midnight, equal is the whole
// day.
struct DailyWindow {
  int from = 0;
  int to = 0;
  friend bool operator==(const DailyWindow&, const DailyWindow&) = default;
};
Result<DailyWindow> parse_window(std::string_view from,
                                 std::string_view to);  // "18:30", 24:00 allowed at the end
std::string format_minute(int minute);                  // "18:30"

// The same window on the wall of another zone, for the day `on` of the first zone. Days shifted say how far
// the window's begin moves: 1 the next day there, -1 the day before.
struct ShiftedWindow {
  DailyWindow window;
  int days = 0;
};
Result<ShiftedWindow> convert_window(const DailyWindow& window, std::string_view from_zone,
                                     std::string_view to_zone, const CivilDate& on);

struct Span {
  Instant from;
  Instant to;
  friend bool operator==(const Span&, const Span&) = default;
};
// When such a window is open: each time that it begins on one of `days` (0 Monday to 6 Sunday, in its own
// zone; none: every day) and reaches into [from, to). In order of their beginning. Where clocks change, only
// what lies inside however the wall is read: an hour that comes twice counts only when all of it is inside,
// one that is skipped is not there.
Result<std::vector<Span>> window_spans(const DailyWindow& window, const std::vector<int>& days,
                                       std::string_view zone, Instant from, Instant to);
// The window of that one day, in the widest reading of the wall.
Result<Span> span_on(const CivilDate& date, const DailyWindow& window, std::string_view zone);

// The instant of a local time; a time that a clock change skips is the first one after it.
Result<Instant> to_instant(const CivilDate& date, int minute, std::string_view zone);
// Date and time as read in that zone and language, with the zone's short name: "5 mars 2024 à 18 h 30 HNE".
Result<std::string> format_instant_in(Instant at, std::string_view zone, const LanguageTag& language);
Result<CivilDate> civil_date_in(Instant at, std::string_view zone);

}  // namespace hotline
