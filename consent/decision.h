// What may leave, per person and category, and why.
#pragma once

#include <string>
#include <vector>

#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"

namespace hotline {

enum class Level { withheld, pseudonymised, generalised, full };  // in rising order of what is revealed
std::string_view to_string(Level level);

struct CategoryDecision {
  Category category;
  Level level = Level::withheld;
  std::vector<std::string> fields;  // narrowed to these paths below the person; empty: the whole category
  RuleId rule;                      // exactly one deciding rule
};

struct PersonDecision {
  PersonId person;
  std::vector<CategoryDecision> categories;  // every consent category, always all sixteen
  ConsentId consent;                         // "" when none decided
  Instant until;                             // when what was granted ends
  std::string basis;                         // code of legal_basis: consent_explicit, ..., or a deny_* code
  bool anything() const;                     // some category above withheld
  const CategoryDecision& of(std::string_view category) const;
};

// Persons that may travel together: the same levels, fields, end and basis. Different groups are different,
// unlinked referrals (architecture, "Decided").
struct Group {
  std::vector<PersonId> persons;  // in record order
};

struct Decision {
  std::vector<PersonDecision> persons;
  std::vector<Group> groups;  // only persons of whom something may go
  Purpose purpose;
  MemberId recipient;
  std::string sender_country;  // whose dialling habits the record's texts follow
  Instant decided_at;
  std::string base_policy, sender_policy, recipient_policy;  // versions
  const PersonDecision* of(const PersonId& person) const;
  Json to_json() const;  // for the sender's preview and the auditors' table: ids, categories, levels, rules
};

}  // namespace hotline
