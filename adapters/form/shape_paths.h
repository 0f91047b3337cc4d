// Finding and making places in a resource, for the rules of a shape.
#pragma once

#include <functional>

#include "adapters/form/node.h"

namespace hotline {

using Tokens = std::vector<std::string>;

// Calls `each` with every object that holds the last name of the path; "*" goes through a list.
void at_holders(TreeNode& node, const Tokens& path,
                const std::function<void(TreeNode&, const std::string&)>& each, std::size_t depth = 0);
// Every value at the path, itself a list's elements when the path ends in "*".
void at_values(TreeNode& node, const Tokens& path, const std::function<void(TreeNode&)>& each,
               std::size_t depth = 0);
// The value at a pointer, in which 0 is the first of a list; nullptr when there is none.
const TreeNode* find_at(const TreeNode& node, std::string_view pointer);
const TreeNode* find_at(const TreeNode& node, const Tokens& path);
TreeNode& make_at(TreeNode& node, const Tokens& path);
void drop_if_empty(TreeNode& holder, const std::string& name);

}  // namespace hotline
