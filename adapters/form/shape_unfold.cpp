// Extensions as members.
#include "adapters/form/shape_steps.h"

#include <algorithm>

#include "adapters/form/shape_paths.h"

namespace hotline {

namespace {

void unfold(TreeNode& holder, const std::string& base, const UnfoldRule::Part& whole) {
  TreeNode* list = holder.find("extension");
  if (list == nullptr || !list->is_list() || list->items.empty()) return;
  std::vector<TreeNode> rest;
  std::vector<std::pair<std::string, TreeNode>> taken;
  for (TreeNode& one : list->items) {
    const std::string url(one.text_at("url"));
    const bool ours = url.size() > base.size() && url.compare(0, base.size(), base) == 0;
    const auto known = ours ? whole.parts.find(url.substr(base.size())) : whole.parts.end();
    const bool again = known != whole.parts.end() && !known->second.many &&
                       std::any_of(taken.begin(), taken.end(),
                                   [&](const auto& other) { return other.first == known->first; });
    const bool shaped = known != whole.parts.end() && !again &&
                        (known->second.value.empty() || one.find(known->second.value) != nullptr);
    if (!shaped) {
      rest.push_back(std::move(one));
      continue;
    }
    const UnfoldRule::Part& part = known->second;
    const auto named = one.take("url");
    if (part.value.empty()) {
      unfold(one, "", part);
      taken.emplace_back(known->first, std::move(one));
    } else {
      taken.emplace_back(known->first, std::move(*one.take(part.value)));
      if (!one.empty()) rest.push_back(std::move(one));  // what else stood there is for nobody
    }
    if (named->origin) taken.back().second.also.push_back(*named->origin);
  }
  list->items = std::move(rest);
  drop_if_empty(holder, "extension");
  for (auto& [name, node] : taken) {
    if (whole.parts.at(name).many)
      holder.list_member(name).items.push_back(std::move(node));
    else
      holder.set(name, std::move(node));
  }
}

void fold(TreeNode& holder, const std::string& base, const UnfoldRule::Part& whole) {
  std::vector<TreeNode> made;
  for (const std::string& name : whole.order) {
    const UnfoldRule::Part& part = whole.parts.at(name);
    auto given = holder.take(name);
    if (!given) continue;
    std::vector<TreeNode> values;
    if (part.many)
      values = std::move(given->items);
    else
      values.push_back(std::move(*given));
    for (TreeNode& value : values) {
      TreeNode one = TreeNode::object(value.origin);
      one.set("url", TreeNode::text(base + name));
      if (part.value.empty()) {
        fold(value, "", part);
        if (auto below = value.take("extension")) one.set("extension", std::move(*below));
      } else {
        one.set(part.value, std::move(value));
      }
      made.push_back(std::move(one));
    }
  }
  if (made.empty()) return;
  TreeNode& list = holder.list_member("extension");
  list.items.insert(list.items.begin(), std::make_move_iterator(made.begin()),
                    std::make_move_iterator(made.end()));
}

}  // namespace

void take_step(const UnfoldRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) { unfold(found, rule.base, rule.whole); });
}

void give_step(const UnfoldRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) { fold(found, rule.base, rule.whole); });
}

}  // namespace hotline
