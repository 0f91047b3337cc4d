// Referral x consents x request -> Decision. Total and pure: no clock, no store, no network.
// Source of the rules: config/policy (from the field's consent and confidentiality rules). Default is deny.
#pragma once

#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "consent/decision.h"
#include "consent/request.h"
#include "i18n/base/result.h"

namespace hotline {

// Consents are read from the record (/consents). Consents that the store knows to be withdrawn are given in
// `withdrawn`. Never fails for lack of consent: that is a Decision that releases nothing. Fails with
// requester_refused for an enforcement recipient (hard refusals R1, R2), policy_version_mismatch when the
// recipient's signed policy is not the one that a consent names and nothing else permits, data_invalid when
// there is no policy for a jurisdiction.
Result<Decision> decide(const Referral& referral, const Request& request,
                        const std::vector<Attestation>& attestations, const std::vector<ConsentId>& withdrawn,
                        const Policies& policies);

}  // namespace hotline
