// Texts that a regular expression accepts: the subset that our schemas write (classes, groups, alternatives,
// counts).
#pragma once

#include <string>
#include <string_view>

#include "tests/properties/laws/draw.h"

namespace hotline::laws {

// Throws std::invalid_argument for an expression beyond the subset.
std::string matching(std::string_view pattern, Draw& draw);

}  // namespace hotline::laws
