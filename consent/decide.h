// Referral x consents x request -> Decision. Total and pure: no clock, no store, no network.
// Source of the rules: config/policy (from the field's consent and confidentiality rules). Default is deny.
#pragma once

#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "consent/decision.h"
#include "consent/facts.h"
#include "consent/request.h"
#include "i18n/base/result.h"

namespace hotline {

// The decision itself, over facts alone: whatever they say there is an answer, and for the same facts and
// policies always the same.
Decision decide(const Facts& facts, const Policies& policies);

// reduce and decide. Consents are read from the record (/consents); what the store knows comes in `known`.
// Never fails for lack of consent: that is a Decision that releases nothing. Fails with requester_refused for
// an enforcement recipient (hard refusals R1, R2), policy_version_mismatch when the recipient's signed policy
// is not the one that a consent names and nothing else permits, data_invalid when there is no policy for a
// jurisdiction.
Result<Decision> decide(const Referral& referral, const Request& request, const Known& known,
                        const Policies& policies);

// The same, with nothing known of statements.
Result<Decision> decide(const Referral& referral, const Request& request,
                        const std::vector<Attestation>& attestations, const std::vector<ConsentId>& withdrawn,
                        const Policies& policies);

// Whether a decision over facts is one to act on: fails as the above does. For whoever keeps the facts beside
// the decision.
Result<void> may_act_on(const Decision& decision);

// Whether the person may be told why nothing leaves. Fails as the above does where there is nothing that
// could be said: a refusal to enforcement is one equal answer, and without a policy nothing was decided.
Result<void> may_tell_of(const Decision& decision);

}  // namespace hotline
