#include "consent/exception.h"

#include <algorithm>

#include "consent/rules.h"

namespace hotline {
namespace {

constexpr std::string_view kTip = "non_identifying_tip";
constexpr std::string_view kChild = "minor_abuse_neglect_trafficking";

// All that a tip may ever carry: it identifies no one. A closed list by promise, so it is code and not
// policy; rule and human may narrow it. In which sector somebody is exploited is told with the exploitation.
struct TipCategory {
  const char* category;
  std::vector<std::string> fields;
  const char* told_with;
};
const std::vector<TipCategory>& tip_fields() {
  static const std::vector<TipCategory> fields = {
      {"employment", {"employment/sectors"}, "exploitation"},
      {"exploitation",
       {"exploitation/control_methods", "exploitation/ongoing", "exploitation/types"},
       "exploitation"},
      {"location", {"location/current/country", "location/current/region"}, "location"},
  };
  return fields;
}

template <class T, class V>
bool contains(const std::vector<T>& list, const V& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

const ExceptionRule* rule_for(const Policy& policy, std::string_view ground) {
  for (const ExceptionRule& each : policy.exceptions) {
    if (!ground.empty() && each.ground == ground) return &each;
  }
  return nullptr;
}

constexpr AttestationRule kConditions[] = {
    {Branch::attested_named, [](const AttestedCase& in) { return !in.attestation.named; }},
    {Branch::attested_recipient, [](const AttestedCase& in) { return !in.attestation.for_recipient; }},
    {Branch::attested_role,
     [](const AttestedCase& in) {
       return !contains(in.sides.both.attesting_roles, in.attestation.staff_role) ||
              (!in.rule.attesting_roles.empty() &&
               !contains(in.rule.attesting_roles, in.attestation.staff_role));
     }},
    {Branch::attested_reach,
     [](const AttestedCase& in) {
       return !contains(in.rule.recipient_roles, in.attestation.recipient_role);
     }},
    // An authority receives through the hotline of its country; anybody else only what is meant for them.
    {Branch::attested_conduit,
     [](const AttestedCase& in) {
       return in.facts.recipient_role != Role::hotline &&
              to_string(in.facts.recipient_role) != in.attestation.recipient_role;
     }},
    {Branch::attested_begun, [](const AttestedCase& in) { return in.attestation.at > in.facts.now; }},
    {Branch::attested_over, [](const AttestedCase& in) { return in.facts.now >= in.attestation.until; }},
    {Branch::attested_too_long,
     [](const AttestedCase& in) {
       return in.rule.max_seconds <= 0 ||
              in.attestation.until > in.attestation.at.plus_seconds(in.rule.max_seconds);
     }},
    {Branch::attested_about, [](const AttestedCase& in) { return !in.attestation.about; }},
    // A possible minor is held for a human, neither reported nor treated as an adult.
    {Branch::attested_child,
     [](const AttestedCase& in) { return in.rule.ground == kChild && in.person.child != AgeFact::below; }},
};

bool holds(const AttestedCase& in) {
  return std::none_of(std::begin(kConditions), std::end(kConditions),
                      [&](const AttestationRule& each) { return branch(each.branch, each.fails(in)); });
}

const ExceptionRule* same_ground(const Policy& policy, const ExceptionRule& rule) {
  return rule_for(policy, rule.ground);
}

// Where a law says what has to be told to that authority, no more is told.
bool beyond_mandate(const Policy& policy, const AttestedCase& in, const Category& category) {
  return std::any_of(policy.mandated.begin(), policy.mandated.end(), [&](const MandatedDisclosure& each) {
    return each.ground == in.rule.ground && each.authority == in.attestation.recipient_role &&
           !contains(each.categories, category);
  });
}

// The authority is the one where the recipient is.
bool beyond_mandate(const AttestedCase& in, const Category& category) {
  return in.sides.recipient != nullptr && beyond_mandate(*in.sides.recipient, in, category);
}

// Who closes a category that is not opened: the first whose own least set lacks it, or who never opens it.
std::string closed_by(const AttestedCase& in, const Category& category) {
  return in.sides.whose([&](const Policy& each) {
    const ExceptionRule* own = same_ground(each, in.rule);
    return own == nullptr || !contains(own->categories, category) ||
           contains(each.never_on_exception, category) ||
           (&each == in.sides.recipient && beyond_mandate(each, in, category));
  });
}

void open_minimum(PersonDecision& decision, const AttestedCase& in) {
  for (CategoryDecision& each : decision.categories) {
    each.decided_by = closed_by(in, each.category);
    if (branch(Branch::minimum_rule, !contains(in.rule.categories, each.category))) continue;
    if (branch(Branch::minimum_mandated, beyond_mandate(in, each.category))) continue;
    if (branch(Branch::minimum_attested, !contains(in.attestation.categories, each.category))) continue;
    if (branch(Branch::minimum_never, contains(in.sides.both.never_on_exception, each.category))) continue;
    each.level = Level::full;
    each.rule = in.rule.id;
    each.change = Change::nothing;
  }
}

// Whose rule keeps a tip from telling this.
std::string closed_by_ground(const AttestedCase& in, const Category& category) {
  return in.sides.whose([&](const Policy& each) {
    const ExceptionRule* own = same_ground(each, in.rule);
    return own != nullptr && !contains(own->categories, category);
  });
}

void open_tip(PersonDecision& decision, const AttestedCase& in) {
  for (CategoryDecision& each : decision.categories) {
    for (const TipCategory& tip : tip_fields()) {
      if (each.category.get() != tip.category) continue;
      const Category told_with{std::string(tip.told_with)};
      each.decided_by = closed_by_ground(in, told_with);
      if (branch(Branch::tip_rule, !contains(in.rule.categories, told_with))) continue;
      if (branch(Branch::tip_attested, !contains(in.attestation.categories, told_with))) continue;
      each.level = Level::generalised;
      each.fields = tip.fields;
      each.rule = in.rule.id;
      each.change = Change::nothing;
    }
  }
}

PersonDecision closed(const AttestedCase& in) {
  PersonDecision decision;
  decision.person = in.person.id;
  decision.basis = in.attestation.ground;
  decision.until = in.attestation.until;
  for (const Category& category : all_categories()) {
    CategoryDecision none;
    none.category = category;
    none.rule = RuleId(std::string(rules::not_on_exception));
    none.change = Change::ask_person;
    decision.categories.push_back(std::move(none));
  }
  return decision;
}

}  // namespace

std::span<const AttestationRule> attestation_rules() {
  return kConditions;
}

std::optional<PersonDecision> decide_by_attestation(const AttestationFacts& attestation,
                                                    const PersonFacts& person, const Facts& facts,
                                                    const Sides& sides) {
  const ExceptionRule* rule = rule_for(sides.both, attestation.ground);
  if (rule == nullptr) return std::nullopt;
  const AttestedCase in{facts, person, attestation, *rule, sides};
  if (!holds(in)) return std::nullopt;
  PersonDecision decision = closed(in);
  if (branch(Branch::tip_only, attestation.ground == kTip)) {
    open_tip(decision, in);
  } else {
    open_minimum(decision, in);
  }
  if (!decision.anything()) return std::nullopt;
  return decision;
}

}  // namespace hotline
