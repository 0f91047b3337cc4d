// SHA-256, HMAC and the three spellings of bytes: hex, base64 (RFC 4648 section 4) and base64url (section 5).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hotline {

std::string sha256(std::string_view bytes);                             // 32 raw bytes
std::string sha256_hex(std::string_view bytes);                         // 64 lower-case hex digits
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // 32 raw bytes

std::string to_hex(std::string_view bytes);                  // lower case
std::optional<std::string> from_hex(std::string_view text);  // lower case only, even length

std::string to_base64(std::string_view bytes);                     // with padding
std::optional<std::string> from_base64(std::string_view text);     // strict: padding right, spare bits zero
std::string to_base64url(std::string_view bytes);                  // without padding
std::optional<std::string> from_base64url(std::string_view text);  // strict: no padding, spare bits zero
bool is_base64url(std::string_view text);                          // what from_base64url would take

// Takes the same time wherever the two differ. Different lengths are unequal at once.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace hotline
