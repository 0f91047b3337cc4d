// Taking values out of documents that a schema has already accepted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/json.h"

namespace hotline {

// The texts of an array as T (std::string or a strong type over it); none when it is absent.
template <class T = std::string>
std::vector<T> texts_at(const JsonValue& object, std::string_view name) {
  std::vector<T> out;
  const JsonValue* list = member(object, name);
  if (list == nullptr || !list->IsArray()) return out;
  out.reserve(list->Size());
  for (const JsonValue& each : list->GetArray()) out.emplace_back(std::string(as_text(each)));
  return out;
}

// The object below `name`, or an empty one.
inline const JsonValue& object_at(const JsonValue& object, std::string_view name) {
  static const JsonValue empty(rapidjson::kObjectType);
  const JsonValue* found = member(object, name);
  return found != nullptr && found->IsObject() ? *found : empty;
}

}  // namespace hotline
