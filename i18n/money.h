// Amounts of money as people read them. Amounts are decimal text, never floating point, and never converted.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/ids.h"

namespace hotline {

// As CLDR writes it for the reader: MXN 1200.5 is "MX$1,200.50" for en-US, "1 200,50 $ MX" for fr-CA (with
// no-break spaces) and "$1,200.50" for es-MX. At least the digits that the currency has, and no digit of the
// amount is lost. An amount or a currency that cannot be read stands as it is, "<amount> <currency>".
std::string format_money(std::string_view amount, std::string_view currency, const LanguageTag& language);

}  // namespace hotline
