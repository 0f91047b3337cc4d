// Which places of a national record hold values, and which hold somebody's own words.
#pragma once

#include <set>
#include <string>

#include "adapters/engine/plan.h"
#include "config/schema.h"

namespace hotline {

// The national paths (list positions are *) that a rule carries to a canonical field that is not prose. What
// no rule carries is nobody's value: it is left as it is.
std::set<std::string, std::less<>> value_places(const Plan& plan, const Schema& canonical);

}  // namespace hotline
