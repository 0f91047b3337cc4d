// What was received and is sent on; and people who are decided together.
#include <array>

#include "tests/properties/proof/classes.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

constexpr std::array kLevels = {Level::withheld, Level::pseudonymised, Level::generalised, Level::full};

// As it came: the category at a level, or not at all.
void received(Facts& facts, std::size_t i) {
  facts.onward.emplace();
  if (i > 0) facts.onward->levels = {{Category("location"), kLevels.at(i - 1), {}}};
}
void agreed(Facts& facts, std::size_t i) {
  facts.onward->agreed = i == 1;
}
void received_until(Facts& facts, std::size_t i) {
  constexpr std::array<std::int64_t, 5> kFromNow = {-1, 0, 1, 600000, 864000000};
  facts.onward->until = Instant{kNow.ms + kFromNow.at(i)};
}
void received_list(Facts& facts, std::size_t i) {
  if (i % 2 == 1) facts.onward->recipients.emplace_back("ca");
  if (i / 2 == 1) facts.onward->recipients.emplace_back("shelter");
}
void role(Facts& facts, std::size_t i) {
  constexpr std::array kRoles = {Role::hotline, Role::statistics, Role::child_protection};
  facts.recipient_role = kRoles.at(i);
}

void consent(const Facts&, PersonFacts& person, std::size_t i) {
  if (i == 0) return;
  person.consents = {own_consent()};
  if (i == 2) person.consents.front().state = StateFact::refused;
}
void level(const Facts&, PersonFacts& person, std::size_t i) {
  if (person.consents.empty()) return;
  auto& grants = person.consents.front().grants;
  grants.clear();
  if (i == 0) return;
  grants = {{Category("location"), kLevels.at((i - 1) % 4), {}}};
  if (i > 4) grants.front().fields = {"location/current/country"};
}
void list(const Facts&, PersonFacts& person, std::size_t i) {
  if (person.consents.empty()) return;
  ConsentFacts& c = person.consents.front();
  c.onward = i % 2 == 1;
  if (i / 2 % 2 == 1) c.onward_recipients.emplace_back("ca");
  if (i / 4 == 1) c.onward_recipients.emplace_back("shelter");
}
void attested(const Facts&, PersonFacts& person, std::size_t i) {
  person.child = AgeFact::below;
  if (i == 0) return;
  AttestationFacts out = danger();
  if (i == 2) {
    out.ground = "minor_abuse_neglect_trafficking";
    out.recipient_role = "child_protection";
  }
  if (i == 3) {
    out.ground = "non_identifying_tip";
    out.recipient_role = "hotline";
  }
  person.attestations = {out};
}

}  // namespace

std::vector<Space> spaces_of_onward() {
  return {{"sent on",
           {{5, received}, {2, agreed}, {5, received_until}, {4, received_list}, {3, role}},
           {{3, consent}, {9, level}, {8, list}, {4, attested}},
           {}}};
}

}  // namespace hotline::proof
