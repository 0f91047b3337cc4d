#include "adapters/engine/walk.h"

#include <charconv>

namespace hotline {

namespace {

JsonValue* find_member(JsonValue& object, std::string_view name) {
  auto one = object.MemberBegin();
  for (rapidjson::SizeType i = 0; i < object.MemberCount(); ++i, ++one)
    if (as_text(one->name) == name) return &one->value;
  return nullptr;
}

JsonValue& child(JsonValue& object, const std::string& name, Json::AllocatorType& allocator) {
  if (name == "0" && !object.IsObject()) {
    if (!object.IsArray()) object.SetArray();
    if (object.Empty()) object.PushBack(JsonValue(), allocator);
    return object[0];
  }
  if (!object.IsObject()) object.SetObject();
  if (JsonValue* known = find_member(object, name)) return *known;
  object.AddMember(make_text(name, allocator), JsonValue(), allocator);
  return (object.MemberEnd() - 1)->value;
}

void append_token(std::string& pointer, std::string_view token) {
  if (token.find_first_of("~/") != std::string_view::npos) {
    pointer = pointer_join(pointer, token);
    return;
  }
  pointer += '/';
  pointer += token;
}

}  // namespace

const JsonValue* element_of(const JsonValue& list, std::string_view index) {
  rapidjson::SizeType at = 0;
  const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), at);
  if (error != std::errc{} || end != index.data() + index.size() || at >= list.Size()) return nullptr;
  return &list[at];
}

const JsonValue* value_below(const JsonValue& base, const std::vector<std::string>& tokens) {
  const JsonValue* value = &base;
  for (const std::string& token : tokens) value = value == nullptr ? nullptr : child_of(*value, token);
  return value;
}

JsonValue& make_place(JsonValue& base, const std::vector<std::string>& tokens,
                      Json::AllocatorType& allocator) {
  JsonValue* place = &base;
  for (const std::string& token : tokens) place = &child(*place, token, allocator);
  return *place;
}

bool is_taken(const JsonValue& base, const std::vector<std::string>& tokens, std::size_t above) {
  const JsonValue* place = &base;
  for (std::size_t i = 0; i + above < tokens.size(); ++i)
    place = place == nullptr || !place->IsObject() ? nullptr : member(*place, tokens[i]);
  return place != nullptr && !place->IsNull();
}

std::vector<std::string_view> split_text(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(text.size(), end + separator.size()));
  }
  return parts;
}

JsonValue& make_list(JsonValue& base, const std::vector<std::string>& tokens,
                     Json::AllocatorType& allocator) {
  JsonValue& list = make_place(base, tokens, allocator);
  if (!list.IsArray()) list.SetArray();
  return list;
}

JsonValue to_json(const Literal& literal, Json::AllocatorType& allocator) {
  if (const auto* flag = std::get_if<bool>(&literal)) return JsonValue(*flag);
  if (const auto* number = std::get_if<std::int64_t>(&literal)) return JsonValue(*number);
  return make_text(std::get<std::string>(literal), allocator);
}

bool equals(const JsonValue& value, const Literal& literal) {
  if (const auto* flag = std::get_if<bool>(&literal)) return value.IsBool() && value.GetBool() == *flag;
  if (const auto* number = std::get_if<std::int64_t>(&literal))
    return value.IsInt64() && value.GetInt64() == *number;
  return value.IsString() && as_text(value) == std::get<std::string>(literal);
}

void merge_into(JsonValue& place, JsonValue&& from, Json::AllocatorType& allocator) {
  if (!place.IsObject() || !from.IsObject()) {
    place = std::move(from);
    return;
  }
  auto one = from.MemberBegin();
  for (rapidjson::SizeType i = 0; i < from.MemberCount(); ++i, ++one) {
    if (JsonValue* known = find_member(place, as_text(one->name)))
      merge_into(*known, std::move(one->value), allocator);
    else
      place.AddMember(one->name, one->value, allocator);
  }
}

bool is_coded_value(const JsonValue& value) {
  if (!value.IsObject()) return false;
  if (member(value, "code") == nullptr && text_at(value, "relation") != "not-mapped") return false;
  return std::all_of(value.MemberBegin(), value.MemberEnd(), [](const auto& one) {
    const std::string_view name = as_text(one.name);
    return name == "code" || name == "relation" || name == "original";
  });
}

void visit_leaves(const JsonValue& value, std::string& pointer, const Seen* seen, bool coded_is_leaf,
                  const LeafVisitor& each) {
  if (seen != nullptr && seen->has(value)) return;
  const std::size_t length = pointer.size();
  if (value.IsObject() && value.MemberCount() > 0 && !(coded_is_leaf && is_coded_value(value))) {
    for (const auto& one : value.GetObject()) {
      if (seen != nullptr && seen->has(one.value)) continue;
      append_token(pointer, as_text(one.name));
      visit_leaves(one.value, pointer, seen, coded_is_leaf, each);
      pointer.resize(length);
    }
  } else if (value.IsArray() && !value.Empty()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (seen != nullptr && seen->has(value[i])) continue;
      append_token(pointer, std::to_string(i));
      visit_leaves(value[i], pointer, seen, coded_is_leaf, each);
      pointer.resize(length);
    }
  } else {
    each(value, pointer);
  }
}

}  // namespace hotline
