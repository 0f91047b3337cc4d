#include "adapters/engine/walk.h"

#include <charconv>
#include <cstdint>

namespace hotline {

namespace {

// From the end: what is written next mostly stands in what was made last.
JsonValue* find_member(JsonValue& object, std::string_view name) {
  for (auto one = object.MemberEnd(); one != object.MemberBegin();)
    if (as_text((--one)->name) == name) return &one->value;
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

// The way from where a visit began, kept on the stack: a pointer is only written out for a leaf that is told.
struct Step {
  const Step* up;
  std::string_view name;
  std::size_t index;

  std::string pointer() const {
    if (up == nullptr) return {};
    return name.data() == nullptr ? pointer_join(up->pointer(), index) : pointer_join(up->pointer(), name);
  }
};

class Visit {
 public:
  Visit(const Seen* seen, bool coded_is_leaf, const LeafVisitor& each)
      : seen_(seen), coded_is_leaf_(coded_is_leaf), each_(each) {}

  void at(const JsonValue& value, const Step& step) const {
    if (seen_ != nullptr && seen_->has(value)) return;
    if (value.IsObject() && value.MemberCount() > 0 && !(coded_is_leaf_ && is_coded_value(value))) {
      for (const auto& one : value.GetObject()) at(one.value, {&step, as_text(one.name), 0});
    } else if (value.IsArray() && !value.Empty()) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) at(value[i], {&step, {}, i});
    } else {
      each_(value, step.pointer());
    }
  }

 private:
  const Seen* seen_;
  bool coded_is_leaf_;
  const LeafVisitor& each_;
};

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

void View::look(const JsonValue& value, std::size_t node, const Paths& paths) {
  found_[node] = &value;
  if (paths.is_leaf(node)) return;
  if (value.IsObject())
    for (const auto& one : value.GetObject())
      if (const std::size_t child = paths.child(node, as_text(one.name)); child != Paths::kElement)
        look(one.value, child, paths);
  if (value.IsArray())
    paths.each_child(node, [&](std::string_view index, std::size_t child) {
      if (const JsonValue* one = element_of(value, index)) look(*one, child, paths);
    });
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
  if (!value.IsObject() || value.MemberCount() > 3) return false;
  bool coded = false;
  for (const auto& one : value.GetObject()) {
    const std::string_view name = as_text(one.name);
    if (name == "code" || (name == "relation" && as_text(one.value) == "not-mapped"))
      coded = true;
    else if (name != "relation" && name != "original")
      return false;
  }
  return coded;
}

std::size_t Seen::place_of(const JsonValue& value) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (reinterpret_cast<std::uintptr_t>(&value) / sizeof(JsonValue)) & mask;
  while (slots_[at] != nullptr && slots_[at] != &value) at = (at + 1) & mask;
  return at;
}

void Seen::add(const JsonValue& value) {
  const JsonValue*& slot = slots_[place_of(value)];
  if (slot != nullptr) return;
  slot = &value;
  if (++count_ * 2 > slots_.size()) grow();
}

void Seen::grow() {
  std::vector<const JsonValue*> old(slots_.size() * 2);
  old.swap(slots_);
  for (const JsonValue* value : old)
    if (value != nullptr) slots_[place_of(*value)] = value;
}

void visit_leaves(const JsonValue& value, const Seen* seen, bool coded_is_leaf, const LeafVisitor& each) {
  Visit(seen, coded_is_leaf, each).at(value, {nullptr, {}, 0});
}

}  // namespace hotline
