#include "i18n/id_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace hotline {
namespace {

int digit(char32_t c) {
  return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : -1;
}

int number(std::u32string_view digits) {
  int value = 0;
  for (char32_t c : digits) {
    if (digit(c) < 0) return -1;
    value = value * 10 + digit(c);
  }
  return value;
}

int place_in(std::u32string_view alphabet, char32_t c) {
  const auto at = alphabet.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

// The year's century is unknown here, so 29 February passes.
bool possible_month_and_day(std::u32string_view mmdd) {
  constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int month = number(mmdd.substr(0, 2));
  const int day = number(mmdd.substr(2, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

bool luhn(std::u32string_view id) {
  int sum = 0;
  bool twice = false;
  for (auto at = id.rbegin(); at != id.rend(); ++at, twice = !twice) {
    int value = digit(*at);
    if (value < 0) return false;
    if (twice) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0 && id.find_first_not_of(U'0') != std::u32string_view::npos;
}

bool ssn_rule(std::u32string_view id) {
  const int area = number(id.substr(0, 3));
  // Three numbers that advertisements and leaflets made void.
  const bool advertised = id == U"078051120" || id == U"219099999" || id == U"457555462";
  return area > 0 && area != 666 && area < 900 && number(id.substr(3, 2)) > 0 && number(id.substr(5)) > 0 &&
         !advertised;
}

bool itin_rule(std::u32string_view id) {
  const int group = number(id.substr(3, 2));
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) ||
         (group >= 94 && group <= 99);
}

bool atin_rule(std::u32string_view id) {
  return number(id.substr(3, 2)) == 93;
}

bool curp_check(std::u32string_view id) {
  constexpr std::u32string_view kAlphabet = U"0123456789ABCDEFGHIJKLMN\u00D1OPQRSTUVWXYZ";
  if (id.size() != 18 || !possible_month_and_day(id.substr(6, 4))) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    const int value = place_in(kAlphabet, id[i]);
    if (value < 0) return false;
    sum += value * (18 - static_cast<int>(i));
  }
  return digit(id[17]) == (10 - sum % 10) % 10;
}

bool is_generic_rfc(std::u32string_view id) {
  return id == U"XAXX010101000" || id == U"XEXX010101000";
}

bool rfc_rule(std::u32string_view id) {
  return id.size() >= 12 && id.size() <= 13 && possible_month_and_day(id.substr(id.size() - 7, 4));
}

bool rfc_check(std::u32string_view id) {
  constexpr std::u32string_view kAlphabet = U"0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ \u00D1";
  if (!rfc_rule(id)) return false;
  if (is_generic_rfc(id)) return true;
  const std::size_t body = id.size() - 1;
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    const std::size_t padding = 12 - body;
    const int value = place_in(kAlphabet, i < padding ? U' ' : id[i - padding]);
    if (value < 0) return false;
    sum += value * (13 - static_cast<int>(i));
  }
  const int rest = sum % 11;
  const char32_t wanted = rest == 0 ? U'0' : 11 - rest == 10 ? U'A' : U'0' + static_cast<char32_t>(11 - rest);
  return id.back() == wanted;
}

bool clave_rule(std::u32string_view id) {
  return id.size() == 18 && possible_month_and_day(id.substr(8, 4));
}

bool clabe_check(std::u32string_view id) {
  constexpr std::array<int, 3> kWeights = {3, 7, 1};
  if (id.size() != 18) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += digit(id[i]) * kWeights[i % 3] % 10;
  return digit(id[17]) == (10 - sum % 10) % 10;
}

bool mrz_check(std::u32string_view id) {
  constexpr std::array<int, 3> kWeights = {7, 3, 1};
  if (id.size() < 15) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += digit(id[5 + i]) * kWeights[i % 3];
  return digit(id[14]) == sum % 10;
}

}  // namespace hotline
