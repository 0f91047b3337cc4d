#include "gateway/exchange/context.h"

#include <algorithm>

#include "gateway/crypto/random.h"

namespace hotline {

int priority_of(std::string_view urgency) {
  if (urgency == "immediate_danger" || urgency == "crisis_24h") return 0;
  if (urgency == "urgent_72h" || urgency == "not_assessed") return 1;
  return 2;
}

std::int64_t random_between(std::int64_t low, std::int64_t high) {
  if (high <= low) return low;
  std::uint64_t value = 0;
  for (const char byte : random_bytes(7)) value = value << 8 | static_cast<unsigned char>(byte);
  // 56 random bits over a span of seconds: the bias of the remainder is far below anything that could be
  // seen.
  return low + static_cast<std::int64_t>(value % static_cast<std::uint64_t>(high - low + 1));
}

}  // namespace hotline
