// The shapes of ids as they travel: nothing that could be a word about a person has one of them by chance.
#pragma once

#include <string_view>

namespace hotline {

bool is_member_id(std::string_view text);   // [a-z0-9-]{1,32}
bool is_consent_id(std::string_view text);  // [A-Za-z0-9._:-]{1,64}
bool is_sha256_hex(std::string_view text);  // 64 lower-case hex digits

}  // namespace hotline
