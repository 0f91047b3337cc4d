// Which maps made a record: versions, so that a mistake in one can be traced to the records that it touched.
#pragma once

#include <string>
#include <vector>

#include "adapters/engine/profile_data.h"
#include "adapters/engine/report.h"

namespace hotline {

// "us@1.0.0", "us/codes@2026.1" for the version that most code maps have, "us/codes/gender@2026.2" for
// another.
std::vector<std::string> translation_maps(const ProfileData& data);

// As a record that was made by these says it in /translation/maps, with a line of the report for each.
void add_maps(Json& record, const std::vector<std::string>& maps, MappingReport& report);
std::vector<std::string> maps_of(const JsonValue& record);

}  // namespace hotline
