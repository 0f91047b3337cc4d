#include "consent/validity.h"

#include <algorithm>
#include <set>

#include "consent/age.h"
#include "consent/rules.h"
#include "i18n/fold.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

constexpr std::int64_t kSkewSeconds = 300;  // two clocks of one office

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_exploiter(const Referral& referral, std::string_view id) {
  const JsonValue* exploiters = member(referral.json(), "alleged_exploiters");
  if (id.empty() || exploiters == nullptr) return false;
  return std::any_of(exploiters->Begin(), exploiters->End(),
                     [&](const JsonValue& each) { return text_at(each, "id") == id; });
}

// The words of a name in any order and spelling.
std::multiset<std::u32string> folded_words(std::string_view name) {
  const std::u32string folded = fold_to_utf32(name, Confusables::map);
  std::multiset<std::u32string> out;
  for (const Word& word : words(folded)) out.insert(folded.substr(word.begin, word.end - word.begin));
  return out;
}

// The giver under another id: somebody of the record who is called like an alleged exploiter.
bool is_called_like_an_exploiter(const Referral& referral, std::string_view id) {
  const JsonValue* person = id.empty() ? nullptr : referral.person(PersonId(std::string(id)));
  const JsonValue* identity = person == nullptr ? nullptr : member(*person, "identity");
  const JsonValue* exploiters = member(referral.json(), "alleged_exploiters");
  if (identity == nullptr || exploiters == nullptr) return false;
  std::string whole;
  for (const char* part : {"given_names", "first_surname", "second_surname"})
    whole.append(text_at(*identity, part)).append(" ");
  const auto giver = folded_words(whole);
  return giver.size() > 1 && std::any_of(exploiters->Begin(), exploiters->End(), [&](const JsonValue& each) {
           const auto named = folded_words(text_at(each, "name"));
           return named.size() > 1 && std::includes(giver.begin(), giver.end(), named.begin(), named.end());
         });
}

// A guardian who may be the other parent's abuser, or the child's, is not asked; neither is one whom nobody
// checked.
bool guardian_checked(const Giver& giver) {
  return giver.not_abuser_checked && giver.not_other_parent_abuser_checked && giver.capacity_confirmed;
}

// "" when the right person gave it.
std::string_view giver_fault(const Consent& consent, const AgeRange& age, const ValidityInputs& in) {
  const Giver& giver = consent.giver;
  if (is_exploiter(in.referral, giver.person)) return rules::giver;
  if (giver.relation == "self") {
    if (!giver.person.empty() && giver.person != consent.person.get()) return rules::giver;
    if (!age.clear()) return rules::age_unclear;
    if (age.to < in.policy.alone_age) return rules::age;
    if (age.from < in.policy.alone_age) return rules::age_unclear;
    return giver.capacity_confirmed ? std::string_view() : rules::giver;
  }
  // Nobody consents for an adult, and only guardians for a child: a tip is no consent (R7).
  if (!contains(in.policy.minor_givers, giver.relation) || giver.person == consent.person.get())
    return rules::giver;
  if (!guardian_checked(giver) || is_called_like_an_exploiter(in.referral, giver.person)) return rules::giver;
  if (!age.clear()) return rules::age_unclear;
  if (age.from >= in.policy.adult_age) return rules::giver;
  return age.to >= in.policy.adult_age ? rules::age_unclear : std::string_view();
}

// The languages of whoever listened to the statement; empty when the record does not say.
std::vector<std::string> listener_languages(const Consent& consent, const JsonValue& person,
                                            const Referral& referral) {
  const JsonValue* listener = &person;
  if (consent.giver.relation != "self") listener = referral.person(PersonId(consent.giver.person));
  const JsonValue* languages = listener == nullptr ? nullptr : member(*listener, "languages");
  std::vector<std::string> out;
  if (languages == nullptr) return out;
  if (const auto preferred = text_at(*languages, "preferred"); !preferred.empty())
    out.emplace_back(preferred);
  if (const JsonValue* spoken = member(*languages, "spoken"); spoken != nullptr && spoken->IsArray()) {
    for (const JsonValue& each : spoken->GetArray()) out.emplace_back(text_at(each, "language"));
  }
  return out;
}

bool understood(const Consent& consent, const JsonValue& person, const Referral& referral) {
  if (!consent.interpreter.empty()) return true;  // read to the person in their own language
  const auto languages = listener_languages(consent, person, referral);
  const std::string statement = base_language(consent.statement_language);
  return languages.empty() || std::any_of(languages.begin(), languages.end(), [&](const std::string& tag) {
           return base_language(LanguageTag(tag)) == statement;
         });
}

