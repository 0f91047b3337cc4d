#include "config/formats.h"

#include <algorithm>
#include <array>
#include <utility>

#include "i18n/base/clock.h"
#include "i18n/dates.h"
#include "i18n/language_tag.h"
#include "i18n/regions.h"

namespace hotline {
namespace {

constexpr std::array kNames = std::to_array<std::pair<std::string_view, Format>>({
    {"civil_date", Format::civil_date},
    {"instant", Format::instant},
    {"language", Format::language},
    {"country", Format::country},
    {"subdivision", Format::subdivision},
    {"e164", Format::e164},
    {"time_zone", Format::time_zone},
    {"currency", Format::currency},
    {"email", Format::email},
    {"decimal", Format::decimal},
    {"time_of_day", Format::time_of_day},
});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool all(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}

std::optional<ErrorCode> unless(bool fine, ErrorCode code) {
  return fine ? std::nullopt : std::optional<ErrorCode>(code);
}

template <class T>
std::optional<ErrorCode> fault_of(const Result<T>& result) {
  return result ? std::nullopt : std::optional<ErrorCode>(result.error().code);
}

// Only the canonical form of a tag is stored, so that equal languages are equal texts.
std::optional<ErrorCode> language_fault(std::string_view text) {
  const auto tag = parse_language(text);
  return unless(tag.has_value() && tag->get() == text, ErrorCode::language_unknown);
}

bool is_subdivision_shape(std::string_view text) {
  const bool shaped = text.size() >= 4 && text.size() <= 6 && text[2] == '-';
  return shaped && all(text.substr(3), [](char c) { return is_digit(c) || is_upper(c); }) &&
         is_country(text.substr(0, 2));
}

bool is_e164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         all(text.substr(1), is_digit);
}

// RFC 5321 lengths, one @ with something on both sides, a dot in the domain, no blanks: more than that only a
// delivery can say.
bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  const auto plain = [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '@' && c != ',' && c != ';';
  };
  return std::all_of(local.begin(), local.end(), plain) && std::all_of(domain.begin(), domain.end(), plain) &&
         domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

// [-]digits[.digits]: an amount as text, never a binary fraction.
bool is_decimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  if (whole.empty() || !all(whole, is_digit)) return false;
  return dot == std::string_view::npos || (dot + 1 < text.size() && all(text.substr(dot + 1), is_digit));
}

// HH:MM; 24:00 is the end of a day.
bool is_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':' || !all(text.substr(0, 2), is_digit) ||
      !all(text.substr(3), is_digit)) {
    return false;
  }
  return text == "24:00" || (text.substr(0, 2) < "24" && text[3] < '6');
}

}  // namespace

std::optional<Format> format_from(std::string_view name) {
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == name; });
  return found == kNames.end() ? std::nullopt : std::optional<Format>(found->second);
}

std::optional<ErrorCode> format_fault(Format format, std::string_view text) {
  switch (format) {
    case Format::none:
      return std::nullopt;
    case Format::civil_date:
      return fault_of(parse_civil_date(text));
    case Format::instant:
      return fault_of(parse_instant(text));
    case Format::language:
      return language_fault(text);
    case Format::country:
      return unless(is_country(text), ErrorCode::code_unknown);
    case Format::subdivision:
      return unless(is_subdivision_shape(text), ErrorCode::code_unknown);
    case Format::e164:
      return unless(is_e164(text), ErrorCode::phone_invalid);
    case Format::time_zone:
      return unless(is_time_zone(text), ErrorCode::code_unknown);
    case Format::currency:
      return unless(text.size() == 3 && all(text, is_upper), ErrorCode::code_unknown);
    case Format::email:
      return unless(is_email(text), ErrorCode::pattern_mismatch);
    case Format::decimal:
      return unless(is_decimal(text), ErrorCode::pattern_mismatch);
    case Format::time_of_day:
      return unless(is_time_of_day(text), ErrorCode::pattern_mismatch);
  }
  return ErrorCode::internal;
}

}  // namespace hotline
