// Mapping -> plan. Refuses a field or code without a stated fate.
#pragma once

#include "adapters/engine/plan.h"
#include "adapters/engine/profile_data.h"
#include "config/schema.h"

namespace hotline {

// data_invalid with the pointer into mapping.json for a rule that makes no sense (unknown path, converter or
// option, a converter that does not fit the type, values that the schema does not allow); mapping_incomplete
// with the path of the first leaf that nobody speaks of. `expected` is "<profile>/mapping.json".
Result<Plan> compile(const ProfileData& data, const Schema& canonical, const CodeSystems& codes);

}  // namespace hotline
