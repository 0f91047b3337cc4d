#include "tests/properties/laws/shape.h"

#include <algorithm>

namespace hotline::laws {

Shape::Shape(const JsonValue& root, const JsonValue& node) : root_(&root) {
  for (const JsonValue* at = &node; at != nullptr && layers_.size() < 8;) {
    layers_.push_back(at);
    const std::string_view reference = text_at(*at, "$ref");
    at = reference.empty() ? nullptr : resolve_pointer(root, reference.substr(1));
  }
}

const JsonValue* Shape::get(std::string_view keyword) const {
  for (const JsonValue* layer : layers_)
    if (const JsonValue* found = member(*layer, keyword)) return found;
  return nullptr;
}

std::string_view Shape::text(std::string_view keyword) const {
  const JsonValue* found = get(keyword);
  return found == nullptr ? std::string_view() : as_text(*found);
}

std::int64_t Shape::number(std::string_view keyword, std::int64_t fallback) const {
  const JsonValue* found = get(keyword);
  return found != nullptr && found->IsInt64() ? found->GetInt64() : fallback;
}

Shape Shape::property(std::string_view name) const {
  const JsonValue* properties = get("properties");
  const JsonValue* found = properties == nullptr ? nullptr : member(*properties, name);
  return found == nullptr ? Shape() : Shape(*root_, *found);
}

Shape Shape::items() const {
  const JsonValue* found = get("items");
  return found == nullptr ? Shape() : Shape(*root_, *found);
}

std::vector<std::string> Shape::names() const {
  std::vector<std::string> all;
  if (const JsonValue* properties = get("properties"))
    for (const auto& one : properties->GetObject()) all.emplace_back(as_text(one.name));
  return all;
}

bool Shape::requires_member(std::string_view name) const {
  const JsonValue* list = get("required");
  if (list == nullptr || !list->IsArray()) return false;
  return std::any_of(list->Begin(), list->End(), [&](const JsonValue& one) { return as_text(one) == name; });
}

Shape Shape::at(std::string_view path) const {
  Shape here = *this;
  while (!path.empty() && here) {
    path.remove_prefix(1);
    const std::string_view token = path.substr(0, path.find('/'));
    path.remove_prefix(token.size());
    here = token == "*" ? here.items() : here.property(token);
  }
  return here;
}

}  // namespace hotline::laws
