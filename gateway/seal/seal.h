// Sign, then encrypt to one recipient (RFC 7515, 7516, 7519 section 5.2): the only way out of this gateway.
// There are two overloads and there will be no third: what is neither a Disclosure nor a ControlMessage does
// not compile.
#pragma once

#include <optional>
#include <string>

#include "consent/redact.h"
#include "gateway/seal/control_message.h"
#include "gateway/seal/crisis_times.h"
#include "gateway/seal/seal_key.h"

namespace hotline {

struct SealContext {
  MemberId sender;                                   // `iss`
  MemberId recipient;                                // `aud`, inside the signature
  MessageId message;                                 // `jti`, a UUIDv7
  Instant now;                                       // `iat`, whole seconds
  Instant until;                                     // `exp`: after it the recipient refuses
  const OwnKey& signer;                              // our signing key
  const MemberKey& encrypt;                          // the recipient's encryption key
  std::optional<CrisisTimes> crisis = std::nullopt;  // of a referral in a crisis: `crisis`, whole seconds
};

// Compact JWE, ready for the wire as application/jose.
struct Sealed {
  std::string bytes;
  std::string sha256;  // of bytes, 64 hex digits: what the receipt must repeat
  MessageId message;
  MessageKind kind;
};

// crypto_failed when the library refuses; value_not_allowed when ids in the context have not their shape.
Result<Sealed> seal(const Disclosure& disclosure, const SealContext& context);
Result<Sealed> seal(const ControlMessage& message, const SealContext& context);

}  // namespace hotline
