// What consent has finished stays as it is.
#include "consent/redact.h"

std::size_t look(hotline::Disclosure& real) {
#ifdef TWIN
  return real.bytes().size();
#else
  real.bytes() += "more";
  return 0;
#endif
}
