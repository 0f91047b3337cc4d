// One set of rules out of the base and the countries on both sides: of each rule the more protective one.
#pragma once

#include "config/policy.h"

namespace hotline {

// `rules` as far as `country` allows. What the country does not mention (empty, zero) stays; an empty list in
// `rules` permits nothing and stays empty.
Policy narrowed(const Policy& rules, const Policy& country);

}  // namespace hotline
