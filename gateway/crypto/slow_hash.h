// A hash that takes its time and its memory (scrypt, RFC 7914), for what people can say: a code word, a
// spoken receipt code. Whoever takes the database cannot try all of them.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

// 64 hex digits; N = 2^14, r = 8, p = 1: 16 MB and some 40 ms a guess. The salt need not be secret.
Result<std::string> slow_hash_hex(std::string_view said, std::string_view salt);

}  // namespace hotline
