// Languages by their BCP 47 tags (RFC 5646), and which language to use when the wanted one is not there (RFC
// 4647).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

// Canonical case and preferred codes: "ES_mx" is es-MX, "fil" stays. Unknown subtags, or no tag at all:
// language_unknown.
Result<LanguageTag> parse_language(std::string_view text);

// The tag itself and what to try after it, ending in en: es-MX, es-419, es, en; fr-CA, fr, en.
std::vector<LanguageTag> fallback_chain(const LanguageTag& tag);
// The first of them for which `fits` says yes; "" when there is none.
std::string_view first_fallback(const LanguageTag& tag, const std::function<bool(std::string_view)>& fits);

// The best of `supported` for an Accept-Language header (quality values honoured, q=0 excluded, malformed
// parts ignored, at most 32 ranges read); the first of `supported` when nothing fits. `supported` is not
// empty.
LanguageTag pick_language(std::string_view accept_language, const std::vector<LanguageTag>& supported);

std::string base_language(const LanguageTag& tag);  // "es" of es-MX
std::string region_of(const LanguageTag& tag);      // "MX" of es-MX, "" when unsaid
std::string language_name(const LanguageTag& of,
                          const LanguageTag& in_language);  // "Haitian Creole"; the tag if nameless

}  // namespace hotline
