#include "gateway/crypto/slow_hash.h"

#include <openssl/evp.h>

#include <array>

#include "gateway/crypto/digest.h"

namespace hotline {

Result<std::string> slow_hash_hex(std::string_view said, std::string_view salt) {
  constexpr std::uint64_t kN = 1u << 14, kR = 8, kP = 1, kMaxMemory = 64u << 20;
  std::array<unsigned char, 32> out{};
  const int done =
      EVP_PBE_scrypt(said.data(), said.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                     salt.size(), kN, kR, kP, kMaxMemory, out.data(), out.size());
  if (done != 1) return fail(ErrorCode::crypto_failed);
  return to_hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

}  // namespace hotline
