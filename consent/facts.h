// All that a decision is made from, and nothing of anybody's story: closed codes, yes or no, ids and
// instants. Whoever keeps the facts beside a decision can make it again; whoever reads them learns nothing of
// what the record says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "config/schema.h"
#include "consent/consent.h"
#include "consent/request.h"
#include "consent/statements.h"
#include "i18n/base/result.h"

namespace hotline {

// An age against one that the policy sets, never the age itself.
enum class AgeFact { unclear, below, straddles, reached };
enum class LanguageFit { yes, no, unsaid };
enum class StateFact { in_force, refused, other };
// Whom a consent names as its giver.
enum class GiverNamed { nobody, the_person, another };

struct GiverFacts {
  std::string relation;  // code of relation_to_person; "" when unsaid
  GiverNamed named = GiverNamed::nobody;
  int speaker = 0;          // the same number, the same giver: among the consents of one person
  bool exploiter = false;   // is an alleged exploiter of the record, or is called like one
  bool not_abuser = false;  // both checks of a guardian
  bool capacity = false;
};

struct ConsentFacts {
  ConsentId id;
  bool for_recipient = false;  // names this recipient in this country
  bool for_purpose = false;
  GiverFacts giver;
  AgeFact alone = AgeFact::unclear;             // against the age from which one decides alone
  AgeFact adult = AgeFact::unclear;             // against the age of an adult, now
  AgeFact adult_when_given = AgeFact::unclear;  // and then
  StateFact state = StateFact::other;
  bool withdrawn = false;  // by its state, by its time, or as the store knows
  bool complete = false;
  bool informed = false;
  bool statement_known = false;
  std::string form;  // as in the schema; "" when unsaid
  bool relative_interpreted = false;
  bool witnessed = false;       // by somebody who is not whoever explained it
  bool needs_fit_oral = false;  // all needs of the person are among those of spoken consent
  LanguageFit language = LanguageFit::unsaid;
  bool policy_version_fits = false;
  std::optional<Instant> given_at, until, withdrawn_at;
  std::optional<Instant>
      of_age_at;  // the start of the month or day from which a guardian's word may not count
  std::vector<Grant> grants;
  bool onward = false;
  std::vector<MemberId> onward_recipients;  // sorted
};

struct AttestationFacts {
  std::string id;
  std::string ground;          // as in the policies; "" for any other
  std::string staff_role;      // as in the base policy; "" for any other
  std::string recipient_role;  // as in the registry; "" for any other
  bool named = false;          // has an id, and says who attests
  bool for_recipient = false;
  bool about = false;  // this person
  std::vector<Category> categories;
  Instant at, until;
};

struct PersonFacts {
  PersonId id;
  AgeFact child = AgeFact::unclear;    // against the age until which the law there protects a child
  std::vector<ConsentFacts> consents;  // in record order
  std::vector<AttestationFacts> attestations;
};

// A received record that is to be sent on, as it came.
struct OnwardFacts {
  bool agreed = false;  // the person named this recipient to whoever sent it
  Instant until;
  std::vector<Grant> levels;         // of each category; none: withheld
  std::vector<MemberId> recipients;  // to whom it may be passed on at all; sorted
};

struct Facts {
  MemberId recipient;
  std::string sender_country, recipient_country;
  Role recipient_role = Role::hotline;
  bool recipient_active = false;
  std::string purpose;  // as in the schema; "" for any other
  Instant now;
  std::string base_policy, sender_policy, recipient_policy;  // the versions that it was reduced under
  std::optional<OnwardFacts> onward;
  std::vector<PersonFacts> persons;  // in record order

  Json to_json() const;
  // Strict: an unknown, missing or wrong member is an error with its pointer.
  static Result<Facts> from_json(const JsonValue& value);
};

// What is known beside the record.
struct Known {
  std::vector<Attestation> attestations;
  std::vector<ConsentId> withdrawn;        // as the store knows
  const Statements* statements = nullptr;  // the texts that exist; without them a text is taken as said
  const Schema* canonical = nullptr;       // whose fields a consent may name; without it, by their form alone
};

// The same facts after something else was said under consents that they hold: of those in `words` it is what
// the words say now, and what `known` says was taken back is. What the record said of the person (age,
// languages, needs, who the giver is) stays.
Facts with_words(Facts facts, const std::vector<Consent>& words, const Known& known, const Policy& base);

// Policies are needed to say on which side of an age somebody is, and which needs and roles are meant.
Facts reduce(const Referral& referral, const Request& request, const Known& known, const Policies& policies);

}  // namespace hotline
