// The header fields of RFC 9651 and its older relatives that we read, strictly and small.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline {

// A Structured-field String ("..." with \" and \\), or a bare token; 1 to 255 characters. Nothing when it is
// neither.
std::optional<std::string> parse_idempotency_key(std::string_view field);
// wait=N of Prefer (RFC 7240), 0 to 60 s; nothing when it is not asked for or not a number.
std::optional<int> parse_prefer_wait(std::string_view field);
// "N" of If-Match or a cursor of ours; nothing for anything else.
std::optional<std::int64_t> parse_etag(std::string_view field);
std::optional<std::int64_t> parse_number(std::string_view text);
bool is_fhir_type(std::string_view content_type);  // application/fhir+json
bool is_json_type(std::string_view content_type);  // application/json, with or without parameters

}  // namespace hotline
