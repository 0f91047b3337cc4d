// Empty braces forge nothing.
#include "consent/redact.h"

void take(hotline::Disclosure disclosure);
void give(hotline::Disclosure real) {
#ifdef TWIN
  take(std::move(real));
#else
  take({});
  (void)real;
#endif
}
