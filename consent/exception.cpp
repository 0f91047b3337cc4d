#include "consent/exception.h"

#include <algorithm>

#include "consent/age.h"
#include "consent/consent.h"
#include "consent/rules.h"

namespace hotline {
namespace {

constexpr std::string_view kTip = "non_identifying_tip";

// All that a tip may ever carry: it identifies no one. A closed list by promise, so it is code and not
// policy.
struct TipCategory {
  const char* category;
  std::vector<std::string> fields;
};
const std::vector<TipCategory>& tip_fields() {
  static const std::vector<TipCategory> fields = {
      {"employment", {"employment/sectors"}},
      {"exploitation", {"exploitation/control_methods", "exploitation/ongoing", "exploitation/types"}},
      {"location", {"location/current/country", "location/current/region"}},
  };
  return fields;
}

template <class T, class V>
bool contains(const std::vector<T>& list, const V& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

const ExceptionRule* rule_for(const Policy& policy, std::string_view ground) {
  for (const ExceptionRule& each : policy.exceptions) {
    if (each.ground == ground) return &each;
  }
  return nullptr;
}

// An authority receives through the hotline of its country; anybody else only what is meant for them.
bool able_to_help(const Attestation& attestation, const Request& request, const ExceptionRule& rule) {
  if (!contains(rule.recipient_roles, attestation.recipient_role)) return false;
  return request.recipient_role == Role::hotline ||
         to_string(request.recipient_role) == attestation.recipient_role;
}

bool in_time(const Attestation& attestation, Instant now, const ExceptionRule& rule) {
  return attestation.at <= now && now < attestation.until && rule.max_seconds > 0 &&
         attestation.until <= attestation.at.plus_seconds(rule.max_seconds);
}

bool is_about(const Attestation& attestation, const JsonValue& person, bool only_person) {
  if (attestation.persons.empty()) return only_person;
  return contains(attestation.persons, PersonId(std::string(text_at(person, "id"))));
}

bool holds(const Attestation& attestation, const JsonValue& person, bool only_person, const Request& request,
           const Policy& policy, const ExceptionRule& rule) {
  if (attestation.id.empty() || attestation.attested_by.empty() ||
      attestation.recipient != request.recipient) {
    return false;
  }
  if (!contains(policy.attesting_roles, attestation.staff_role)) return false;
  if (!able_to_help(attestation, request, rule) || !in_time(attestation, request.now, rule)) return false;
  if (!is_about(attestation, person, only_person)) return false;
  // A possible minor is held for a human, neither reported nor treated as an adult.
  if (attestation.ground != "minor_abuse_neglect_trafficking") return true;
  const AgeRange age = age_of(person, {}, request.now);
  return age.clear() && age.to < policy.adult_age;
}

void open_minimum(PersonDecision& decision, const Attestation& attestation, const Policy& policy,
                  const ExceptionRule& rule) {
  for (CategoryDecision& each : decision.categories) {
    if (!contains(rule.categories, each.category) || !contains(attestation.categories, each.category))
      continue;
    if (contains(policy.never_on_exception, each.category)) continue;
    each.level = Level::full;
    each.rule = rule.id;
  }
}

void open_tip(PersonDecision& decision, const ExceptionRule& rule) {
  for (CategoryDecision& each : decision.categories) {
    for (const TipCategory& tip : tip_fields()) {
      if (each.category.get() != tip.category) continue;
      each.level = Level::generalised;
      each.fields = tip.fields;
      each.rule = rule.id;
    }
  }
}

}  // namespace

std::optional<PersonDecision> decide_by_attestation(const Attestation& attestation, const JsonValue& person,
                                                    bool only_person, const Request& request,
                                                    const Policy& policy) {
  const ExceptionRule* rule = rule_for(policy, attestation.ground);
  if (rule == nullptr || !holds(attestation, person, only_person, request, policy, *rule))
    return std::nullopt;
  PersonDecision decision;
  decision.person = PersonId(std::string(text_at(person, "id")));
  decision.basis = attestation.ground;
  decision.until = attestation.until;
  for (const Category& category : all_categories()) {
    decision.categories.push_back(
        {category, Level::withheld, {}, RuleId(std::string(rules::not_on_exception))});
  }
  if (attestation.ground == kTip) {
    open_tip(decision, *rule);
  } else {
    open_minimum(decision, attestation, policy, *rule);
  }
  if (!decision.anything()) return std::nullopt;
  return decision;
}

}  // namespace hotline
