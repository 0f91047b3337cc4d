#include "consent/decide.h"

#include <algorithm>
#include <optional>

#include "consent/consent.h"
#include "consent/exception.h"
#include "consent/mutants.h"
#include "consent/rules.h"
#include "consent/strictest.h"
#include "consent/validity.h"
#include "consent/words.h"

namespace hotline {
namespace {

RuleId rule_id(std::string_view id) {
  return RuleId(std::string(id));
}

// Who asks: tested before anything is looked at. Also a hotline is refused when it asks for law enforcement's
// sake: partners that act for it count as it (R2).
std::optional<Verdict> refused_asker(const Facts& facts, const Sides& sides) {
  if (branch(Branch::asks_enforcement, is_enforcement(facts.recipient_role))) {
    Verdict verdict = refusal(rules::enforcement, Change::nothing);
    if (facts.recipient_role == Role::immigration_enforcement) verdict.basis = "deny_immigration_demand";
    return verdict;
  }
  if (branch(Branch::asks_for_enforcement, facts.purpose == "law_enforcement"))
    return refusal(rules::enforcement, Change::nothing);
  if (branch(Branch::asks_from_nowhere, sides.sender == nullptr || sides.recipient == nullptr))
    return refusal(rules::nowhere, Change::other_recipient);
  if (branch(Branch::asks_inactive, !facts.recipient_active))
    return refusal(rules::inactive, Change::other_recipient);
  return std::nullopt;
}

// A received record is passed on only to whom the person named, and while what was agreed then lasts.
std::optional<Verdict> refused_onward(const Facts& facts) {
  if (!facts.onward) return std::nullopt;
  if (branch(Branch::onward_not_agreed, !facts.onward->agreed))
    return refusal(rules::onward_not_agreed, Change::ask_onward);
  if (branch(Branch::onward_ended, facts.now >= facts.onward->until))
    return refusal(rules::onward_ended, Change::ask_onward);
  return std::nullopt;
}

Level as_received(const OnwardFacts& onward, const Category& category) {
  for (const Grant& each : onward.levels) {
    if (each.category == category) return each.level;
  }
  return Level::withheld;
}

// What was received bounds what is sent on, whatever allows it.
void bound_by_original(PersonDecision& decision, const Facts& facts) {
  if (!facts.onward) return;
  decision.until = std::min(decision.until, facts.onward->until);
  for (CategoryDecision& each : decision.categories) {
    const Level received = as_received(*facts.onward, each.category);
    if (!branch(Branch::onward_narrowed, received < each.level)) continue;
    each.level = received;
    if (received == Level::withheld) each.fields.clear();
    each.rule = rule_id(rules::onward_narrowed);
    each.change = Change::ask_onward;
    each.decided_by = "base";
  }
}

const ForbiddenDisclosure* forbidding(const Policy& policy, const Facts& facts, const Category& category) {
  for (const ForbiddenDisclosure& each : policy.forbidden) {
    if (each.covers(to_string(facts.recipient_role), category)) return &each;
  }
  return nullptr;
}

// What no consent and no exception opens for such a recipient.
void keep_forbidden(PersonDecision& decision, const Facts& facts, const Sides& sides) {
  for (CategoryDecision& each : decision.categories) {
    const ForbiddenDisclosure* found = forbidding(sides.both, facts, each.category);
    if (!branch(Branch::forbidden, found != nullptr) || found == nullptr) continue;
    each.level = Level::withheld;
    each.fields.clear();
    each.rule = found->id;
    each.change = Change::nothing;
    each.decided_by = sides.whose(
        [&](const Policy& policy) { return forbidding(policy, facts, each.category) != nullptr; });
  }
}

void lower(CategoryDecision& decided, const Grant* grant) {
  const Level level = grant == nullptr ? Level::withheld : grant->level;
  const std::vector<std::string> none;
  const std::vector<std::string>& fields = grant == nullptr ? none : grant->fields;
  decided.level = std::min(decided.level, level);
  if (decided.fields.empty()) {
    decided.fields = fields;
  } else if (branch(Branch::category_fields, !fields.empty() && fields != decided.fields)) {
    decided.level = Level::withheld;
  }
}

const Grant* grant_of(const ConsentFacts& consent, const Category& category) {
  for (const Grant& each : consent.grants) {
    if (each.category == category) return &each;
  }
  return nullptr;
}

// Every valid consent given at the very same moment as the deciding one bounds it.
CategoryDecision decide_category(const Category& category, const std::vector<const Said*>& words) {
  CategoryDecision decided;
  decided.category = category;
  decided.level = Level::full;
  for (const Said* each : words) lower(decided, grant_of(*each->consent, category));
  if (branch(Branch::category_granted, decided.level != Level::withheld)) {
    decided.rule = rule_id(rules::granted);
    decided.change = Change::as_agreed;
  } else {
    decided.level = Level::withheld;
    decided.fields.clear();
    decided.rule = rule_id(rules::not_granted);
    decided.change = Change::ask_person;
  }
  return decided;
}

std::vector<MemberId> both(const std::vector<MemberId>& one, const std::vector<MemberId>& other) {
  std::vector<MemberId> out;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(out));
  return out;
}

// To whom the recipient may pass it on: those whom every word of that moment names, and whom the original
// names if it was received.
std::vector<MemberId> onward_of(const std::vector<const Said*>& words, const Facts& facts) {
  std::optional<std::vector<MemberId>> named;
  if (facts.onward) named = facts.onward->recipients;
  for (const Said* each : words) {
    const bool listed = branch(Branch::onward_list, each->consent->onward);
    const std::vector<MemberId> own = listed ? each->consent->onward_recipients : std::vector<MemberId>{};
    named = named ? both(*named, own) : own;
  }
  return named.value_or(std::vector<MemberId>{});
}

PersonDecision by_consent(const PersonId& person, const Said& deciding, const std::vector<Said>& all,
                          const Facts& facts, const Sides& sides) {
  const std::vector<const Said*> words = of_one_moment(deciding, all);
  PersonDecision decision;
  decision.person = person;
  decision.consent = deciding.consent->id;
  decision.basis = deciding.verdict.basis;
  decision.until = deciding.verdict.until;
  for (const Said* each : words) decision.until = std::min(decision.until, each->verdict.until);
  for (const Category& category : all_categories())
    decision.categories.push_back(decide_category(category, words));
  decision.onward = onward_of(words, facts);
  bound_by_original(decision, facts);
  keep_forbidden(decision, facts, sides);
  return decision;
}

PersonDecision nothing(const PersonId& person, const Verdict& verdict) {
  PersonDecision decision;
  decision.person = person;
  decision.basis = verdict.basis;
  for (const Category& category : all_categories()) {
    CategoryDecision none;
    none.category = category;
    none.rule = rule_id(verdict.rule);
    none.change = verdict.change;
    none.decided_by = verdict.decided_by;
    decision.categories.push_back(std::move(none));
  }
  return decision;
}

// What a human attests is asked only when no consent decides.
PersonDecision without_consent(const PersonFacts& person, const Verdict& why, const Facts& facts,
                               const Sides& sides) {
  for (const AttestationFacts& each : person.attestations) {
    if (auto decision = decide_by_attestation(each, person, facts, sides)) {
      bound_by_original(*decision, facts);
      keep_forbidden(*decision, facts, sides);
      // What was received has its own end, and no danger moves it.
      if (branch(Branch::attested_outlived, facts.onward && decision->until <= facts.now)) continue;
      if (decision->anything()) return *decision;
    }
  }
  return nothing(person.id, why);
}

PersonDecision decide_for(const PersonFacts& person, const Facts& facts, const Sides& sides) {
  if (const auto refused = refused_asker(facts, sides)) return nothing(person.id, *refused);
  if (const auto refused = refused_onward(facts)) return without_consent(person, *refused, facts, sides);
  const std::vector<Said> words = words_of(person, facts, sides);
  const Said deciding = last_of(words);
  if (!deciding.verdict.valid()) return without_consent(person, deciding.verdict, facts, sides);
  if (branch(Branch::guardians_disagree, other_guardian_refuses(deciding, words)))
    return without_consent(person, refusal(rules::guardians, Change::human), facts, sides);
  return by_consent(person.id, deciding, words, facts, sides);
}

bool same_terms(const PersonDecision& one, const PersonDecision& other) {
  return one.until == other.until && one.basis == other.basis && one.onward == other.onward &&
         std::equal(one.categories.begin(), one.categories.end(), other.categories.begin(),
                    other.categories.end(), [](const CategoryDecision& a, const CategoryDecision& b) {
                      return a.level == b.level && a.fields == b.fields;
                    });
}

std::vector<Group> group(const std::vector<PersonDecision>& persons) {
  std::vector<Group> groups;
  std::vector<const PersonDecision*> firsts;
  for (const PersonDecision& person : persons) {
    if (!person.anything()) continue;
    const auto known = std::find_if(firsts.begin(), firsts.end(),
                                    [&](const PersonDecision* first) { return same_terms(*first, person); });
    if (known == firsts.end()) {
      firsts.push_back(&person);
      groups.push_back({{person.person}});
    } else {
      groups[static_cast<std::size_t>(known - firsts.begin())].persons.push_back(person.person);
    }
  }
  return groups;
}

bool every_person_by(const Decision& decision, std::string_view rule) {
  return !decision.persons.empty() &&
         std::all_of(decision.persons.begin(), decision.persons.end(), [&](const PersonDecision& person) {
           return person.categories.front().rule.get() == rule;
         });
}

// Only the version stands between the consent and the recipient: the sender can mend that, so it is an error.
bool stopped_by_version(const Decision& decision) {
  if (!decision.groups.empty()) return false;
  return std::any_of(decision.persons.begin(), decision.persons.end(), [](const PersonDecision& person) {
    return person.categories.front().rule.get() == rules::policy_version;
  });
}

}  // namespace

