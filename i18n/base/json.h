// The one door for JSON from outside: strict I-JSON (RFC 7493) into a RapidJSON document, and the two ways
// out. RapidJSON's own defaults recurse, take invalid UTF-8 and keep duplicate names; nobody else in the
// project calls its parser.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

using Json = rapidjson::Document;
using JsonValue = rapidjson::Value;

struct JsonLimits {
  std::size_t max_bytes = 1 << 20;
  std::size_t max_depth = 32;
  bool fractions_as_text = false;  // for formats that have decimals: the number's own digits, as a text
};

// A byte order mark at the start is skipped. UTF-8 checked (no lone surrogates, no NUL and no C0/C1 control
// but tab, LF, CR inside strings: text_not_allowed), no duplicate names, integers within +-(2^53-1) only (a
// fraction is json_number_not_integer: money is a string), bounded depth and size, nothing after the value.
// The fault's pointer says where. Linear, does not recurse.
Result<Json> parse_json(std::string_view text, JsonLimits limits = {});

std::string to_text(const JsonValue& value);       // compact, members in their order
std::string to_pretty(const JsonValue& value);     // two spaces, for people and golden files
std::string to_canonical(const JsonValue& value);  // RFC 8785 (JCS)

// Reading. An absent member is nullptr / the fallback; a member of another type likewise (callers that must
// tell the two apart validate against a schema first). Never asserts.
const JsonValue* member(const JsonValue& object, std::string_view name);
std::string_view text_at(const JsonValue& object, std::string_view name, std::string_view fallback = {});
bool flag_at(const JsonValue& object, std::string_view name, bool fallback = false);
std::int64_t integer_at(const JsonValue& object, std::string_view name, std::int64_t fallback = 0);
inline std::string_view as_text(const JsonValue& value) {
  return value.IsString() ? std::string_view(value.GetString(), value.GetStringLength()) : std::string_view{};
}

// Writing: copies the text into the document's allocator.
JsonValue make_text(std::string_view text, Json::AllocatorType& allocator);
void set_member(JsonValue& object, std::string_view name, JsonValue&& value, Json::AllocatorType& allocator);
void set_text(JsonValue& object, std::string_view name, std::string_view text,
              Json::AllocatorType& allocator);

// RFC 6901.
std::string pointer_join(std::string_view pointer, std::string_view token);  // escapes ~ and /
std::string pointer_join(std::string_view pointer, std::size_t index);
const JsonValue* resolve_pointer(const JsonValue& root, std::string_view pointer);

// Reads a whole file and parses it; the error's `expected` is the file's name relative to its folder.
Result<Json> read_json_file(const std::string& path, JsonLimits limits = {16 << 20, 64});

}  // namespace hotline
