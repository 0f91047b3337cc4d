#include "i18n/money.h"

#include <unicode/currunit.h>
#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>

#include <algorithm>

#include "i18n/unicode.h"

namespace hotline {
namespace {

bool is_currency(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Digits, at most one point between them: what the record holds. ICU would also read "1e9" and "NaN".
bool is_amount(std::string_view amount) {
  if (amount.starts_with('-')) amount.remove_prefix(1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !amount.empty() && digit(amount.front()) && digit(amount.back()) &&
         std::all_of(amount.begin(), amount.end(), [&](char c) { return digit(c) || c == '.'; }) &&
         std::count(amount.begin(), amount.end(), '.') <= 1;
}

}  // namespace

std::string format_money(std::string_view amount, std::string_view currency, const LanguageTag& language) {
  std::string plain = std::string(amount) + ' ' + std::string(currency);
  if (!is_amount(amount) || !is_currency(currency)) return plain;
  UErrorCode status = U_ZERO_ERROR;
  const icu::CurrencyUnit unit(icu::StringPiece(currency.data(), 3), status);
  const std::int32_t digits = ucurr_getDefaultFractionDigits(unit.getISOCurrency(), &status);
  if (U_FAILURE(status)) return plain;
  const auto formatted =
      icu::number::NumberFormatter::withLocale(to_locale(language))
          .unit(unit)
          .precision(icu::number::Precision::minFraction(digits))
          .formatDecimal(icu::StringPiece(amount.data(), static_cast<std::int32_t>(amount.size())), status);
  const icu::UnicodeString text = formatted.toString(status);
  return U_FAILURE(status) ? plain : from_utf16(text);
}

}  // namespace hotline
