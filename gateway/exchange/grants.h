// What is recorded apart from a referral: consents as they are given, and a named human's attestation.
#pragma once

#include <optional>
#include <string>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/consent_versions.h"

namespace hotline {

// 201. One consent in the form that /consents of the canonical record has, as one version more of its
// history; 200 when a version with this content is there already. A recorded consent makes an id known, so
// that it can be withdrawn before anything was sent under it; state_conflict for an id that is withdrawn
// already. What cannot be a consent is refused place by place (consent_checks.h). `dropped`, for the answer:
// places of what it was read from that have no place in it.
Result<Answer> record_consent(const ExchangeContext& context, const JsonValue& consent,
                              const std::string& client, const std::optional<WriteKey>& key,
                              const std::vector<std::string>& dropped = {});

struct ConsentView {
  std::vector<ConsentRow> history;
  std::vector<ConsentVersion> versions;  // those rows that have a content of their own, verified
  std::vector<ReferralRow> referrals;
};
// not_found; signature_invalid or signer_mismatch when a version is not as it was signed.
Result<ConsentView> view_consent(const ExchangeContext& context, const ConsentId& id);

// 201. {ground, recipient, recipient_role, categories, persons?, attested_by, staff_role, until}; `persons`
// are the ids within the record whose submission will name this attestation. Checked against our country's
// policy (who may attest, for whom, how long, which categories at most); field by field, with pointers. Where
// a law of either country wants that authority told, it ends by then, and the answer says so (`tell_by`).
Result<Answer> attest(const ExchangeContext& context, const JsonValue& wish, const std::string& client,
                      const std::optional<WriteKey>& key);

}  // namespace hotline
