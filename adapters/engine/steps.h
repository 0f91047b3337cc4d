// Which rules a walk has to look at. A record holds few of the fields that a mapping knows: a rule whose
// value is not there and that does nothing without it is passed over by its step alone, which is eight bytes,
// not a page.
#pragma once

#include "adapters/engine/plan.h"

namespace hotline {

// For the scope and all below it; last, when every rule stands in its place.
void set_steps(RuleScope& scope);

}  // namespace hotline
