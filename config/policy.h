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
};

// What a named human may attest (consent-and-disclosure.md section 1): ground -> who may receive which
// categories.
struct ExceptionRule {
  RuleId id;
  std::string ground;  // threat_self_or_others, minor_abuse_neglect_trafficking, imminent_harm_emergency
  std::vector<std::string> recipient_roles;  // role names
  std::vector<Category> categories;          // the minimal set, at level full
  std::int64_t max_seconds = 0;              // the attestation's longest life
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
  std::vector<Category> never_on_exception;  // immigration, orientation_gender, health, narrative, ...
  std::vector<std::string> statement_languages;
  std::vector<RuleText> rules;
  const RuleText* rule(const RuleId& id) const;
};

class Policies {
 public:
  // Reads config/policy/*.json under the data root. data_invalid for a country that is looser than base, with
  // the pointer of what loosens; `expected` ends in the file's name.
  static Result<Policies> load(const std::string& root);
  const Policy& base() const { return base_; }
  // What holds there: base with what the country tightens; rules are its own only. nullptr: no policy is
  // known, so nothing may go there.
  const Policy* country(std::string_view alpha2) const;
  const RuleText* rule(const RuleId& id) const;  // in any file

 private:
  Policy base_;
  std::vector<Policy> countries_;
};

}  // namespace hotline
