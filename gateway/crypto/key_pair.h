// Asymmetric keys of a node: EC P-256 for signing, encryption and TLS; Ed25519 for the log. Cheap to copy
// (shared, immutable), safe to use from many threads.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "gateway/crypto/secret.h"
#include "i18n/base/result.h"

namespace hotline {

enum class KeyKind { p256, ed25519 };
enum class KeyUse { sig, enc };

class KeyPair {
 public:
  static Result<KeyPair> generate(KeyKind kind);
  static Result<KeyPair> from_pem(std::string_view pem);  // PKCS#8, unencrypted; the two kinds only

  KeyKind kind() const { return kind_; }
  SecretBytes private_pem() const;
  std::string public_raw() const;   // Ed25519: 32 bytes; P-256: 65 bytes, uncompressed point
  std::string spki_sha256() const;  // hex SHA-256 of the SubjectPublicKeyInfo, as pinned in the registry
  EVP_PKEY* get() const { return key_.get(); }

  // P-256 only (empty text for Ed25519). The public JWK of RFC 7517: kty, crv, x, y, use, alg, kid.
  std::string public_jwk(KeyUse use) const;
  SecretBytes private_jwk() const;  // kty, crv, x, y, d: for the JOSE library only
  std::string kid() const;          // RFC 7638 thumbprint, SHA-256, base64url

  Result<std::string> sign_ed25519(std::string_view bytes) const;  // 64 bytes

 private:
  KeyPair(std::shared_ptr<EVP_PKEY> key, KeyKind kind) : key_(std::move(key)), kind_(kind) {}
  std::shared_ptr<EVP_PKEY> key_;
  KeyKind kind_ = KeyKind::p256;
};

bool verify_ed25519(std::string_view public_raw, std::string_view bytes, std::string_view signature);

// RFC 7638 thumbprint of a public P-256 JWK given by its coordinates (base64url).
std::string p256_thumbprint(std::string_view x, std::string_view y);

}  // namespace hotline
