// The crash_point of hotline-gateway-crashable: the process is gone, as if somebody had pulled the plug, the
// first time that it comes to the point that HOTLINE_CRASH_AT names.
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "gateway/exchange/crash_points.h"

namespace hotline {

void crash_point(CrashPoint point) {
  static const char* const wanted = std::getenv("HOTLINE_CRASH_AT");
  if (wanted == nullptr) return;
  for (const auto& each : kCrashPoints) {
    if (each.point == point && each.name == wanted) kill(getpid(), SIGKILL);
  }
}

}  // namespace hotline
