#include "gateway/crypto/random.h"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/openssl_handle.h"

namespace hotline {
namespace {

void fill(std::string& bytes) {
  if (openssl_ok(
          RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())))) {
    return;
  }
  std::fputs("no cryptographic randomness\n", stderr);
  std::abort();
}

std::string format_uuid(std::string bytes, int version) {
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | version << 4);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
  const std::string hex = to_hex(bytes);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20);
}

}  // namespace

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  fill(bytes);
  return bytes;
}

SecretBytes random_secret(std::size_t count) {
  std::string bytes(count, '\0');
  fill(bytes);
  SecretBytes secret(std::move(bytes));
  wipe(bytes);  // short strings are copied, not moved
  return secret;
}

std::string uuid4() {
  return format_uuid(random_bytes(16), 4);
}

std::string uuid7(Instant now) {
  std::string bytes = random_bytes(16);
  for (int i = 0; i < 6; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<char>(now.ms >> (40 - 8 * i));
  return format_uuid(std::move(bytes), 7);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return (text[14] == '4' || text[14] == '7') &&
         (text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b');
}

}  // namespace hotline
