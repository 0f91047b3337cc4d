#include "consent/decide.h"

#include <algorithm>
#include <optional>

#include "consent/consent.h"
#include "consent/exception.h"
#include "consent/rules.h"
#include "consent/strictest.h"
#include "consent/validity.h"

namespace hotline {
namespace {

RuleId rule_id(std::string_view id) {
  return RuleId(std::string(id));
}

struct Judged {
  const Consent* consent = nullptr;
  Verdict verdict;
};

// When the person last said something about this consent. A refusal without a time is the last word.
Instant last_word(const Consent& consent) {
  Instant at = consent.given_at.value_or(Instant{consent.state == "refused" ? INT64_MAX : 0});
  if (consent.withdrawn_at) at = std::max(at, *consent.withdrawn_at);
  return at;
}

// How telling a refusal is when nothing decides: the sender is shown the one that came nearest.
int nearness(const Verdict& verdict) {
  if (verdict.rule == rules::giver) return 3;
  if (verdict.rule == rules::purpose) return 2;
  return verdict.rule == rules::recipient ? 1 : 0;
}

// A later word replaces an earlier one, wider or narrower; of two at the same moment one that permits less.
bool replaces(const Judged& later, const Judged& earlier) {
  if (later.verdict.beside_the_point() != earlier.verdict.beside_the_point()) {
    return earlier.verdict.beside_the_point();
  }
  if (later.verdict.beside_the_point()) return nearness(later.verdict) > nearness(earlier.verdict);
  const Instant a = last_word(*later.consent);
  const Instant b = last_word(*earlier.consent);
  if (a != b) return a > b;
  return earlier.verdict.valid() && !later.verdict.valid();
}

void lower(CategoryDecision& decided, const Grant* grant) {
  const Level level = grant == nullptr ? Level::withheld : grant->level;
  const std::vector<std::string> none;
  const std::vector<std::string>& fields = grant == nullptr ? none : grant->fields;
  decided.level = std::min(decided.level, level);
  if (decided.fields.empty()) {
    decided.fields = fields;
  } else if (!fields.empty() && fields != decided.fields) {
    decided.level = Level::withheld;
  }
}

// Every valid consent given at the very same moment as the deciding one bounds it.
PersonDecision by_consent(const Judged& deciding, const std::vector<Judged>& all) {
  PersonDecision decision;
  decision.person = deciding.consent->person;
  decision.consent = deciding.consent->id;
  decision.basis = deciding.verdict.basis;
  decision.until = deciding.verdict.until;
  for (const Category& category : all_categories()) {
    CategoryDecision decided{category, Level::full, {}, {}};
    for (const Judged& each : all) {
      if (!each.verdict.valid() || last_word(*each.consent) != last_word(*deciding.consent)) continue;
      lower(decided, each.consent->grant(category.get()));
      decision.until = std::min(decision.until, each.verdict.until);
    }
    if (decided.level == Level::withheld) decided.fields.clear();
    decided.rule = rule_id(decided.level == Level::withheld ? rules::not_granted : rules::granted);
    decision.categories.push_back(std::move(decided));
  }
  return decision;
}

PersonDecision nothing(const PersonId& person, const Verdict& verdict) {
  PersonDecision decision;
  decision.person = person;
  decision.basis = verdict.basis;
  for (const Category& category : all_categories()) {
    decision.categories.push_back({category, Level::withheld, {}, rule_id(verdict.rule)});
  }
  return decision;
}

struct Inputs {
  const Referral& referral;
  const Request& request;
  const std::vector<Attestation>& attestations;
  const std::vector<ConsentId>& withdrawn;
  const std::vector<Consent>& consents;
  const Policy& policy;
};

std::vector<Judged> judge_all(const JsonValue& person, const Inputs& in) {
  std::vector<Judged> judged;
  for (const Consent& consent : in.consents) {
    if (consent.person.get() != text_at(person, "id")) continue;
    judged.push_back({&consent, judge(consent, person, {in.referral, in.request, in.policy, in.withdrawn})});
  }
  return judged;
}

PersonDecision decide_for(const JsonValue& person, const Inputs& in) {
  const PersonId id{std::string(text_at(person, "id"))};
  if (!in.request.recipient_active) return nothing(id, refusal(rules::inactive));
  const std::vector<Judged> judged = judge_all(person, in);
  Judged deciding{nullptr, refusal(rules::none)};
  for (const Judged& each : judged) {
    if (deciding.consent == nullptr || replaces(each, deciding)) deciding = each;
  }
  if (deciding.consent != nullptr && deciding.verdict.valid()) return by_consent(deciding, judged);
  for (const Attestation& each : in.attestations) {
    if (auto decision =
            decide_by_attestation(each, person, in.referral.persons().Size() == 1, in.request, in.policy)) {
      return *decision;
    }
  }
  return nothing(id, deciding.verdict);
}

bool same_terms(const PersonDecision& one, const PersonDecision& other) {
  return one.until == other.until && one.basis == other.basis &&
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

// Only the version stands between the consent and the recipient: the sender can mend that, so it is an error.
bool stopped_by_version(const Decision& decision) {
  if (!decision.groups.empty()) return false;
  return std::any_of(decision.persons.begin(), decision.persons.end(), [](const PersonDecision& person) {
    return person.categories.front().rule.get() == rules::policy_version;
  });
}

}  // namespace

Result<Decision> decide(const Referral& referral, const Request& request,
                        const std::vector<Attestation>& attestations, const std::vector<ConsentId>& withdrawn,
                        const Policies& policies) {
  // Also a hotline is refused when it asks for law enforcement's sake: partners that act for it count as it
  // (R2).
  if (is_enforcement(request.recipient_role) || request.purpose.get() == "law_enforcement") {
    return fail(ErrorCode::requester_refused, {}, std::string(rules::enforcement));
  }
  const Policy* sender = policies.country(request.sender_country);
  const Policy* recipient = policies.country(request.recipient_country);
  if (sender == nullptr) return fail(ErrorCode::data_invalid, {}, "policy of the sender's country");
  if (recipient == nullptr) return fail(ErrorCode::data_invalid, {}, "policy of the recipient's country");
  const Policy policy = narrowed(narrowed(policies.base(), *sender), *recipient);
  const std::vector<Consent> consents = consents_of(referral);
  const Inputs inputs{referral, request, attestations, withdrawn, consents, policy};

  Decision decision;
  for (const JsonValue& person : referral.persons().GetArray())
    decision.persons.push_back(decide_for(person, inputs));
  decision.groups = group(decision.persons);
  decision.purpose = request.purpose;
  decision.recipient = request.recipient;
  decision.sender_country = request.sender_country;
  decision.decided_at = request.now;
  decision.base_policy = policies.base().version;
  decision.sender_policy = sender->version;
  decision.recipient_policy = recipient->version;
  if (stopped_by_version(decision)) {
    return fail(ErrorCode::policy_version_mismatch, {}, std::string(rules::policy_version));
  }
  return decision;
}

}  // namespace hotline
