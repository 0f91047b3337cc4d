// Whatever bytes come in: an error with a place, or a document that is the same when written and read again.
#include <cstdint>
#include <cstdlib>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = hotline::parse_json(text);
  if (!document) return 0;
  const std::string canonical = hotline::to_canonical(*document);
  for (const std::string& written : {hotline::to_text(*document), hotline::to_pretty(*document), canonical}) {
    const auto again = hotline::parse_json(written, {written.size(), 32});
    if (!again || hotline::to_canonical(*again) != canonical) std::abort();
  }
  return 0;
}
