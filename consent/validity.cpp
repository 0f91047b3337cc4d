#include "consent/validity.h"

#include <algorithm>

#include "consent/rules.h"

namespace hotline {
namespace {

constexpr std::int64_t kSkewSeconds = 300;  // two clocks of one office
constexpr std::string_view kOral = "oral_two_person";

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Who gave it

bool by_self(const Case& in) {
  return in.consent.giver.relation == "self";
}

// Nobody consents for an adult, and only guardians for a child: a tip is no consent (R7).
bool may_be_guardian(const Policy& policy, const GiverFacts& giver) {
  return contains(policy.minor_givers, giver.relation) && giver.named != GiverNamed::the_person;
}

bool by_nobody_who_may(const Case& in) {
  return !by_self(in) && !may_be_guardian(in.sides.both, in.consent.giver);
}

// A guardian who may be the other parent's abuser, or the child's, is not asked; neither is one whom nobody
// checked.
bool unchecked(const Case& in) {
  return !by_self(in) && !(in.consent.giver.not_abuser && in.consent.giver.capacity);
}

bool for_adult(const Case& in) {
  return !by_self(in) && in.consent.adult == AgeFact::reached;
}

bool was_adult(const Case& in) {
  return in.consent.adult_when_given == AgeFact::reached;
}

// When

Instant given(const Case& in) {
  return in.consent.given_at.value_or(Instant{INT64_MAX / 2});
}

Instant own_end(const Case& in) {
  return in.consent.until.value_or(Instant{});
}

bool longer_than(const Policy& policy, const Case& in) {
  return policy.consent_max_seconds <= 0 || own_end(in) > given(in).plus_seconds(policy.consent_max_seconds);
}

bool oral(const Case& in) {
  return in.consent.form == kOral;
}

Instant end_under(const Policy& policy, const Case& in) {
  Instant end = own_end(in);
  if (branch(Branch::oral_ends_first, oral(in)))
    end = std::min(end, given(in).plus_seconds(policy.oral_max_seconds));
  if (branch(Branch::of_age_ends_first, !by_self(in) && in.consent.of_age_at.has_value()))
    end = std::min(end, in.consent.of_age_at.value_or(end));
  return end;
}

// Whose rule it is, where countries can be stricter than the base

std::string whose_form(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return !contains(each.consent_forms, in.consent.form); });
}
std::string whose_length(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return longer_than(each, in); });
}
std::string whose_end(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return in.facts.now >= end_under(each, in); });
}
std::string whose_oral_needs(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return each.oral_needs == in.sides.both.oral_needs; });
}
std::string whose_alone_age(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return each.alone_age == in.sides.both.alone_age; });
}
std::string whose_adult_age(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return each.adult_age == in.sides.both.adult_age; });
}
std::string whose_givers(const Case& in) {
  return in.sides.whose([&](const Policy& each) { return !may_be_guardian(each, in.consent.giver); });
}

