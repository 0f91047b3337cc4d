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

std::size_t CompiledNode::index_of(std::string_view name, std::size_t likely) const {
  const auto begin = properties_.begin(), end = properties_.end();
  const auto from = begin + static_cast<std::ptrdiff_t>(std::min(likely, properties_.size()));
  const auto named = [&](const Property& property) { return property.name == name; };
  if (const auto found = std::find_if(from, end, named); found != end)
    return static_cast<std::size_t>(found - begin);
  const auto found = std::find_if(begin, from, named);
  return found == from ? kMaxProperties : static_cast<std::size_t>(found - begin);
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
