// What is safe, before anything else: whoever is shown a record sees this first, and whoever plans to contact
// a person is held to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consent/contact_plan.h"
#include "i18n/base/json.h"

namespace hotline {

// Of a canonical record: [{"person": id, then what the person said of safe contact}], in record order. Where
// nothing is written down, contact_allowed is no; with reason follows_later where it comes with a later
// stage.
JsonValue safe_contacts(const JsonValue& record, Json::AllocatorType& allocator);

// The part of it that a plan can be held to: {person id: {contact_allowed, channels, windows, ...} or null}.
// Closed codes, hours and instants; no number, no name, no cover phrase. null: nothing is known of that
// person, because it was not asked or is withheld. `ids` stand in the place of the record's own when there
// are as many.
Json contact_rules(const JsonValue& record, const std::vector<std::string>& ids = {});

// What stands against a plan.
struct ContactFinding {
  std::string_view code;  // catalog: contact.<code>
  std::string pointer;    // into the request: "/contact/channel"
  bool refuses = true;    // otherwise it warns: nobody knows whether it is safe
  Json allowed;           // what is, instead: codes, hours, an instant; null: nothing
};

// `rules` are one person's of contact_rules(); null or absent ones are not known, and never silently fine.
// In the order of what matters most; empty: safe by everything that the person said.
std::vector<ContactFinding> check_contact(const JsonValue* rules, const ContactPlan& plan, Instant now);
bool is_refused(const std::vector<ContactFinding>& findings);

}  // namespace hotline
