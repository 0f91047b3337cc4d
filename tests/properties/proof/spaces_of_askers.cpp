// Who asks, from where, for what: against every kind of person.
#include <array>

#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

constexpr std::array kRoles = {
    Role::hotline,          Role::service_provider,   Role::legal,
    Role::health,           Role::law_enforcement,    Role::immigration_enforcement,
    Role::child_protection, Role::emergency_services, Role::statistics};
constexpr std::array kPurposes = {"services",   "case_handoff", "emergency",       "child_protection",
                                  "statistics", "legal",        "law_enforcement", ""};
constexpr std::array kCountries = {"US", "CA", "MX", "FR"};  // the last has no policy here

void set_role(Facts& facts, std::size_t i) {
  facts.recipient_role = kRoles.at(i);
}
void set_purpose(Facts& facts, std::size_t i) {
  facts.purpose = kPurposes.at(i);
}
void set_sender(Facts& facts, std::size_t i) {
  facts.sender_country = kCountries.at(i);
}
void set_recipient(Facts& facts, std::size_t i) {
  facts.recipient_country = kCountries.at(i);
}
void set_active(Facts& facts, std::size_t i) {
  facts.recipient_active = i == 0;
}

AttestationFacts attested(const char* ground, const char* for_whom) {
  AttestationFacts out = danger();
  out.ground = ground;
  out.recipient_role = for_whom;
  return out;
}

// Nothing, a consent of either kind, each ground, and a consent that was taken back beside a danger.
void set_person(const Facts&, PersonFacts& person, std::size_t i) {
  person.child = AgeFact::below;
  if (i == 1 || i == 7) person.consents = {own_consent()};
  if (i == 2) person.consents = {guardians_consent()};
  if (i == 3) person.attestations = {attested("threat_self_or_others", "emergency_services")};
  if (i == 4) person.attestations = {attested("minor_abuse_neglect_trafficking", "child_protection")};
  if (i >= 5) person.attestations = {danger()};
  if (i == 6) person.attestations = {attested("non_identifying_tip", "hotline")};
  if (i == 7) person.consents.front().withdrawn = true;
}

}  // namespace

std::vector<Space> spaces_of_askers() {
  return {{"who asks",
           {{kRoles.size(), set_role},
            {kPurposes.size(), set_purpose},
            {kCountries.size(), set_sender},
            {kCountries.size(), set_recipient},
            {2, set_active}},
           {{8, set_person}},
           {}}};
}

}  // namespace hotline::proof
