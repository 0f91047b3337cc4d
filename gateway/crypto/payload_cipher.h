// Data at rest: AES-256-GCM (NIST SP 800-38D, RFC 5116), one random key per record, which is wrapped by a key
// of the node. Destroying the 60 bytes of the wrapped key is the purge of the record.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "gateway/crypto/secret.h"
#include "i18n/base/result.h"

namespace hotline {

inline constexpr std::size_t kPayloadKeyBytes = 32;
inline constexpr std::size_t kGcmOverhead = 12 + 16;  // IV in front, tag behind

// `context` is authenticated beside the bytes (which record, which column): what was encrypted for one place
// does not open in another. The IV is random; a key encrypts one record, so it never repeats.
std::string encrypt_bytes(const SecretBytes& key, std::string_view plaintext, std::string_view context);
Result<std::string> decrypt_bytes(const SecretBytes& key, std::string_view sealed,
                                  std::string_view context);  // crypto_failed, whatever the reason

// The node's wrapping keys by version: the newest wraps, all unwrap. Immutable after set-up, shared by
// threads.
class KeyWrapper {
 public:
  struct Wrapped {
    std::uint32_t version = 0;
    std::string bytes;  // IV, encrypted key, tag: 60 bytes
  };

  void add(std::uint32_t version, SecretBytes key);  // 32 bytes
  bool empty() const { return keys_.empty(); }
  std::uint32_t newest() const { return keys_.empty() ? 0 : keys_.rbegin()->first; }
  Wrapped wrap(const SecretBytes& key, std::string_view context) const;
  Result<SecretBytes> unwrap(const Wrapped& wrapped, std::string_view context) const;

 private:
  std::map<std::uint32_t, SecretBytes> keys_;
};

}  // namespace hotline
