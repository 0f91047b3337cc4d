#include "adapters/engine/kept_values.h"

namespace hotline {

std::string KeptValues::key(std::string_view name, std::string_view path) {
  return std::string(name).append("\n").append(path);
}

void KeptValues::read(const JsonValue* extensions, std::string_view system) {
  by_place_.clear();
  if (extensions == nullptr || !extensions->IsArray()) return;
  for (rapidjson::SizeType i = 0; i < extensions->Size(); ++i) {
    const JsonValue& one = (*extensions)[i];
    if (text_at(one, "system") == system)
      by_place_[key(text_at(one, "name"), text_at(one, "path"))].push_back({i, &one});
  }
}

const std::vector<KeptValues::Kept>& KeptValues::at(std::string_view name, std::string_view path) const {
  static const std::vector<Kept> none;
  if (by_place_.empty()) return none;
  const auto found = by_place_.find(key(name, path));
  return found == by_place_.end() ? none : found->second;
}

}  // namespace hotline
