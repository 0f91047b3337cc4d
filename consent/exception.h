// Law without consent: what a named, trained human's attestation opens, and for whom. The smallest door that
// the rules of both sides know; never by a rule alone.
#pragma once

#include <optional>
#include <span>

#include "consent/facts.h"
#include "consent/mutants.h"
#include "consent/strictest.h"

namespace hotline {

// What a condition looks at.
struct AttestedCase {
  const Facts& facts;
  const PersonFacts& person;
  const AttestationFacts& attestation;
  const ExceptionRule& rule;  // of both countries and the base
  const Sides& sides;
};

struct AttestationRule {
  Branch branch;
  bool (*fails)(const AttestedCase&);
};

// Every one of them has to hold: named, for this recipient, by a role that may, in time, about this person.
std::span<const AttestationRule> attestation_rules();

// What the attestation opens for that person; nothing when it does not hold or its ground is unknown.
std::optional<PersonDecision> decide_by_attestation(const AttestationFacts& attestation,
                                                    const PersonFacts& person, const Facts& facts,
                                                    const Sides& sides);

}  // namespace hotline
