#include "adapters/form/node.h"

#include <algorithm>

namespace hotline {

TreeNode TreeNode::read(const JsonValue& value, const std::string& pointer) {
  TreeNode node;
  node.origin = pointer;
  if (value.IsObject()) {
    node.kind = Kind::object;
    node.members.reserve(value.MemberCount());
    for (const auto& one : value.GetObject()) {
      const std::string_view name = hotline::as_text(one.name);
      node.members.emplace_back(name, read(one.value, pointer_join(pointer, name)));
    }
  } else if (value.IsArray()) {
    node.kind = Kind::list;
    node.items.reserve(value.Size());
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      node.items.push_back(read(value[i], pointer_join(pointer, static_cast<std::size_t>(i))));
  } else if (value.IsString()) {
    node.scalar = std::string(hotline::as_text(value));
  } else if (value.IsBool()) {
    node.scalar = value.GetBool();
  } else if (value.IsInt64()) {
    node.scalar = value.GetInt64();
  }
  node.came_empty = node.empty();
  return node;
}

TreeNode TreeNode::text(std::string_view text, std::optional<std::string> origin) {
  TreeNode node;
  node.scalar = std::string(text);
  node.origin = std::move(origin);
  return node;
}

TreeNode TreeNode::object(std::optional<std::string> origin) {
  TreeNode node;
  node.kind = Kind::object;
  node.origin = std::move(origin);
  return node;
}

TreeNode TreeNode::list(std::optional<std::string> origin) {
  TreeNode node;
  node.kind = Kind::list;
  node.origin = std::move(origin);
  return node;
}

bool TreeNode::empty() const {
  return kind != Kind::scalar && members.empty() && items.empty();
}

std::string_view TreeNode::as_text() const {
  const auto* text = std::get_if<std::string>(&scalar);
  return kind == Kind::scalar && text != nullptr ? std::string_view(*text) : std::string_view();
}

const TreeNode* TreeNode::find(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& one) { return one.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

TreeNode* TreeNode::find(std::string_view name) {
  return const_cast<TreeNode*>(std::as_const(*this).find(name));
}

std::string_view TreeNode::text_at(std::string_view name) const {
  const TreeNode* node = find(name);
  return node == nullptr ? std::string_view() : node->as_text();
}

std::optional<TreeNode> TreeNode::take(std::string_view name) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& one) { return one.first == name; });
  if (found == members.end()) return std::nullopt;
  std::optional<TreeNode> node(std::move(found->second));
  members.erase(found);
  return node;
}

TreeNode& TreeNode::set(std::string_view name, TreeNode value) {
  if (TreeNode* known = find(name)) return *known = std::move(value);
  if (kind == Kind::scalar) kind = Kind::object;
  members.emplace_back(name, std::move(value));
  return members.back().second;
}

TreeNode& TreeNode::set_first(std::string_view name, TreeNode value) {
  take(name);
  if (kind == Kind::scalar) kind = Kind::object;
  return members.emplace(members.begin(), name, std::move(value))->second;
}

TreeNode& TreeNode::member(std::string_view name) {
  TreeNode* known = find(name);
  return known != nullptr ? *known : set(name, object());
}

TreeNode& TreeNode::list_member(std::string_view name) {
  TreeNode* known = find(name);
  return known != nullptr && known->is_list() ? *known : set(name, list());
}

std::string Places::of(std::string pointer) const {
  while (true) {
    if (const auto found = places_.find(pointer); found != places_.end()) return found->second;
    const std::size_t last = pointer.rfind('/');
    if (last == std::string::npos) return {};  // the whole, or no pointer at all
    pointer.resize(last);
  }
}

namespace {

struct Writer {
  Json::AllocatorType& allocator;
  Places& places;
  bool forward;

  // `origin`: of the nearest node above that has one.
  JsonValue write(const TreeNode& node, const std::string& pointer, const std::string& origin) {
    const std::string& mine = node.origin ? *node.origin : origin;
    if (forward)
      places.add(pointer, mine);
    else if (node.origin)
      places.add(mine, pointer);
    if (node.is_object()) {
      JsonValue made(rapidjson::kObjectType);
      for (const auto& [name, one] : node.members) {
        JsonValue below = write(one, pointer_join(pointer, name), mine);
        made.AddMember(make_text(name, allocator), below, allocator);
      }
      return made;
    }
    if (node.is_list()) {
      JsonValue made(rapidjson::kArrayType);
      for (std::size_t i = 0; i < node.items.size(); ++i)
        made.PushBack(write(node.items[i], pointer_join(pointer, i), mine), allocator);
      return made;
    }
    if (const auto* text = std::get_if<std::string>(&node.scalar)) return make_text(*text, allocator);
    if (const auto* flag = std::get_if<bool>(&node.scalar)) return JsonValue(*flag);
    if (const auto* number = std::get_if<std::int64_t>(&node.scalar)) return JsonValue(*number);
    return {};
  }
};

}  // namespace

Json write_node(const TreeNode& node, Places& places, bool forward) {
  Json document;
  JsonValue whole = Writer{document.GetAllocator(), places, forward}.write(node, "", "");
  static_cast<JsonValue&>(document) = std::move(whole);
  return document;
}

}  // namespace hotline
