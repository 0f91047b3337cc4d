// Nor can it be put together from the parts that it shows.
#include "consent/redact.h"

std::string read(const hotline::Disclosure& disclosure) {
  return disclosure.bytes();
}

#ifndef TWIN
std::string forge(const hotline::Disclosure& real) {
  return read(hotline::Disclosure("{}", real.referral(), real.urgency(), real.until(), real.consents(), ""));
}
#endif
