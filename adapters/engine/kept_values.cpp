#include "adapters/engine/kept_values.h"

namespace hotline {

std::string KeptValues::key(std::string_view system, std::string_view name, std::string_view path) {
  std::string made;
  made.reserve(system.size() + name.size() + path.size() + 2);
  for (const std::string_view part : {system, name, path}) made.append(part).append(1, '\n');
  return made;
}

void KeptValues::read(const JsonValue* extensions) {
  by_place_.clear();
  if (extensions == nullptr || !extensions->IsArray()) return;
  for (rapidjson::SizeType i = 0; i < extensions->Size(); ++i) {
    const JsonValue& one = (*extensions)[i];
    by_place_[key(text_at(one, "system"), text_at(one, "name"), text_at(one, "path"))].push_back({i, &one});
  }
}

const std::vector<KeptValues::Kept>& KeptValues::at(std::string_view system, std::string_view name,
                                                    std::string_view path) const {
  static const std::vector<Kept> none;
  if (by_place_.empty()) return none;
  const auto found = by_place_.find(key(system, name, path));
  return found == by_place_.end() ? none : found->second;
}

}  // namespace hotline
