#include "adapters/engine/coverage.h"

#include <algorithm>

namespace hotline {

Coverage::Coverage(const Schema& schema)
    : schema_(schema), leaves_(schema.leaves().begin(), schema.leaves().end()) {}

const SchemaNode* Coverage::node(std::string_view path) const {
  const SchemaNode* node = &schema_.root();
  while (!path.empty() && node != nullptr) {
    path.remove_prefix(1);
    const std::string_view token = path.substr(0, path.find('/'));
    path.remove_prefix(token.size());
    node = token == "*" || token == "0" ? node->items() : node->property(token);
  }
  return node;
}

namespace {

bool open_below(const SchemaNode* node) {
  if (node == nullptr) return false;
  if (node->is_open() || open_below(node->items())) return true;
  const auto names = node->property_names();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return open_below(node->property(name)); });
}

}  // namespace

bool Coverage::is_open() const {
  return open_below(&schema_.root());
}

std::string Coverage::starred(std::string_view path) {
  std::string made;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view token = path.substr(0, path.find('/'));
    made += '/';
    made += token == "0" ? std::string_view("*") : token;
    path.remove_prefix(token.size());
  }
  return made;
}

bool Coverage::cover_below(std::string_view wanted) {
  const std::string prefix = starred(wanted);
  bool any = false;
  for (const std::string& leaf : leaves_) {
    const bool below = leaf.size() > prefix.size() && leaf[prefix.size()] == '/';
    if (leaf.compare(0, prefix.size(), prefix) != 0 || (leaf.size() != prefix.size() && !below)) continue;
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
