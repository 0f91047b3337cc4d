// Whether one consent permits anything at all, and by which rule not: one table, tested from top to bottom.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "consent/facts.h"
#include "consent/mutants.h"
#include "consent/strictest.h"

namespace hotline {

struct Verdict {
  std::string_view rule;   // rules::granted when it is valid, else the first rule that it fails
  std::string_view basis;  // consent_explicit, hold_human or a deny_* code of legal_basis
  Instant until;           // of a valid one: its own end, or what ends it earlier
  Change change = Change::nothing;
  std::string decided_by = "base";
  bool valid() const;
  // Somebody who may not speak for the person said it, or it is for somebody or something else: as if it were
  // not there. Any other verdict is the person's (last) word.
  bool beside_the_point() const;
};

// What a rule looks at: nothing but facts and policies.
struct Case {
  const Facts& facts;
  const ConsentFacts& consent;
  const Sides& sides;
};

struct ConsentRule {
  Branch branch;
  Change change;
  std::string_view rule;
  bool (*fails)(const Case&);
  std::string (*decided_by)(const Case&);  // nullptr: the base's alone
};

// In the order in which they are tested; the first that fails decides.
std::span<const ConsentRule> consent_rules();

Verdict judge(const ConsentFacts& consent, const Facts& facts, const Sides& sides);
Verdict refusal(std::string_view rule, Change change);  // with the basis that goes with it

}  // namespace hotline