// An oral consent serves a few needs only: a record with any other need, or with none, is not what it is for.
bool oral_fits(const Consent& consent, const JsonValue& person, const Policy& policy) {
  if (consent.witness.empty() || consent.witness == consent.explained_by) return false;
  const JsonValue* needs = member(person, "needs");
  const JsonValue* items = needs == nullptr ? nullptr : member(*needs, "items");
  if (items == nullptr || !items->IsArray() || items->Empty()) return false;
  return std::all_of(items->Begin(), items->End(), [&](const JsonValue& item) {
    const JsonValue* need = member(item, "need");
    return need != nullptr && contains(policy.oral_needs, text_at(*need, "code"));
  });
}

// "" when the time is right; `until` becomes the end.
std::string_view time_fault(const Consent& consent, const JsonValue& person, const ValidityInputs& in,
                            Instant& until) {
  const Instant given = *consent.given_at;
  until = *consent.until;
  if (given > in.request.now.plus_seconds(kSkewSeconds)) return rules::not_yet;
  if (in.policy.consent_max_seconds <= 0 || until > given.plus_seconds(in.policy.consent_max_seconds)) {
    return rules::too_long;
  }
  if (consent.form == "oral_two_person") {
    if (!oral_fits(consent, person, in.policy)) return rules::oral;
    until = std::min(until, given.plus_seconds(in.policy.oral_max_seconds));
  }
  return in.request.now < until ? std::string_view() : rules::expired;
}

bool is_withdrawn(const Consent& consent, const std::vector<ConsentId>& withdrawn) {
  return consent.state == "withdrawn" || consent.withdrawn_at ||
         std::find(withdrawn.begin(), withdrawn.end(), consent.id) != withdrawn.end();
}

std::string_view first_fault(const Consent& consent, const JsonValue& person, const ValidityInputs& in,
                             Instant& until) {
  const Request& request = in.request;
  if (consent.recipient != request.recipient || consent.recipient_country != request.recipient_country) {
    return rules::recipient;
  }
  if (!consent.names(request.purpose.get())) return rules::purpose;
  const AgeRange age = age_of(person, consent.age_band, request.now);
  if (const auto fault = giver_fault(consent, age, in); fault == rules::giver) return fault;
  if (is_withdrawn(consent, in.withdrawn)) return rules::withdrawn;
  if (consent.state != "given" && consent.state != "renewed") return rules::state;
  if (!consent.complete) return rules::incomplete;
  if (!consent.informed) return rules::not_informed;
  if (!contains(in.policy.consent_forms, consent.form)) return rules::form;
  if (consent.interpreter_is_relative) return rules::interpreter;
  if (const auto fault = time_fault(consent, person, in, until); !fault.empty()) return fault;
  if (const auto fault = giver_fault(consent, age, in); !fault.empty()) return fault;
  if (!understood(consent, person, in.referral)) return rules::language;
  if (consent.policy_version != request.recipient_policy_version) return rules::policy_version;
  return rules::granted;
}

std::string_view basis_of(std::string_view rule) {
  if (rule == rules::granted) return "consent_explicit";
  if (rule == rules::age_unclear || rule == rules::language) return "hold_human";
  if (rule == rules::withdrawn) return "deny_consent_withdrawn";
  if (rule == rules::expired || rule == rules::too_long || rule == rules::not_yet)
    return "deny_consent_expired";
  if (rule == rules::giver || rule == rules::age) return "deny_invalid_consent_giver";
  if (rule == rules::recipient || rule == rules::purpose) return "deny_out_of_scope";
  return "deny_no_consent";
}

}  // namespace

bool Verdict::valid() const {
  return rule == rules::granted;
}

bool Verdict::beside_the_point() const {
  return rule == rules::none || rule == rules::recipient || rule == rules::purpose || rule == rules::giver;
}

Verdict judge(const Consent& consent, const JsonValue& person, const ValidityInputs& inputs) {
  Verdict verdict;
  verdict.rule = first_fault(consent, person, inputs, verdict.until);
  verdict.basis = basis_of(verdict.rule);
  if (!verdict.valid()) verdict.until = {};
  return verdict;
}

Verdict refusal(std::string_view rule) {
  return {rule, basis_of(rule), {}};
}

}  // namespace hotline
