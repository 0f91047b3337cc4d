// The thin layer over the JOSE library: one signature algorithm, one encryption, and our own reading of every
// header before the library gets to see a token. Nothing outside gateway/seal includes this.
#pragma once

#include <cjose/cjose.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/crypto/secret.h"
#include "gateway/seal/codes.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

struct JwkRelease {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
using JwkHandle = std::unique_ptr<cjose_jwk_t, JwkRelease>;

// Imported copies of one key, each lent to one user at a time. Importing checks the point and costs about as
// much as a signature, so copies are kept.
class JwkPool {
 public:
  static Result<std::shared_ptr<JwkPool>> of(SecretBytes jwk);

  class Loan {
   public:
    Loan(JwkPool& pool, JwkHandle key) : pool_(pool), key_(std::move(key)) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { pool_.give_back(std::move(key_)); }
    const cjose_jwk_t* get() const { return key_.get(); }

   private:
    JwkPool& pool_;
    JwkHandle key_;
  };
  Loan borrow();  // holds nullptr when the library has no memory

 private:
  explicit JwkPool(SecretBytes jwk) : jwk_(std::move(jwk)) {}
  void give_back(JwkHandle key);

  SecretBytes jwk_;
  std::mutex mutex_;
  std::vector<JwkHandle> idle_;
};

struct JwsHeader {
  std::string kid;
  MessageKind kind = MessageKind::referral;
};

// `payload` signed with ES256: header {alg, kid, typ} and nothing else, compact.
Result<std::string> jws_sign(std::string_view payload, const JwsHeader& header, JwkPool& key);
// Reads and checks the header of a compact JWS: exactly three parts, exactly the three members. Signature not
// checked.
Result<JwsHeader> jws_header(std::string_view token);
Result<JwsHeader> jws_header_of_part(std::string_view protected_part);
// The payload, if the signature is good. Call jws_header first.
Result<std::string> jws_verify(std::string_view token, JwkPool& key);

// `plaintext` encrypted with ECDH-ES and A256GCM: header {alg, enc, kid, cty: JWT, epk} and nothing else.
Result<std::string> jwe_encrypt(std::string_view plaintext, const std::string& kid, JwkPool& key);
// The kid of a compact JWE whose header is exactly that; five parts, empty encrypted key, IV and tag of full
// length.
Result<std::string> jwe_kid(std::string_view token);
Result<std::string> jwe_decrypt(std::string_view token, JwkPool& key);

}  // namespace hotline
