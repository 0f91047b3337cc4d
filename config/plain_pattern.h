// Patterns that need no engine: ^[A-Za-z0-9._-]+$, ^[0-9a-f]{64}$. Ids and digests are most of what a record
// has patterns for.
#pragma once

#include <bitset>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>

namespace hotline {

class PlainPattern {
 public:
  // One set of ASCII characters from the beginning to the end, one or more of them or a stated number.
  // Nothing for any other pattern.
  static std::optional<PlainPattern> of(std::string_view pattern);

  bool accepts(std::string_view text) const;

 private:
  std::bitset<256> set_;
  std::size_t min_ = 1, max_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace hotline
