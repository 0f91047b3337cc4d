// Check digits and rules of the identifiers in identifiers.h. Texts come compact: upper case, letters,
// digits, & and < only, Ñ as U+00D1.
#pragma once

#include <string_view>

namespace hotline {

bool luhn(std::u32string_view id);
bool ssn_rule(std::u32string_view id);
bool itin_rule(std::u32string_view id);
bool atin_rule(std::u32string_view id);
bool curp_check(std::u32string_view id);
bool rfc_rule(std::u32string_view id);   // a possible date, and not one of the two generic ones
bool rfc_check(std::u32string_view id);  // 12 signs for a company, 13 for a person
bool clave_rule(std::u32string_view id);
bool clabe_check(std::u32string_view id);
bool mrz_check(std::u32string_view id);  // IDMEX, nine digits, their ICAO 9303 check digit
bool is_generic_rfc(std::u32string_view id);

}  // namespace hotline
