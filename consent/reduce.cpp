#include <algorithm>

#include "consent/facts.h"
#include "consent/giver.h"
#include "consent/strictest.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

template <class T, class V>
bool contains(const T& list, const V& value) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

constexpr std::string_view kPurposes[] = {"services",   "case_handoff", "emergency",      "child_protection",
                                          "statistics", "legal",        "law_enforcement"};
constexpr std::size_t kLongestId = 64;

// The schema says what the id of a person and of a consent looks like. Other ids may be any text: what has no
// form of an id does not become a fact.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

template <class Allowed>
std::string code_or_none(const std::string& code, const Allowed& allowed) {
  return contains(allowed, code) ? code : std::string();
}

// A field as a path has lower case and strokes only; whether the record knows it, the schema says.
bool is_field(const Schema* canonical, const std::string& path) {
  if (!std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '/';
      }))
    return false;
  if (canonical == nullptr) return true;
  const SchemaNode* node = canonical->at("/persons/*");
  for (std::string_view rest = path; node != nullptr && !rest.empty();) {
    const std::string_view token = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(token.size() + 1, rest.size()));
    while (node != nullptr && node->items() != nullptr) node = node->items();
    node = node == nullptr ? nullptr : node->property(token);
  }
  return node != nullptr;
}

// A field that nobody knows shares nothing; a list of nothing but those is no leave to share the whole.
std::vector<Grant> known_grants(const std::vector<Grant>& grants, const Schema* canonical) {
  std::vector<Grant> out;
  for (Grant each : grants) {
    if (!contains(all_categories(), each.category)) continue;
    const bool narrowed = !each.fields.empty();
    std::erase_if(each.fields, [&](const std::string& path) { return !is_field(canonical, path); });
    if (narrowed && each.fields.empty()) each.level = Level::withheld;
    out.push_back(std::move(each));
  }
  return out;
}

