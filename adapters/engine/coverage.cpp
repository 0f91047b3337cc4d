#include "adapters/engine/coverage.h"

namespace hotline {

Coverage::Coverage(const Schema& schema)
    : schema_(schema), leaves_(schema.leaves().begin(), schema.leaves().end()) {}

const SchemaNode* Coverage::node(std::string_view path) const {
  const SchemaNode* node = &schema_.root();
  while (!path.empty() && node != nullptr) {
    path.remove_prefix(1);
    const std::string_view token = path.substr(0, path.find('/'));
    path.remove_prefix(token.size());
    node = token == "*" ? node->items() : node->property(token);
  }
  return node;
}

bool Coverage::cover_below(std::string_view prefix) {
  bool any = false;
  for (const std::string& leaf : leaves_) {
    const bool below = leaf.size() > prefix.size() && leaf[prefix.size()] == '/';
    if (std::string_view(leaf).substr(0, prefix.size()) != prefix || (leaf.size() != prefix.size() && !below))
      continue;
    covered_.insert(leaf);
    any = true;
  }
  return any;
}

std::vector<std::string> Coverage::open() const {
  std::vector<std::string> open;
  for (const std::string& leaf : schema_.leaves())
    if (covered_.count(leaf) == 0) open.push_back(leaf);
  return open;
}

}  // namespace hotline
