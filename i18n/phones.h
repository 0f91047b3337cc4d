// Telephone numbers: one wire form (E.164, without Mexico's former mobile 1), national forms for reading, and
// finding them in text. Whether a number may be called is not a question of digits and is not answered here.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/result.h"

namespace hotline {

// `region` is the ISO 3166-1 code whose dialling habits the text follows ("MX": 044 55 0000 0017 is
// +525500000017). Accepts what is possible, assigned or not. Anything else: phone_invalid. An extension is
// cut off; RFC 3966's "tel:" may stand before.
Result<std::string> parse_phone(std::string_view text, std::string_view region);
// The digits of what parse_phone cuts off ("45" of "202 555 0147 x45", of "…;ext=45"); "" when there is none.
std::string phone_extension(std::string_view text);

// "(202) 555-0147" to somebody in the US, "+1 202-555-0147" to somebody elsewhere. Not E.164: comes back as
// it is.
std::string format_phone(std::string_view e164, std::string_view reader_region);

struct PhoneSpan {
  std::size_t begin;  // bytes of the text given
  std::size_t end;
  std::string e164;  // "" when it has the look of a number but no region's form
  bool certain;      // a full number of 10 digits or more (or +); 7 or 8 digits alone are not certain
};

// Numbers as people write them: + and trunk prefixes (1, 01, 044, 045, 521), brackets, dots, slashes, dashes
// of any kind, full-width digits. Dates and decimal numbers are not taken for numbers. Spans rise and do not
// overlap.
std::vector<PhoneSpan> find_phones(std::string_view utf8, std::string_view region);

// Numbers that are public help (hotlines, 911, 988 ...): never redacted. i18n/data/hotline_numbers.json.
class HotlineNumbers {
 public:
  static Result<HotlineNumbers> load(const std::string& root);
  bool contains(std::string_view number) const;  // E.164, national digits or a short code, separators ignored

 private:
  std::set<std::string, std::less<>> numbers_;  // digits only
};

}  // namespace hotline
