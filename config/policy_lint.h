// Whether the rules of one file make sense together: what a schema cannot see and what is not a matter of
// stricter or looser.
#pragma once

#include <vector>

#include "config/policy.h"

namespace hotline {

// `own` as its file says it, `whole` with what the base adds (for the base the same twice). A fault's pointer
// is into the file; `expected` begins with what is wrong with it:
//   contradictory ...  two things that cannot both hold (mandated and forbidden, a least above a most)
//   unreachable ...    what can never happen (nobody may attest it, a role that does not exist, an empty set)
//   rule_unknown ...   an id without a sentence;   rule_unused ...  a sentence that nothing names
std::vector<Fault> policy_faults(const Policy& whole, const Policy& own);

}  // namespace hotline