Decision decide(const Facts& facts, const Policies& policies) {
  const Sides sides(policies, facts.sender_country, facts.recipient_country);
  Decision decision;
  for (const PersonFacts& person : facts.persons)
    decision.persons.push_back(decide_for(person, facts, sides));
  decision.groups = group(decision.persons);
  decision.purpose = Purpose(facts.purpose);
  decision.recipient = facts.recipient;
  decision.sender_country = facts.sender_country;
  decision.decided_at = facts.now;
  decision.base_policy = sides.base.version;
  if (sides.sender != nullptr) decision.sender_policy = sides.sender->version;
  if (sides.recipient != nullptr) decision.recipient_policy = sides.recipient->version;
  return decision;
}

Result<void> may_tell_of(const Decision& decision) {
  if (every_person_by(decision, rules::enforcement))
    return fail(ErrorCode::requester_refused, {}, std::string(rules::enforcement));
  if (every_person_by(decision, rules::nowhere)) {
    const bool sender = decision.sender_policy.empty();
    return fail(ErrorCode::data_invalid, {},
                sender ? "policy of the sender's country" : "policy of the recipient's country");
  }
  return {};
}

Result<void> may_act_on(const Decision& decision) {
  if (auto may = may_tell_of(decision); !may) return may;
  if (stopped_by_version(decision))
    return fail(ErrorCode::policy_version_mismatch, {}, std::string(rules::policy_version));
  return {};
}

Result<Decision> decide(const Referral& referral, const Request& request, const Known& known,
                        const Policies& policies) {
  Decision decision = decide(reduce(referral, request, known, policies), policies);
  if (auto may = may_act_on(decision); !may) return fail(std::move(may.error()));
  return decision;
}

Result<Decision> decide(const Referral& referral, const Request& request,
                        const std::vector<Attestation>& attestations, const std::vector<ConsentId>& withdrawn,
                        const Policies& policies) {
  return decide(referral, request, Known{attestations, withdrawn, nullptr, nullptr}, policies);
}

}  // namespace hotline
