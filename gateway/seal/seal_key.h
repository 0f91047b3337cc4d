// P-256 keys as the JOSE library wants them: imported once, then lent to one thread at a time, because a
// cjose key carries a reference count that is not atomic. Copies share the same pool.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/crypto/key_pair.h"
#include "i18n/base/result.h"

namespace hotline {

class JwkPool;  // gateway/seal/jose.h

// A private key of ours: signs (signing key) or opens (encryption key).
class OwnKey {
 public:
  static Result<OwnKey> from(const KeyPair& key);  // crypto_failed for another kind than P-256
  const std::string& kid() const { return kid_; }
  JwkPool& pool() const { return *pool_; }

 private:
  OwnKey(std::string kid, std::shared_ptr<JwkPool> pool) : kid_(std::move(kid)), pool_(std::move(pool)) {}
  std::string kid_;
  std::shared_ptr<JwkPool> pool_;
};

// A member's public key from the registry: verifies or encrypts.
class MemberKey {
 public:
  // Strict: kty EC, crv P-256, x and y of 32 bytes on the curve, `use` and `alg` those of the use (ES256,
  // ECDH-ES), kid equal to the RFC 7638 thumbprint, no private part, nothing else. data_invalid otherwise.
  static Result<MemberKey> from_jwk(std::string_view jwk, KeyUse use);
  const std::string& kid() const { return kid_; }
  KeyUse use() const { return use_; }
  JwkPool& pool() const { return *pool_; }

 private:
  MemberKey(std::string kid, KeyUse use, std::shared_ptr<JwkPool> pool)
      : kid_(std::move(kid)), use_(use), pool_(std::move(pool)) {}
  std::string kid_;
  KeyUse use_;
  std::shared_ptr<JwkPool> pool_;
};

}  // namespace hotline
