// The receiver's signed word (`receipt+jwt`, JWS compact, no secret in it): what arrived, when, and its place
// in the receiver's log. Kept by the sender, shown to anyone who asks for proof.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/seal/codes.h"
#include "gateway/seal/seal_key.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"

namespace hotline {

struct Receipt {
  MemberId receiver;          // `iss`
  MemberId sender;            // `aud`
  MessageId message;          // `jti` of the message
  std::string sealed_sha256;  // hex, of the sealed bytes as received
  Instant at;                 // when it was durable, whole seconds
  std::uint64_t log_index = 0;
  std::string leaf_hash;  // hex, of the receiver's log entry
  ReceiptResult result = ReceiptResult::stored;
};

// Content is a function of the fields, so a duplicate can be answered again from what is stored (the ECDSA
// signature differs, what it says does not).
Result<std::string> make_receipt(const Receipt& receipt, const OwnKey& signer);

struct ReceiptExpectation {
  MemberId us;
  MemberId peer;  // whom it was sent to
  MessageId message;
  std::string sealed_sha256;  // hex, of what we sent
  const MemberKey& key;       // the peer's signing key
  Instant now;
  std::int64_t skew_seconds = 300;
};

// receipt_invalid when it says something else than expected, signature_invalid, signer_mismatch,
// token_header_refused, token_malformed, token_kind_unexpected, clock_skewed (dated in the future).
Result<Receipt> verify_receipt(std::string_view token, const ReceiptExpectation& expectation);

}  // namespace hotline
