// What holds of every decision, whatever the tables say: judged from the facts and the decision alone.
#pragma once

#include <string>

#include "config/policy.h"
#include "consent/decide.h"
#include "consent/facts.h"
#include "tests/properties/proof/book.h"

namespace hotline::proof {

// The first law that the decision of these facts breaks, in words; "" when it keeps all:
//  no consent and no basis, nothing; what is withdrawn, refused or over opens nothing; enforcement gets
//  nothing; a release has one rule that opens, and its end lies ahead; nobody gets more than was granted,
//  attested or received; to nobody is it passed on whom the person did not list.
std::string broken_law(const Facts& facts, const Decision& decision);

// Whether `less` shows nothing that `more` withholds.
bool reveals_no_more(const PersonDecision& less, const PersonDecision& more);

// Decides the same with less said (each grant removed, each lowered by a level, each recipient of what may be
// passed on struck out, each consent taken back, what was received lowered), and says where less reveals
// more.
std::string less_reveals_more(const Facts& facts, const Decision& decision, const Policies& policies);

// Country rules against the base alone: where a country opens what the base keeps closed.
std::string looser_than_base(const Facts& facts, const Decision& decision, const Policies& policies);

}  // namespace hotline::proof
