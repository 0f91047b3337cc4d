// Whether one consent permits anything at all, and by which rule not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "consent/consent.h"
#include "consent/request.h"

namespace hotline {

struct Verdict {
  std::string_view rule;   // rules::granted when it is valid, else the first rule that it fails
  std::string_view basis;  // consent_explicit, hold_human or a deny_* code of legal_basis
  Instant until;           // of a valid one: its own end, or that of an oral one if that comes first
  bool valid() const;
  // Somebody who may not speak for the person said it, or it is for somebody or something else: as if it were
  // not there. Any other verdict is the person's (last) word.
  bool beside_the_point() const;
};

struct ValidityInputs {
  const Referral& referral;
  const Request& request;
  const Policy& policy;  // the strictest of base, sender's and recipient's
  const std::vector<ConsentId>& withdrawn;
};

Verdict judge(const Consent& consent, const JsonValue& person, const ValidityInputs& inputs);
Verdict refusal(std::string_view rule);  // with the basis that goes with it

}  // namespace hotline
