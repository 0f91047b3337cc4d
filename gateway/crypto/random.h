// Cryptographic randomness and the ids made of it. None of these can fail: a machine without randomness is no
// place to keep a secret, so the program ends.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/crypto/secret.h"
#include "i18n/base/clock.h"

namespace hotline {

std::string random_bytes(std::size_t count);
SecretBytes random_secret(std::size_t count);

// RFC 9562, lower case. v4 for referrals, pseudonyms and payloads (a v7 would tell when a person called); v7
// for messages, which sort by the time of their making.
std::string uuid4();
std::string uuid7(Instant now);
bool is_uuid(std::string_view text);  // 8-4-4-4-12 lower-case hex, version 4 or 7, variant 10

}  // namespace hotline
