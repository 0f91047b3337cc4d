#include "gateway/http/wipe_stack.h"

#include <string.h>

namespace hotline {

[[gnu::noinline]] void wipe_stack() {
  char below[256 * 1024];
  explicit_bzero(below, sizeof below);
}

}  // namespace hotline
