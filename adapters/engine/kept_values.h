// What a profile kept of its own record in /extensions (README: `extend`, `unreadable`), found by place at
// once: a record of a thousand persons has thousands of them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "i18n/base/json.h"

namespace hotline {

class KeptValues {
 public:
  struct Kept {
    std::size_t index;  // in /extensions
    const JsonValue* entry;
  };

  // What `system` kept. The list outlives this; nullptr: nothing was kept.
  void read(const JsonValue* extensions, std::string_view system);
  bool empty() const { return by_place_.empty(); }
  // All that was kept for a place, in their order.
  const std::vector<Kept>& at(std::string_view name, std::string_view path) const;

 private:
  static std::string key(std::string_view name, std::string_view path);
  std::unordered_map<std::string, std::vector<Kept>> by_place_;
};

}  // namespace hotline
