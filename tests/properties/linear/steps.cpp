#include "tests/properties/linear/steps.h"

namespace hotline {

namespace {

std::uint64_t steps = 0;

}  // namespace

std::uint64_t steps_so_far() {
  return steps;
}

// Called by the compiler's own instrumentation, under this name.
extern "C" void __sanitizer_cov_trace_pc() {
  ++steps;
}

}  // namespace hotline
