// The spoken receipt code: which hotline took the consent, eleven random digits and a check digit. It names
// nobody and can be written on a hand; without it nothing is looked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "i18n/base/ids.h"

namespace hotline {

struct ReceiptCode {
  MemberId home;       // the hotline to ask
  std::string digits;  // twelve, the last one by Luhn
};

ReceiptCode new_receipt_code(const MemberId& home);
std::string spoken(const ReceiptCode& code);  // "mx 4821 7730 0459"
// As people say and write it: capitals, spaces, dots and dashes do not matter. Nothing when a digit is wrong.
std::optional<ReceiptCode> parse_receipt_code(std::string_view text);

}  // namespace hotline
