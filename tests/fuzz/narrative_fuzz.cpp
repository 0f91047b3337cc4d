// The scan of a narrative on any bytes: no crash, spans in order and in bounds, and the
// masked text is UTF-8 again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "consent/narrative.h"
#include "i18n/base/utf8.h"

namespace {

using namespace hotline;

const ConsentTexts& texts() {
  static const ConsentTexts loaded = [] {
    auto result = ConsentTexts::load(HOTLINE_ROOT);
    if (!result) std::abort();
    return std::move(*result);
  }();
  return loaded;
}

MaskRules rules() {
  MaskRules out;
  out.hidden = {{"Ximena Zaldívar", FindAs::name, "family", false, false, 1},
                {"Granja Los Pinares", FindAs::text, "employment", false, true, 2},
                {"1991-05-03", FindAs::date, "identity", false, false, 3},
                {"+12025550147", FindAs::phone, "contact", false, false, 4}};
  out.withheld = {"immigration", "health", "employment", "location", "family"};
  out.generalised = true;
  out.region = "MX";
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const NarrativeMask mask(texts(), rules());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_clean_text(text)) return 0;  // nothing else passes the reader of records
  for (const char* language : {"en", "es-MX", "fr-CA", "ht"}) {
    std::size_t last = 0;
    for (const MaskSpan& span : mask.find(text, LanguageTag(language))) {
      if (span.begin < last || span.end <= span.begin || span.end > text.size()) std::abort();
      last = span.end;
    }
    if (first_invalid_utf8(mask.mask(text, LanguageTag(language)).text) !=
        mask.mask(text, LanguageTag(language)).text.size()) {
      std::abort();
    }
  }
  return 0;
}
