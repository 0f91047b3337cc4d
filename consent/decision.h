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

// What would change it: a closed list, each with a sentence in every catalog (decision.change.<name>). None
// of them is a reason to press anybody.
enum class Change {
  as_agreed,           // it goes as the person agreed
  ask_person,          // if they want it, they can say so
  person_comes_back,   // they said no: only if they come back to it by themselves
  ask_again,           // until a new day that they choose
  ask_in_form,         // in a form that is accepted
  ask_in_language,     // in a language that they speak, or through an interpreter
  ask_with_statement,  // with the text that is in use
  other_interpreter,
  tell_first,       // risks, taking it back, help without it, nobody pressing
  complete_record,  // what was agreed has to be written down whole
  safe_adult,       // somebody safe who may decide for a child
  signed_policy,    // the terms that the recipient has signed now are explained
  ask_onward,       // the person names the next recipient
  human,            // somebody has to look
  other_recipient,
  nothing,  // nothing changes it
};
inline constexpr Change kChanges[] = {
    Change::as_agreed,   Change::ask_person,      Change::person_comes_back,  Change::ask_again,
    Change::ask_in_form, Change::ask_in_language, Change::ask_with_statement, Change::other_interpreter,
    Change::tell_first,  Change::complete_record, Change::safe_adult,         Change::signed_policy,
    Change::ask_onward,  Change::human,           Change::other_recipient,    Change::nothing,
};
std::string_view to_string(Change change);

struct CategoryDecision {
  Category category;
  Level level = Level::withheld;
  std::vector<std::string> fields;  // narrowed to these paths below the person; empty: the whole category
  RuleId rule;                      // exactly one deciding rule
  Change change = Change::nothing;
  std::string decided_by = "base";  // whose rule was the stricter: base, or a country's letters ("mx")
};

struct PersonDecision {
  PersonId person;
  std::vector<CategoryDecision> categories;  // every consent category, always all sixteen
  ConsentId consent;                         // "" when none decided
  Instant until;                             // when what was granted ends
  std::string basis;                         // code of legal_basis: consent_explicit, ..., or a deny_* code
  std::vector<MemberId> onward;              // to whom the recipient may pass it on; sorted; empty: nobody
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
  // Whether somebody of the record does not travel with this person.
  bool apart(const PersonId& person) const;
  // When what this person shares ends at the recipient: the end that was agreed, or, when not everybody of
  // the record travels together, the beginning of its day or hour, so that no second links them.
  Instant ends(const PersonId& person) const;
  Json to_json() const;  // for the sender's preview and the auditors' table: ids, categories, levels, rules
};

}  // namespace hotline
