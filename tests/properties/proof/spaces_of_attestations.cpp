// What a human attests: by whom, for whom, about whom, when, what; and two of them beside a consent.
#include <array>

#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

constexpr std::array kRoles = {
    Role::hotline,          Role::service_provider,   Role::legal,
    Role::health,           Role::law_enforcement,    Role::immigration_enforcement,
    Role::child_protection, Role::emergency_services, Role::statistics};
constexpr std::array kCountries = {"US", "CA", "MX"};
constexpr std::array kGrounds = {"threat_self_or_others", "minor_abuse_neglect_trafficking",
                                 "imminent_harm_emergency", "non_identifying_tip", ""};
constexpr std::array kStaff = {"supervisor", "safeguarding_lead", "advocate", "legal_reviewer", ""};

void role(Facts& facts, std::size_t i) {
  facts.recipient_role = kRoles.at(i);
}
void sender(Facts& facts, std::size_t i) {
  facts.sender_country = kCountries.at(i);
}
void recipient(Facts& facts, std::size_t i) {
  facts.recipient_country = kCountries.at(i);
}

const char* meant_for(const AttestationFacts& attestation) {
  if (attestation.ground == "minor_abuse_neglect_trafficking") return "child_protection";
  return attestation.ground == "non_identifying_tip" ? "hotline" : "emergency_services";
}

void ground(const Facts&, PersonFacts& person, std::size_t i) {
  person.attestations.front().ground = kGrounds.at(i);
  person.attestations.front().recipient_role = meant_for(person.attestations.front());
}
void staff(const Facts&, PersonFacts& person, std::size_t i) {
  person.attestations.front().staff_role = kStaff.at(i);
}
void for_whom(const Facts&, PersonFacts& person, std::size_t i) {
  person.attestations.front().recipient_role = i == 0 ? "" : to_string(kRoles.at(i - 1));
}
template <auto Member>
void flag(const Facts&, PersonFacts& person, std::size_t i) {
  person.attestations.front().*Member = i == 1;
}
void child(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::array kAges = {AgeFact::unclear, AgeFact::below, AgeFact::straddles, AgeFact::reached};
  person.child = kAges.at(i);
}

constexpr std::int64_t kHours = 3600000;

void at(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::int64_t kBefore[] = {
      -1, 0, 1, kHours - 1, kHours, kHours + 1, 24 * kHours - 1, 24 * kHours, 24 * kHours + 1};
  person.attestations.front().at = Instant{kNow.ms - kBefore[i]};
}
void until(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::int64_t kAfter[] = {kHours - 1,      kHours,      kHours + 1,
                                     24 * kHours - 1, 24 * kHours, 24 * kHours + 1};
  AttestationFacts& attestation = person.attestations.front();
  attestation.until = i < 3 ? Instant{kNow.ms + static_cast<std::int64_t>(i) - 1}
                            : Instant{attestation.at.ms + kAfter[i - 3]};
}

// All, none, each alone, each left out.
constexpr std::size_t kSets = 34;
void categories(const Facts&, PersonFacts& person, std::size_t i) {
  auto& set = person.attestations.front().categories;
  set = all_categories();
  if (i == 1) set.clear();
  if (i >= 2 && i < 18) set = {all_categories().at(i - 2)};
  if (i >= 18) set.erase(set.begin() + static_cast<std::ptrdiff_t>(i - 18));
}

// Each ground, each in a way that does not hold, and one that opens nothing.
constexpr std::size_t kAttested = 12;
template <std::size_t Place>
void add(const Facts&, PersonFacts& person, std::size_t i) {
  if (i == 0) return;
  AttestationFacts out = danger();
  out.id = "a" + std::to_string(Place);
  out.ground = kGrounds.at((i - 1) % 5);
  out.recipient_role = meant_for(out);
  if (i > 5) out.until = kNow;
  if (i == 11) {
    out.ground = kGrounds[2];
    out.until = kNow.plus_seconds(60);
    out.categories = {Category("needs")};
  }
  person.attestations.push_back(std::move(out));
}

void consent(const Facts&, PersonFacts& person, std::size_t i) {
  if (i == 0) return;
  person.consents = {own_consent()};
  if (i == 2) person.consents.front().withdrawn = true;
  if (i == 3) person.consents.front().until = kNow;
  if (i == 4) person.consents.front().grants.clear();
}

PersonFacts in_danger() {
  PersonFacts person;
  person.child = AgeFact::below;
  person.attestations = {danger()};
  return person;
}

PersonFacts nobody_attested() {
  PersonFacts person;
  person.child = AgeFact::below;
  return person;
}

}  // namespace

std::vector<Space> spaces_of_attestations() {
  return {
      {"two attestations",
       {{kRoles.size(), role}, {3, sender}, {3, recipient}},
       {{kAttested, add<0>}, {kAttested, add<1>}, {5, consent}},
       nobody_attested()},
      {"what is attested",
       {{kRoles.size(), role}, {3, sender}, {3, recipient}},
       {{4, ground}, {kSets, categories}},
       in_danger()},
      {"when it is attested",
       {{3, recipient}},
       {{4, ground}, {9, at}, {9, until}, {4, child}, {5, staff}},
       in_danger()},
      {"who attests",
       {{kRoles.size(), role}, {3, recipient}},
       {{5, ground},
        {5, staff},
        {10, for_whom},
        {2, flag<&AttestationFacts::named>},
        {2, flag<&AttestationFacts::for_recipient>},
        {2, flag<&AttestationFacts::about>},
        {4, child}},
       in_danger()},
  };
}

}  // namespace hotline::proof
