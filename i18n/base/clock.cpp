#include "i18n/base/clock.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

namespace hotline {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t kMsPerDay = 86'400'000;

// `count` decimal digits at `at`, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// With leading zeros where it is shorter than `width`.
void append_number(std::string& text, int number, std::size_t width) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const auto size = static_cast<std::size_t>(end - digits.data());
  text.append(size < width ? width - size : 0, '0').append(digits.data(), size);
}

bool is_at(std::string_view text, std::size_t at, char wanted) {
  return at < text.size() && text[at] == wanted;
}

std::optional<std::int64_t> day_number(int y, int m, int d) {
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date}.time_since_epoch().count();
}

tl::unexpected<Error> not_an_instant() {
  return fail(ErrorCode::pattern_mismatch, {}, "RFC 3339 date-time");
}
tl::unexpected<Error> not_a_date() {
  return fail(ErrorCode::pattern_mismatch, {}, "YYYY-MM-DD");
}

// Milliseconds of the fraction that starts at `at` (".5" is 500); moves `at` behind it. Finer digits are cut
// off.
std::optional<int> fraction(std::string_view text, std::size_t& at) {
  if (!is_at(text, at, '.')) return 0;
  int ms = 0;
  int scale = 100;
  const std::size_t first = ++at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
    ms += (text[at] - '0') * scale;
  if (at == first) return std::nullopt;
  return ms;
}

// Minutes east of UTC of the rest of the text, which must be all of it.
std::optional<int> offset_minutes(std::string_view rest) {
  if (rest == "Z" || rest == "z") return 0;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  const auto hours = digits(rest, 1, 2);
  const auto minutes = digits(rest, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (rest[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
  const auto y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const auto h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  const bool marks = is_at(text, 4, '-') && is_at(text, 7, '-') &&
                     (is_at(text, 10, 'T') || is_at(text, 10, 't')) && is_at(text, 13, ':') &&
                     is_at(text, 16, ':');
  if (!y || !mo || !d || !h || !mi || !s || !marks) return not_an_instant();
  std::size_t at = 19;
  const auto ms = fraction(text, at);
  if (!ms) return not_an_instant();
  const auto offset = offset_minutes(text.substr(at));
  if (!offset) return not_an_instant();
  const auto days = day_number(*y, *mo, *d);
  // A leap second has no number in Unix time; nothing of ours depends on one.
  if (!days || *h > 23 || *mi > 59 || *s > 59) return fail(ErrorCode::date_impossible);
  return Instant{*days * kMsPerDay + ((*h * 60 + *mi - *offset) * std::int64_t{60} + *s) * 1000 + *ms};
}

std::string format_instant(Instant at) {
  std::int64_t days = at.ms / kMsPerDay;
  std::int64_t rest = at.ms % kMsPerDay;
  if (rest < 0) {
    --days;
    rest += kMsPerDay;
  }
  const year_month_day date{sys_days{std::chrono::days{days}}};
  const int seconds = static_cast<int>(rest / 1000);
  const int ms = static_cast<int>(rest % 1000);
  std::string text;
  text.reserve(24);
  const auto add = [&](int number, std::size_t width, char before) {
    text += before;
    append_number(text, number, width);
  };
  append_number(text, static_cast<int>(date.year()), 4);
  add(static_cast<int>(static_cast<unsigned>(date.month())), 2, '-');
  add(static_cast<int>(static_cast<unsigned>(date.day())), 2, '-');
  add(seconds / 3600, 2, 'T');
  add(seconds / 60 % 60, 2, ':');
  add(seconds % 60, 2, ':');
  if (ms != 0) add(ms, 3, '.');
  return text + 'Z';
}

Result<CivilDate> parse_civil_date(std::string_view text) {
  const auto y = digits(text, 0, 4);
  if (!y) return not_a_date();
  CivilDate date{*y, 0, 0};
  if (text.size() > 4) {
    const auto m = digits(text, 5, 2);
    if (!m || text[4] != '-') return not_a_date();
    if (*m < 1 || *m > 12) return fail(ErrorCode::date_impossible);
    date.month = *m;
  }
  if (text.size() > 7) {
    const auto d = digits(text, 8, 2);
    if (!d || text[7] != '-' || text.size() != 10) return not_a_date();
    if (!day_number(date.year, date.month, *d)) return fail(ErrorCode::date_impossible);
    date.day = *d;
  }
  if (date.year == 0) return fail(ErrorCode::date_impossible);
  return date;
}

std::string format_civil_date(const CivilDate& date) {
  std::string text;
  append_number(text, date.year, 4);
  if (date.month == 0) return text;
  append_number(text += '-', date.month, 2);
  if (date.day != 0) append_number(text += '-', date.day, 2);
  return text;
}

CivilDate civil_date_utc(Instant at) {
  const std::int64_t days = at.ms >= 0 ? at.ms / kMsPerDay : (at.ms - (kMsPerDay - 1)) / kMsPerDay;
  const year_month_day date{sys_days{std::chrono::days{days}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace hotline
