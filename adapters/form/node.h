// A JSON value that can be taken apart and put together elsewhere, and that remembers where it stood: what a
// form moves. Every node keeps the pointer of the place that it came from; when the whole is written out
// again, both ends of every move are known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "i18n/base/json.h"

namespace hotline {

struct TreeNode {
  enum class Kind { scalar, object, list };
  struct Member;
  using Scalar = std::variant<std::nullptr_t, bool, std::int64_t, std::string>;

  Kind kind = Kind::scalar;
  Scalar scalar = nullptr;
  std::vector<Member> members;
  std::vector<TreeNode> items;
  std::optional<std::string> origin;  // nothing: the form made it
  std::vector<std::string> also;      // places that said only what this is: the url of an extension
  bool came_empty = false;            // an object or a list that had nothing in it when it was read

  static TreeNode read(const JsonValue& value, const std::string& pointer = {});
  static TreeNode text(std::string_view text, std::optional<std::string> origin = {});
  static TreeNode object(std::optional<std::string> origin = {});
  static TreeNode list(std::optional<std::string> origin = {});

  bool is_object() const { return kind == Kind::object; }
  bool is_list() const { return kind == Kind::list; }
  bool empty() const;                // an object or a list with nothing in it
  std::string_view as_text() const;  // "" when it is no text

  // Of an object; anything else has no members.
  TreeNode* find(std::string_view name);
  const TreeNode* find(std::string_view name) const;
  std::string_view text_at(std::string_view name) const;
  std::optional<TreeNode> take(std::string_view name);
  TreeNode& set(std::string_view name, TreeNode value);        // at the end, or in place of what was there
  TreeNode& set_first(std::string_view name, TreeNode value);  // before all others
  TreeNode& member(std::string_view name);                     // made as an object when it is missing
  TreeNode& list_member(std::string_view name);                // made as a list when it is missing
};

struct TreeNode::Member {
  Member(std::string_view name, TreeNode node) : first(name), second(std::move(node)) {}
  std::string first;
  TreeNode second;
};

// Pointers on one side against those on the other; a pointer that stands for nothing there gives the nearest
// above it that does.
class Places {
 public:
  void add(const std::string& from, const std::string& to) { places_.emplace(from, to); }
  std::string of(std::string pointer) const;

 private:
  std::map<std::string, std::string, std::less<>> places_;
};

// The node as JSON. `forward`: pointer in the result -> origin; else origin -> pointer in the result.
Json write_node(const TreeNode& node, Places& places, bool forward);

}  // namespace hotline
