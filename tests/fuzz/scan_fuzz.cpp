// The scanner on any bytes: no crash, spans that rise, do not overlap and stay inside the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "consent/scan/scanner.h"
#include "i18n/base/utf8.h"

namespace {

using namespace hotline;

const ScanData& data() {
  static const ScanData loaded = [] {
    auto result = ScanData::load(HOTLINE_ROOT);
    if (!result) std::abort();
    return std::move(*result);
  }();
  return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Scanner scanner(data(), {{"Ximena Zaldívar", FindAs::name, "family", false, false, 1},
                                        {"+12025550147", FindAs::phone, "contact", false, false, 2}});
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (!is_clean_text(text)) return 0;  // nothing else passes the reader of records
  std::size_t last = 0;
  for (const FoundSpan& span : scanner.scan(text, LanguageTag())) {
    if (span.begin < last || span.end <= span.begin || span.end > text.size()) std::abort();
    if (span.score < 0 || span.score > 1) std::abort();
    last = span.end;
  }
  return 0;
}
