// Any JSON as the record of any hotline: it is refused, or it becomes a canonical record that every hotline
// can be given.
#include <cstdint>
#include <cstdlib>

#include "adapters/engine/mapped_profile.h"
#include "i18n/codes.h"

namespace {

using namespace hotline;

struct Data {
  std::string root = HOTLINE_ROOT;
  CodeSystems codes = CodeSystems::load(root).value();
  Schema canonical = Schema::load(root + "/config/schema/referral.schema.json", &codes).value();
  Profiles profiles = Profiles::load(root, canonical, codes).value();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Data* data = new Data();
  const auto record = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!record) return 0;
  for (const std::string& from : data->profiles.ids()) {
    const auto read = data->profiles.find(from)->to_canonical(*record);
    if (!read) continue;
    for (const std::string& to : data->profiles.ids()) {
      if (!data->profiles.find(to)->from_canonical(read->referral, LanguageTag("es-MX"))) std::abort();
    }
  }
  return 0;
}
