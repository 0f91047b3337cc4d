// The few ICU conversions that the sources of this folder share. Not for other folders.
#pragma once

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include <cstdint>

#include "i18n/base/ids.h"

namespace hotline {

inline icu::UnicodeString to_utf16(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

inline std::string from_utf16(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

inline icu::Locale to_locale(const LanguageTag& tag) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(tag.get(), status);
  return U_SUCCESS(status) ? locale : icu::Locale::getEnglish();
}

}  // namespace hotline
