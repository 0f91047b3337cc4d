// Law without consent: what a named, trained human's attestation opens, and for whom. The smallest door that
// the rules of both sides know; never by a rule alone.
#pragma once

#include <optional>
#include <vector>

#include "config/policy.h"
#include "consent/decision.h"
#include "consent/request.h"

namespace hotline {

// What the attestation opens for that person; nothing when it does not hold: ground unknown, recipient
// another, role unable to help, staff role not entitled, not yet or no longer, too long a life, another
// person.
std::optional<PersonDecision> decide_by_attestation(const Attestation& attestation, const JsonValue& person,
                                                    bool only_person, const Request& request,
                                                    const Policy& policy);

}  // namespace hotline