std::vector<MemberId> known_members(std::vector<MemberId> members) {
  std::erase_if(members, [](const MemberId& each) { return !is_id(each.get()); });
  std::sort(members.begin(), members.end());
  return members;
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

LanguageFit language_fit(const Consent& consent, const JsonValue& person, const Referral& referral) {
  if (!consent.interpreter.empty()) return LanguageFit::yes;  // read to the person in their own language
  const auto languages = listener_languages(consent, person, referral);
  if (languages.empty()) return LanguageFit::unsaid;
  const std::string statement = base_language(consent.statement_language);
  const bool spoken = std::any_of(languages.begin(), languages.end(), [&](const std::string& tag) {
    return base_language(LanguageTag(tag)) == statement;
  });
  return spoken ? LanguageFit::yes : LanguageFit::no;
}

// Spoken consent serves a few needs only: a record with any other need, or with none, is not what it is for.
bool needs_fit_oral(const JsonValue& person, const Policy& policy) {
  const JsonValue* needs = member(person, "needs");
  const JsonValue* items = needs == nullptr ? nullptr : member(*needs, "items");
  if (items == nullptr || !items->IsArray() || items->Empty()) return false;
  return std::all_of(items->Begin(), items->End(), [&](const JsonValue& item) {
    const JsonValue* need = member(item, "need");
    return need != nullptr && contains(policy.oral_needs, text_at(*need, "code"));
  });
}

StateFact state_of(const Consent& consent) {
  if (consent.state == "given" || consent.state == "renewed") return StateFact::in_force;
  return consent.state == "refused" ? StateFact::refused : StateFact::other;
}

struct Reducing {
  const Referral& referral;
  const Request& request;
  const Known& known;
  const Policy& base;
  const Policy& policy;  // the strictest
  const Sides& sides;
};

// Of the two countries the one where the person is; the recipient's when the record does not say.
const Policy* policy_there(const JsonValue& person, const Reducing& in) {
  const std::string_view country = place_of(person, "country");
  return !country.empty() && country == in.request.sender_country ? in.sides.sender : in.sides.recipient;
}

bool statement_known(const Consent& consent, const Known& known) {
  return known.statements == nullptr ||
         known.statements->holds(consent.statement_id, consent.statement_version, consent.statement_language,
                                 consent.statement_sha256);
}

// What the words of a consent say by themselves, whatever record they stand in.
void put_words(ConsentFacts& facts, const Consent& consent, const Known& known, const Policy& base) {
  facts.id = consent.id;
  facts.state = state_of(consent);
  facts.withdrawn =
      consent.state == "withdrawn" || consent.withdrawn_at || contains(known.withdrawn, consent.id);
  facts.complete = consent.complete;
  facts.informed = consent.informed;
  facts.statement_known = statement_known(consent, known);
  facts.form = code_or_none(consent.form, base.consent_forms);
  facts.relative_interpreted = consent.interpreter_is_relative;
  facts.witnessed = !consent.witness.empty() && consent.witness != consent.explained_by;
  facts.given_at = consent.given_at;
  facts.until = consent.until;
  facts.withdrawn_at = consent.withdrawn_at;
  facts.grants = known_grants(consent.grants, known.canonical);
  facts.onward_recipients = known_members(consent.onward_recipients);
  facts.onward = consent.onward && !facts.onward_recipients.empty();
}

ConsentFacts consent_facts(const Consent& consent, const JsonValue& person, const Reducing& in) {
  ConsentFacts facts;
  const Request& request = in.request;
  put_words(facts, consent, in.known, in.base);
  facts.for_recipient =
      consent.recipient == request.recipient && consent.recipient_country == request.recipient_country;
  facts.for_purpose = consent.names(request.purpose.get());
  facts.giver = giver_facts(consent, in.referral);
  read_ages(facts, consent, person, request.now, in.policy);
  facts.needs_fit_oral = needs_fit_oral(person, in.policy);
  facts.language = language_fit(consent, person, in.referral);
  facts.policy_version_fits = consent.policy_version == request.recipient_policy_version;
  return facts;
}

AttestationFacts attestation_facts(const Attestation& attestation, const JsonValue& person,
                                   const Reducing& in) {
  AttestationFacts facts;
  std::vector<std::string> grounds;
  for (const ExceptionRule& each : in.base.exceptions) grounds.push_back(each.ground);
  if (is_id(attestation.id)) facts.id = attestation.id;
  facts.ground = code_or_none(attestation.ground, grounds);
  facts.staff_role = code_or_none(attestation.staff_role, in.base.attesting_roles);
  if (role_from(attestation.recipient_role)) facts.recipient_role = attestation.recipient_role;
  facts.named = !attestation.id.empty() && !attestation.attested_by.empty();
  facts.for_recipient = attestation.recipient == in.request.recipient;
  // Nobody in a larger record is meant by an attestation that names nobody.
  facts.about = attestation.persons.empty()
                    ? in.referral.persons().Size() == 1
                    : contains(attestation.persons, PersonId(std::string(text_at(person, "id"))));
  for (const Category& each : all_categories()) {
    if (contains(attestation.categories, each)) facts.categories.push_back(each);
  }
  facts.at = attestation.at;
  facts.until = attestation.until;
  return facts;
}

PersonFacts person_facts(const JsonValue& person, const std::vector<Consent>& consents, const Reducing& in) {
  PersonFacts facts;
  facts.id = PersonId(std::string(text_at(person, "id")));
  facts.child = against_child_age(person, in.request.now, in.policy.adult_age, policy_there(person, in));
  std::vector<std::string> speakers;
  for (const Consent& consent : consents) {
    if (consent.person.get() != text_at(person, "id")) continue;
    facts.consents.push_back(consent_facts(consent, person, in));
    facts.consents.back().giver.speaker = number_of(speaker_of(consent), speakers);
  }
  for (const Attestation& each : in.known.attestations)
    facts.attestations.push_back(attestation_facts(each, person, in));
  return facts;
}

std::optional<OnwardFacts> onward_facts(const Request& request) {
  if (!request.original) return std::nullopt;
  OnwardFacts facts;
  facts.recipients = known_members(request.original->recipients);
  facts.agreed = contains(facts.recipients, request.recipient);
  facts.until = request.original->until;
  for (const Category& category : all_categories()) {
    for (const auto& [name, level] : request.original->levels) {
      if (name == category) facts.levels.push_back({category, level, {}});
    }
  }
  return facts;
}

std::string version_of(const Policy* policy) {
  return policy == nullptr ? std::string() : policy->version;
}

}  // namespace

Facts with_words(Facts facts, const std::vector<Consent>& words, const Known& known, const Policy& base) {
  for (PersonFacts& person : facts.persons) {
    for (ConsentFacts& consent : person.consents) {
      consent.withdrawn = consent.withdrawn || contains(known.withdrawn, consent.id);
      const auto said = std::find_if(words.begin(), words.end(),
                                     [&](const Consent& each) { return each.id == consent.id; });
      if (said == words.end()) continue;
      put_words(consent, *said, known, base);
      consent.for_recipient =
          said->recipient == facts.recipient && said->recipient_country == facts.recipient_country;
      consent.for_purpose = said->names(facts.purpose);
    }
  }
  return facts;
}

Facts reduce(const Referral& referral, const Request& request, const Known& known, const Policies& policies) {
  const Sides sides(policies, request.sender_country, request.recipient_country);
  const Reducing in{referral, request, known, sides.base, sides.both, sides};
  Facts facts;
  facts.recipient = request.recipient;
  facts.sender_country = request.sender_country;
  facts.recipient_country = request.recipient_country;
  facts.recipient_role = request.recipient_role;
  facts.recipient_active = request.recipient_active;
  facts.purpose = code_or_none(request.purpose.get(), kPurposes);
  facts.now = request.now;
  facts.base_policy = sides.base.version;
  facts.sender_policy = version_of(sides.sender);
  facts.recipient_policy = version_of(sides.recipient);
  facts.onward = onward_facts(request);
  const std::vector<Consent> consents = consents_of(referral);
  for (const JsonValue& person : referral.persons().GetArray())
    facts.persons.push_back(person_facts(person, consents, in));
  return facts;
}

}  // namespace hotline
