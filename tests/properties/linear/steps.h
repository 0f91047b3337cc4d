// Steps of the parts that are compiled to be counted (tests/CMakeLists.txt, linear_test): one for each
// stretch of code without a branch that was run. The product itself counts nothing.
#pragma once

#include <cstdint>

namespace hotline {

std::uint64_t steps_so_far();

}  // namespace hotline
