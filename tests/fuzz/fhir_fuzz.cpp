// Any text as a FHIR Bundle: it is refused with a place, or laid out; and any JSON as the tree of one is
// written.
#include <cstdint>
#include <cstdlib>

#include "adapters/form/fhir_bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace hotline;
  static const auto form = FhirBundleForm::load(std::string(HOTLINE_ROOT) + "/adapters/fhir").value();
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto read = form->read(text)) {
    const auto written = form->give(read->tree);
    if (!written || !form->take(written->tree)) std::abort();
  }
  return 0;
}
