// Any JSON as a record of the U.S. hotline: it is refused, or it becomes a canonical record that can be
// written home.
#include <cstdint>
#include <cstdlib>

#include "adapters/engine/mapped_profile.h"

namespace {

struct Data {
  std::string root = HOTLINE_ROOT;
  hotline::CodeSystems codes = hotline::CodeSystems::load(root).value();
  hotline::Schema canonical =
      hotline::Schema::load(root + "/config/schema/referral.schema.json", &codes).value();
  hotline::Profiles profiles = hotline::Profiles::load(root, canonical, codes).value();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Data* data = new Data();
  const auto& us = dynamic_cast<const hotline::MappedProfile&>(*data->profiles.find("us"));
  const auto record = hotline::parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!record) return 0;
  const auto read = us.to_canonical(*record);
  if (!read) return 0;
  if (!us.from_canonical(read->referral, hotline::LanguageTag("es-MX"))) std::abort();
  return 0;
}
