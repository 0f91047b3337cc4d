// One version of a consent, signed by the hotline that collected it: `consent+jwt`, a compact JWS over the
// canonical claims {"consent", "iat", "iss", "previous"}. `previous` is the digest of the version before it,
// so that a version which is left out is missed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/seal/seal_key.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"

namespace hotline {

struct SignedConsent {
  MemberId signer;  // `iss`
  Instant at;       // `iat`, whole seconds
  std::string previous;
  std::string digest;  // of `consent`
  Json consent;
};

// Whose signature counts.
struct ConsentSigner {
  MemberId member;
  std::string kid;
  JwkPool* pool = nullptr;
  Instant until =
      Instant{INT64_MAX};  // of a key that another has followed: when; it has signed nothing since
};

// Hex SHA-256 of the canonical JSON (RFC 8785): what makes two consents the same.
std::string consent_digest(const JsonValue& consent);

Result<std::string> sign_consent(const JsonValue& consent, const MemberId& signer, Instant at,
                                 std::string_view previous, const OwnKey& key);
// consent_digest of what a token holds, without asking who signed it: enough to see that something is known
// already, never to believe it. "" when it is no such token.
std::string unverified_digest(std::string_view token);
// signer_mismatch when the key is nobody's of `signers`, was one no more at `iat`, or is not that of the
// `iss`, signature_invalid when the text is another than was signed, token_malformed, token_header_refused,
// token_kind_unexpected. `expected` is always "consent_signature", for which the catalogs have words.
Result<SignedConsent> verify_consent(std::string_view token, const std::vector<ConsentSigner>& signers);

}  // namespace hotline
