// What x-format means: checks of a text beyond its type.
#pragma once

#include <optional>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

enum class Format {
  none,
  civil_date,
  instant,
  language,
  country,
  subdivision,
  e164,
  time_zone,
  currency,
  email,
  decimal,
  time_of_day,
};

std::optional<Format> format_from(std::string_view name);  // never Format::none

// nullopt: the text is fine. Linear in the text.
std::optional<ErrorCode> format_fault(Format format, std::string_view text);

}  // namespace hotline
