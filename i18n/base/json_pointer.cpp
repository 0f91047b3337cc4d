#include "i18n/base/json_pointer.h"

#include "i18n/base/json.h"

namespace hotline {

std::optional<std::string> pointer_unescape(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      name += token[i];
      continue;
    }
    if (++i >= token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    name += token[i] == '0' ? '~' : '/';
  }
  return name;
}

namespace {

const JsonValue* element(const JsonValue& array, std::string_view token) {
  const bool leading_zero = token.size() > 1 && token[0] == '0';
  if (token.empty() || token.size() > 9 || leading_zero) return nullptr;
  rapidjson::SizeType index = 0;
  for (char c : token) {
    if (c < '0' || c > '9') return nullptr;
    index = index * 10 + static_cast<rapidjson::SizeType>(c - '0');
  }
  return index < array.Size() ? &array[index] : nullptr;
}

}  // namespace

std::string pointer_join(std::string_view pointer, std::string_view token) {
  std::string joined;
  joined.reserve(pointer.size() + token.size() + 3);
  joined.append(pointer).push_back('/');
  if (token.find_first_of("~/") == std::string_view::npos) return std::move(joined.append(token));
  for (char c : token) {
    if (c == '~') {
      joined += "~0";
    } else if (c == '/') {
      joined += "~1";
    } else {
      joined += c;
    }
  }
  return joined;
}

std::string pointer_join(std::string_view pointer, std::size_t index) {
  return pointer_join(pointer, std::to_string(index));
}

const JsonValue* resolve_pointer(const JsonValue& root, std::string_view pointer) {
  const JsonValue* at = &root;
  while (at != nullptr && !pointer.empty()) {
    if (pointer[0] != '/') return nullptr;
    const std::string_view token = pointer_next(pointer);
    if (at->IsArray()) {
      at = element(*at, token);
      continue;
    }
    const auto name = pointer_unescape(token);
    at = name ? member(*at, *name) : nullptr;
  }
  return at;
}

}  // namespace hotline
