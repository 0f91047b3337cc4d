// Jurisdiction rules as values (no evaluation here): config/policy/base.json, which none may loosen, and one
// file per country. Broken or missing means that loading fails, never that a rule vanishes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

// A rule as it is shown: id, where it comes from, and one sentence per language.
struct RuleText {
  RuleId id;
  std::string source;
  bool verified = false;
  std::string en, fr, es;
  std::string explains;  // of a country: what the sentence is for when no rule applies it
};

// What a named human may attest (consent-and-disclosure.md section 1): ground -> who may receive which
// categories.
struct ExceptionRule {
  RuleId id;
  std::string ground;  // threat_self_or_others, minor_abuse_neglect_trafficking, imminent_harm_emergency
  std::vector<std::string> recipient_roles;  // role names
  std::vector<Category> categories;          // the minimal set, at level full
  std::int64_t max_seconds = 0;              // the attestation's longest life
  std::vector<std::string> attesting_roles;  // only these of the policy's; empty: all of them
};

// What a law demands to be told, to which authority, at most what, and by when. The gateway never tells by
// itself: it is what a named human may attest, and what the account of a country is held against.
struct MandatedDisclosure {
  RuleId id;
  std::string ground;     // of an exception
  std::string authority;  // role
  std::vector<Category> categories;
  std::int64_t within_seconds = 0;
};

// What goes to such a recipient under no consent and no exception.
struct ForbiddenDisclosure {
  RuleId id;
  std::vector<std::string> recipients;  // roles
  std::vector<Category> categories;     // empty: all
  bool covers(std::string_view role, const Category& category) const;
};

// Until which age the law of a province or state protects a child.
struct RegionAges {
  RuleId id;
  std::string region;  // ISO 3166-2
  int child_until = 0;
  int mandatory_below = 0;  // below it everyone has to report; between the two they may
};

// How long a crisis waits at each step (seconds from its arrival).
struct CrisisClocks {
  std::int64_t acknowledge = 0;
  std::int64_t accept = 0;
  std::int64_t escalate_first = 0;
  std::int64_t escalate_again = 0;
  std::int64_t second_partner = 0;
};

// Why somebody may open what a person told: the caller's code, and the rule with its sentence.
struct OpeningReason {
  RuleId id;
  std::string reason;
};

// How much of a category a referral that goes in stages holds at most before it is accepted.
struct FirstShare {
  Category category;
  std::string level;  // pseudonymised, generalised, full
};

// How many receipt codes may be tried within an hour: by one client here, by one member from elsewhere.
struct CodeLimits {
  std::int64_t per_client_and_hour = 0;
  std::int64_t per_member_and_hour = 0;
};

struct Policy {
  std::string jurisdiction;  // "base", "US", "CA", "MX"
  std::string version;
  std::int64_t consent_default_seconds = 0;  // 30 days
  std::int64_t consent_max_seconds = 0;      // 90 days
  std::int64_t oral_max_seconds = 0;         // 72 hours, and only for oral_needs
  std::vector<std::string> oral_needs;       // need codes an oral consent can serve
  std::int64_t outbound_seconds = 0;         // 7 days
  std::int64_t inbound_seconds = 0;          // 72 hours
  int adult_age = 18;
  int alone_age = 18;                        // from this age a person may consent alone to these services
  std::vector<std::string> minor_givers;     // relation_to_person codes that may give consent for a minor
  std::vector<std::string> consent_forms;    // accepted forms of consent
  std::vector<std::string> attesting_roles;  // staff roles that may attest
  std::vector<ExceptionRule> exceptions;
  std::vector<Category> never_on_exception;      // immigration, orientation_gender, health, narrative, ...
  std::vector<std::string> statement_languages;  // in which there are texts
  std::vector<std::string> offered_languages;    // in which consent has to be offered there
  std::vector<std::string> staff_roles;          // all that there are; in the base only
  std::vector<MandatedDisclosure> mandated;
  std::vector<ForbiddenDisclosure> forbidden;
  std::vector<RegionAges> regions;
  std::int64_t log_seconds = 0;  // how long the details of the log are kept: 7 years
  CrisisClocks crisis;
  std::vector<OpeningReason> opening_reasons;  // these three in the base only
  RuleId first_stage_rule;
  std::vector<FirstShare> first_stage;
  CodeLimits codes;
  std::vector<RuleText> rules;
  const RuleText* rule(const RuleId& id) const;
};

class Policies {
 public:
  // Reads config/policy/*.json under the data root. data_invalid for a country that is looser than base, with
  // the pointer of what loosens; `expected` ends in the file's name.
  static Result<Policies> load(const std::string& root);
  // Of values: the countries' with the base already in them. For whoever asks what other rules would decide.
  static Policies of(Policy base, std::vector<Policy> countries);
  const Policy& base() const { return base_; }
  // What holds there: base with what the country tightens; rules are its own only. nullptr: no policy is
  // known, so nothing may go there.
  const Policy* country(std::string_view alpha2) const;
  const std::vector<Policy>& countries() const { return countries_; }
  const RuleText* rule(const RuleId& id) const;  // in any file

 private:
  Policy base_;
  std::vector<Policy> countries_;
};

}  // namespace hotline
