// Who gave a consent, and on which side of an age the person is: facts, never the name or the age itself.
#pragma once

#include "consent/age.h"
#include "consent/facts.h"

namespace hotline {

// Where the person is now, as the record says: "country", "region".
std::string_view place_of(const JsonValue& person, std::string_view what);

GiverFacts giver_facts(const Consent& consent, const Referral& referral);  // all but the speaker's number

// Who it was, as far as the record tells givers apart: a person of it, or a kind of relation.
std::string speaker_of(const Consent& consent);
int number_of(const std::string& speaker, std::vector<std::string>& known);  // its place; added when new

AgeFact against(const AgeRange& age, int limit);

// Against the age until which the law protects a child where the person is: the province's when the record
// says it, every one of the country's when it does not (then only what all of them agree on is clear).
AgeFact against_child_age(const JsonValue& person, Instant now, int adult_age, const Policy* there);

// Fills alone, adult, adult_when_given and of_age_at.
void read_ages(ConsentFacts& facts, const Consent& consent, const JsonValue& person, Instant now,
               const Policy& policy);

}  // namespace hotline
