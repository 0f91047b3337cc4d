// The parts of a JSON Pointer (RFC 6901). json.h joins and follows whole ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hotline {

// "a~1b" is the member "a/b". Nothing for a ~ that is neither ~0 nor ~1.
std::optional<std::string> pointer_unescape(std::string_view token);

// Takes the first token off a pointer, as it is written: "/a/0" gives "a" and leaves "/0".
inline std::string_view pointer_next(std::string_view& pointer) {
  pointer.remove_prefix(1);
  const std::string_view token = pointer.substr(0, pointer.find('/'));
  pointer.remove_prefix(token.size());
  return token;
}

}  // namespace hotline
