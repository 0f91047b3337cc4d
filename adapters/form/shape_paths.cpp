#include "adapters/form/shape_paths.h"

namespace hotline {

void at_holders(TreeNode& node, const Tokens& path,
                const std::function<void(TreeNode&, const std::string&)>& each, std::size_t depth) {
  if (depth + 1 == path.size()) {
    if (node.is_object()) each(node, path[depth]);
  } else if (path[depth] == "*") {
    for (TreeNode& one : node.items) at_holders(one, path, each, depth + 1);
  } else if (TreeNode* below = node.find(path[depth])) {
    at_holders(*below, path, each, depth + 1);
  }
}

void at_values(TreeNode& node, const Tokens& path, const std::function<void(TreeNode&)>& each,
               std::size_t depth) {
  if (depth == path.size()) {
    each(node);
  } else if (path[depth] == "*") {
    for (TreeNode& one : node.items) at_values(one, path, each, depth + 1);
  } else if (TreeNode* below = node.find(path[depth])) {
    at_values(*below, path, each, depth + 1);
  }
}

const TreeNode* find_at(const TreeNode& node, std::string_view pointer) {
  const TreeNode* here = &node;
  while (!pointer.empty() && here != nullptr) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (here->is_list())
      here = token == "0" && !here->items.empty() ? &here->items.front() : nullptr;
    else
      here = here->find(token);
  }
  return here;
}

const TreeNode* find_at(const TreeNode& node, const Tokens& path) {
  const TreeNode* here = &node;
  for (const std::string& token : path)
    if (here != nullptr) here = here->find(token);
  return here;
}

TreeNode& make_at(TreeNode& node, const Tokens& path) {
  TreeNode* here = &node;
  for (const std::string& token : path) here = &here->member(token);
  return *here;
}

void drop_if_empty(TreeNode& holder, const std::string& name) {
  if (const TreeNode* node = holder.find(name); node != nullptr && node->empty()) holder.take(name);
}

}  // namespace hotline
