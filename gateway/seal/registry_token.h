// The member registry as it travels: `registry+jwt`, a JWS in general JSON serialization (RFC 7515
// section 7.2.1) with one signature per founder who agrees. None can add or cut another alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/seal/seal_key.h"
#include "i18n/base/ids.h"

namespace hotline {

struct TrustAnchor {
  MemberId member;
  MemberKey key;  // the founder's signing key, given to this node by hand
};

struct VerifiedRegistry {
  std::string payload;            // exactly the bytes that were signed: for parse_json and Registry::parse
  std::vector<MemberId> signers;  // whose signatures are good, each once
};

// One signature over the payload bytes. The caller checks that its version rises and its not-before has come.
Result<std::string> sign_registry(std::string_view payload, const OwnKey& signer);
// Puts the signatures of two tokens over the same payload together; reference_broken when the payloads
// differ.
Result<std::string> merge_registries(std::string_view a, std::string_view b);
// Signatures of unknown keys are ignored, a bad one of a trusted key refuses the whole. signature_invalid
// when fewer than `minimum` different founders have signed.
Result<VerifiedRegistry> verify_registry(std::string_view token, const std::vector<TrustAnchor>& anchors,
                                         std::size_t minimum = 2);

}  // namespace hotline
