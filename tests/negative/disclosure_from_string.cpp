// Text is no disclosure: only consent makes one.
#include "consent/redact.h"

std::string read(const hotline::Disclosure& disclosure) {
  return disclosure.bytes();
}

#ifndef TWIN
std::string forge(const std::string& text) {
  return read(hotline::Disclosure(text));
}
#endif
