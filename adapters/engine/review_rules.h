// The `review` part of a mapping: the national list for codes that a person has to look at.
#pragma once

#include <string>

#include "adapters/engine/coverage.h"
#include "adapters/engine/plan.h"
#include "i18n/base/json.h"

namespace hotline {

// Covers the list's leaves. `needed`: the profile has coded fields, so it must have such a place.
Result<Review> read_review(const JsonValue& mapping, bool needed, Coverage& nationals,
                           const std::string& file);

}  // namespace hotline