constexpr ConsentRule kRules[] = {
    {Branch::consent_recipient, Change::ask_person, rules::recipient,
     [](const Case& in) { return !in.consent.for_recipient; }, nullptr},
    {Branch::consent_purpose, Change::ask_person, rules::purpose,
     [](const Case& in) { return !in.consent.for_purpose; }, nullptr},

    {Branch::giver_exploiter, Change::safe_adult, rules::giver,
     [](const Case& in) { return in.consent.giver.exploiter; }, nullptr},
    {Branch::giver_for_another, Change::ask_person, rules::giver,
     [](const Case& in) { return by_self(in) && in.consent.giver.named == GiverNamed::another; }, nullptr},
    {Branch::giver_no_capacity, Change::ask_person, rules::giver,
     [](const Case& in) {
       return by_self(in) && in.consent.alone == AgeFact::reached && !in.consent.giver.capacity;
     },
     nullptr},
    {Branch::giver_relation, Change::ask_person, rules::giver, by_nobody_who_may, whose_givers},
    {Branch::giver_unchecked, Change::safe_adult, rules::giver, unchecked, nullptr},
    {Branch::giver_of_adult, Change::ask_person, rules::giver,
     [](const Case& in) { return for_adult(in) && was_adult(in); }, whose_adult_age},
    {Branch::giver_turned_of_age, Change::ask_person, rules::of_age,
     [](const Case& in) { return for_adult(in) && !was_adult(in); }, whose_adult_age},

    {Branch::consent_withdrawn, Change::person_comes_back, rules::withdrawn,
     [](const Case& in) { return in.consent.withdrawn; }, nullptr},
    {Branch::consent_refused, Change::person_comes_back, rules::state,
     [](const Case& in) { return in.consent.state == StateFact::refused; }, nullptr},
    {Branch::consent_state, Change::ask_person, rules::state,
     [](const Case& in) { return in.consent.state == StateFact::other; }, nullptr},
    {Branch::consent_incomplete, Change::complete_record, rules::incomplete,
     [](const Case& in) { return !in.consent.complete || !in.consent.given_at || !in.consent.until; },
     nullptr},
    {Branch::consent_not_informed, Change::tell_first, rules::not_informed,
     [](const Case& in) { return !in.consent.informed; }, nullptr},
    {Branch::consent_statement, Change::ask_with_statement, rules::statement,
     [](const Case& in) { return !in.consent.statement_known; }, nullptr},
    {Branch::consent_form, Change::ask_in_form, rules::form,
     [](const Case& in) { return !contains(in.sides.both.consent_forms, in.consent.form); }, whose_form},
    {Branch::consent_interpreter, Change::other_interpreter, rules::interpreter,
     [](const Case& in) { return in.consent.relative_interpreted; }, nullptr},

    {Branch::consent_times, Change::complete_record, rules::times,
     [](const Case& in) { return own_end(in) <= given(in); }, nullptr},
    {Branch::consent_not_yet, Change::complete_record, rules::not_yet,
     [](const Case& in) { return given(in) > in.facts.now.plus_seconds(kSkewSeconds); }, nullptr},
    {Branch::consent_too_long, Change::ask_again, rules::too_long,
     [](const Case& in) { return longer_than(in.sides.both, in); }, whose_length},
    {Branch::oral_witness, Change::ask_in_form, rules::oral,
     [](const Case& in) { return oral(in) && !in.consent.witnessed; }, nullptr},
    {Branch::oral_needs, Change::ask_in_form, rules::oral,
     [](const Case& in) { return oral(in) && !in.consent.needs_fit_oral; }, whose_oral_needs},
    {Branch::consent_expired, Change::ask_again, rules::expired,
     [](const Case& in) { return in.facts.now >= end_under(in.sides.both, in); }, whose_end},

    {Branch::age_alone_unclear, Change::human, rules::age_unclear,
     [](const Case& in) {
       return by_self(in) && (in.consent.alone == AgeFact::unclear || in.consent.alone == AgeFact::straddles);
     },
     whose_alone_age},
    {Branch::age_alone_below, Change::safe_adult, rules::age,
     [](const Case& in) { return by_self(in) && in.consent.alone == AgeFact::below; }, whose_alone_age},
    {Branch::age_child_unclear, Change::human, rules::age_unclear,
     [](const Case& in) { return !by_self(in) && in.consent.adult != AgeFact::below; }, whose_adult_age},
    {Branch::consent_language, Change::ask_in_language, rules::language,
     [](const Case& in) { return in.consent.language == LanguageFit::no; }, nullptr},
    {Branch::consent_policy_version, Change::signed_policy, rules::policy_version,
     [](const Case& in) { return !in.consent.policy_version_fits; }, nullptr},
};

std::string_view basis_of(std::string_view rule) {
  if (rule == rules::granted) return "consent_explicit";
  if (rule == rules::age_unclear || rule == rules::language || rule == rules::guardians) return "hold_human";
  if (rule == rules::withdrawn) return "deny_consent_withdrawn";
  if (rule == rules::expired || rule == rules::too_long || rule == rules::not_yet || rule == rules::times)
    return "deny_consent_expired";
  if (rule == rules::giver || rule == rules::age || rule == rules::of_age)
    return "deny_invalid_consent_giver";
  if (rule == rules::recipient || rule == rules::purpose) return "deny_out_of_scope";
  if (rule == rules::onward_not_agreed || rule == rules::onward_ended) return "deny_onward_transfer";
  if (rule == rules::enforcement) return "deny_law_enforcement_demand";
  return "deny_no_consent";
}

}  // namespace

std::span<const ConsentRule> consent_rules() {
  return kRules;
}

bool Verdict::valid() const {
  return rule == rules::granted;
}

bool Verdict::beside_the_point() const {
  return rule == rules::none || rule == rules::recipient || rule == rules::purpose || rule == rules::giver ||
         rule == rules::of_age;
}

Verdict judge(const ConsentFacts& consent, const Facts& facts, const Sides& sides) {
  const Case in{facts, consent, sides};
  for (const ConsentRule& each : kRules) {
    if (!branch(each.branch, each.fails(in))) continue;
    Verdict verdict = refusal(each.rule, each.change);
    if (each.decided_by != nullptr) verdict.decided_by = each.decided_by(in);
    return verdict;
  }
  Verdict verdict = refusal(rules::granted, Change::as_agreed);
  verdict.until = end_under(sides.both, in);
  return verdict;
}

Verdict refusal(std::string_view rule, Change change) {
  return {rule, basis_of(rule), {}, change, "base"};
}

}  // namespace hotline
