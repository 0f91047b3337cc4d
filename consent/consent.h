// What the people of a record agreed to, read from /consents. The record keeps broken consents too; whether
// one permits anything is decided here (consent-and-disclosure, section 3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "consent/decision.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"

namespace hotline {

struct Grant {
  Category category;
  Level level = Level::withheld;
  std::vector<std::string>
      fields;  // below the person; sorted, without repetitions; empty: the whole category
};

struct Giver {
  std::string relation;  // code of relation_to_person; "" when unsaid
  std::string person;    // id in /persons or /alleged_exploiters
  bool not_abuser_checked = false;
  bool not_other_parent_abuser_checked = false;
  bool capacity_confirmed = false;
};

struct Consent {
  ConsentId id;
  PersonId person;
  std::string state;
  Giver giver;
  std::vector<std::string> purposes;
  MemberId recipient;
  std::string recipient_country;
  std::vector<Grant> grants;  // one per category named; named twice: the lower level, the narrower fields
  std::string form;
  std::string explained_by, witness;
  std::string interpreter;  // staff id; "" when nobody interpreted
  bool interpreter_is_relative = false;
  LanguageTag statement_language;
  std::string statement_id, statement_version, statement_sha256;
  std::string age_band;
  std::string policy_version;
  std::optional<Instant> given_at, until, withdrawn_at;
  bool onward = false;                      // the recipient may pass it on, to these and nobody else
  std::vector<MemberId> onward_recipients;  // sorted, without repetitions
  bool informed = false;  // risks, withdrawal, service not conditional, pressure: all four confirmed
  bool complete = false;  // every element that section 3 requires is there

  const Grant* grant(std::string_view category) const;
  bool names(std::string_view wanted_purpose) const;
};

// In record order.
std::vector<Consent> consents_of(const Referral& referral);
Consent read_consent(const JsonValue& consent);

// The sixteen categories, in the order in which they are always shown.
const std::vector<Category>& all_categories();
std::optional<Level> level_from(std::string_view text);

}  // namespace hotline
