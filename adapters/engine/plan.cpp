#include "adapters/engine/plan.h"

namespace hotline {

std::vector<std::string> split_pointer(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    tokens.emplace_back(token);
    pointer.remove_prefix(token.size());
  }
  return tokens;
}

bool take_star(std::string& pointer) {
  if (pointer.size() < 2 || pointer.compare(pointer.size() - 2, 2, "/*") != 0) return false;
  pointer.resize(pointer.size() - 2);
  return true;
}

Path Paths::path(const std::string& pointer) {
  Path made{pointer, split_pointer(pointer), kElement};
  for (const std::string& token : made.tokens) {
    std::size_t next = child(made.node, token);
    if (next == kElement) {
      next = nodes_.size();
      nodes_.emplace_back();
      nodes_[made.node].children.emplace_back(token, next);
      nodes_[made.node].names.add(token, static_cast<std::uint32_t>(next));
    }
    made.node = next;
  }
  return made;
}

}  // namespace hotline
