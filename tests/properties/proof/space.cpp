#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

template <class Axis>
std::size_t product(const std::vector<Axis>& axes) {
  std::size_t all = 1;
  for (const Axis& each : axes) all *= each.choices;
  return all;
}

template <class Axis, class Set>
void choose(const std::vector<Axis>& axes, std::size_t number, const Set& set) {
  for (const Axis& each : axes) {
    set(each, number % each.choices);
    number /= each.choices;
  }
}

}  // namespace

std::size_t Space::inputs() const {
  return product(asked) * product(person);
}

std::size_t each_question(const Space& space, const std::function<bool(const Facts&)>& visit) {
  const std::size_t questions = product(space.asked);
  const std::size_t persons = product(space.person);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < questions; ++i) {
    Facts facts = services_in("MX");
    choose(space.asked, i, [&](const AskedAxis& axis, std::size_t choice) { axis.set(facts, choice); });
    for (std::size_t j = 0; j < persons;) {
      facts.persons.clear();
      for (; j < persons && facts.persons.size() < space.persons_at_once; ++j) {
        PersonFacts person = space.start;
        person.id = PersonId("p" + std::to_string(facts.persons.size()));
        choose(space.person, j,
               [&](const PersonAxis& axis, std::size_t choice) { axis.set(facts, person, choice); });
        facts.persons.push_back(std::move(person));
      }
      seen += facts.persons.size();
      if (!visit(facts)) return seen;
    }
  }
  return seen;
}

Facts services_in(const char* country) {
  Facts facts;
  facts.recipient = MemberId("there");
  facts.sender_country = "US";
  facts.recipient_country = country;
  facts.recipient_active = true;
  facts.purpose = "services";
  facts.now = kNow;
  return facts;
}

ConsentFacts own_consent() {
  ConsentFacts consent;
  consent.id = ConsentId("own");
  consent.for_recipient = consent.for_purpose = true;
  consent.giver.relation = "self";
  consent.giver.capacity = true;
  consent.alone = consent.adult = consent.adult_when_given = AgeFact::reached;
  consent.state = StateFact::in_force;
  consent.complete = consent.informed = consent.statement_known = true;
  consent.form = "written_e_signature";
  consent.language = LanguageFit::yes;
  consent.policy_version_fits = true;
  consent.given_at = kNow.plus_seconds(-86400);
  consent.until = kNow.plus_seconds(9 * 86400);
  consent.grants = {{Category("identity"), Level::full, {"identity/called_name"}},
                    {Category("location"), Level::generalised, {}},
                    {Category("needs"), Level::full, {}}};
  return consent;
}

ConsentFacts guardians_consent() {
  ConsentFacts consent = own_consent();
  consent.id = ConsentId("guardian");
  consent.giver.relation = "parent_guardian";
  consent.giver.named = GiverNamed::another;
  consent.giver.speaker = 1;
  consent.giver.not_abuser = true;
  consent.alone = consent.adult = consent.adult_when_given = AgeFact::below;
  return consent;
}

AttestationFacts danger() {
  AttestationFacts attestation;
  attestation.id = "attested";
  attestation.ground = "imminent_harm_emergency";
  attestation.staff_role = "supervisor";
  attestation.recipient_role = "emergency_services";
  attestation.named = attestation.for_recipient = attestation.about = true;
  attestation.categories = all_categories();
  attestation.at = kNow.plus_seconds(-600);
  attestation.until = kNow.plus_seconds(1800);
  return attestation;
}

std::vector<Space> all_spaces() {
  std::vector<Space> out;
  for (const auto& group : {spaces_of_askers(), spaces_of_several(), spaces_of_attestations(),
                            spaces_of_onward(), spaces_of_one_consent()})
    out.insert(out.end(), group.begin(), group.end());
  return out;
}

}  // namespace hotline::proof
