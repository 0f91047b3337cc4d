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
    const auto [known, fresh] = nodes_[made.node].try_emplace(token, nodes_.size());
    made.node = known->second;
    if (fresh) nodes_.emplace_back();
  }
  return made;
}

std::size_t Paths::child(std::size_t node, std::string_view name) const {
  const auto found = nodes_[node].find(name);
  return found == nodes_[node].end() ? kElement : found->second;
}

}  // namespace hotline
