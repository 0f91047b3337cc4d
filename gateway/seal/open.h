// Decrypt, then verify: the only way in. Every header is read and checked against an allow-list before the
// JOSE library sees the token, because the library lets `crit` and `zip` pass.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/seal/codes.h"
#include "gateway/seal/crisis_times.h"
#include "gateway/seal/seal_key.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"

namespace hotline {

struct KnownSigner {
  MemberId member;
  MemberKey key;
};

struct OpenContext {
  MemberId us;            // must be `aud`
  const OwnKey& decrypt;  // our encryption key; more than one kid while keys change: try each context
  MemberId peer;          // who the TLS certificate says it is; empty: not over a link (a file)
  std::function<std::optional<KnownSigner>(std::string_view kid)>
      signer;  // registry lookup, active members only
  Instant now;
  std::int64_t skew_seconds = 300;  // tolerance for iat in the future and for exp
  std::size_t max_bytes = 4u << 20;
};

struct Opened {
  MessageKind kind = MessageKind::referral;  // referral, status, withdrawal, purge
  MemberId sender;                           // `iss`; agrees with the signer's registry entry and with `peer`
  MessageId message;                         // `jti`
  Instant issued;
  Instant until;
  std::string body;                    // the disclosure or control object: exactly the bytes that were signed
  std::optional<CrisisTimes> crisis;   // of a referral, when its sender says that it is one
  Json claims;                         // the parsed token payload
  const JsonValue& body_json() const;  // the disclosure or control object within claims
  std::string sha256;                  // hex, of the sealed bytes as received: what our receipt repeats
  std::string signer_kid;
};

// token_malformed       not five (three) parts of strict base64url, not the JSON that it must be, or it does
//                       not decrypt
// token_header_refused  a header member or value that is not on the list (none, HS256, zip, crit, jku, ...)
// token_kind_unexpected a `typ` that is none of the four
// token_not_for_us      another kid or another aud
// crypto_failed         our own key cannot be used
// peer_unknown          the signer's kid is in no active registry entry
// signature_invalid     does not verify
// signer_mismatch       iss, signer's entry and the link's certificate do not name the same member
// clock_skewed          issued in the future, or over, beyond the tolerance; or exp not after iat, or more
//                       than 90 days after it
Result<Opened> open_sealed(std::string_view bytes, const OpenContext& context);

}  // namespace hotline
