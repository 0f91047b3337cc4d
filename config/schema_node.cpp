#include "config/schema_node.h"

#include <algorithm>

#include "i18n/language_tag.h"

namespace hotline {

std::string_view to_string(NodeType type) {
  switch (type) {
    case NodeType::any:
      return "";
    case NodeType::object:
      return "object";
    case NodeType::array:
      return "array";
    case NodeType::string:
      return "string";
    case NodeType::integer:
      return "integer";
    case NodeType::boolean:
      return "boolean";
  }
  return "";
}

std::string_view CompiledNode::title(const LanguageTag& language) const {
  auto found = titles_.end();
  first_fallback(language, [&](std::string_view tag) {
    found = std::find_if(titles_.begin(), titles_.end(), [&](const auto& each) { return each.first == tag; });
    return found != titles_.end();
  });
  return found == titles_.end() ? std::string_view() : std::string_view(found->second);
}

void CompiledNode::add_property(std::string name, std::unique_ptr<CompiledNode> node) {
  names_.add(name, static_cast<std::uint32_t>(properties_.size()));
  properties_.push_back({std::move(name), std::move(node), false});
}

void CompiledNode::require(std::size_t index) {
  if (properties_[index].required) return;
  properties_[index].required = true;
  required_.push_back(static_cast<std::uint32_t>(index));
  std::sort(required_.begin(), required_.end());
}

const CompiledNode* CompiledNode::property(std::string_view name) const {
  const std::size_t index = index_of(name);
  return index == kMaxProperties ? additional_.get() : properties_[index].node.get();
}

std::vector<std::string> CompiledNode::property_names() const {
  std::vector<std::string> names;
  names.reserve(properties_.size());
  for (const Property& property : properties_) names.push_back(property.name);
  return names;
}

}  // namespace hotline
