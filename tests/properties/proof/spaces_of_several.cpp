// Several consents of one person: all pairs and triples of classes, and what those of one moment grant.
#include <array>

#include "tests/properties/proof/classes.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

// Nobody's word twice (nearer and farther), every kind of no, and yes in two widths.
constexpr std::size_t kKinds = 13;
void make_kind(ConsentFacts& c, std::size_t kind) {
  if (kind == 1) {
    c.grants = {{Category("needs"), Level::generalised, {}},
                {Category("identity"), Level::full, {"identity/birth_date"}}};
    c.until = kNow.plus_seconds(2 * 86400);
  }
  if (kind == 2) c.for_recipient = false;
  if (kind == 3) c.for_purpose = false;
  if (kind == 4) c.giver.exploiter = true;
  if (kind == 5) c.state = StateFact::refused;
  if (kind == 6) c.state = StateFact::other;
  if (kind == 7) c.withdrawn = true;
  if (kind == 8) {
    c.withdrawn_at = c.given_at->plus_seconds(5400);
    c.withdrawn = true;
  }
  if (kind == 9) c.until = kNow;
  if (kind == 10) c.complete = false;
  if (kind == 11) {
    c.state = StateFact::refused;
    c.given_at.reset();
  }
  if (kind == 12) c.given_at.reset();
}

// By the person or by one of two guardians; now or an hour before.
constexpr std::size_t kVoices = 6;
constexpr std::size_t kWords = kKinds * kVoices;
ConsentFacts word(std::size_t i, const char* id) {
  const std::size_t voice = i % kVoices;
  ConsentFacts c = voice < 2 ? own_consent() : guardians_consent();
  c.id = ConsentId(id);
  if (voice >= 4) c.giver.speaker = 2;
  c.given_at = kNow.plus_seconds(-7200 + 3600 * static_cast<std::int64_t>(voice % 2));
  make_kind(c, i / kVoices);
  return c;
}

template <std::size_t Place>
void add_word(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::array kIds = {"first", "second", "third"};
  person.consents.push_back(word(i, kIds.at(Place)));
}

// Two guardians, each of whom says yes, no, or something between, at one of three hours.
constexpr std::size_t kGuardiansWords = 36;
template <std::size_t Place>
void add_guardians_word(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::array<std::size_t, 6> kSaid = {0, 5, 6, 7, 9, 10};
  ConsentFacts c = guardians_consent();
  c.id = ConsentId("g" + std::to_string(Place));
  c.giver.speaker = 1 + static_cast<int>(i % 2);
  c.given_at = kNow.plus_seconds(-7200 + 1800 * static_cast<std::int64_t>(i / 2 % 3));
  make_kind(c, kSaid.at(i / 6));
  person.consents.push_back(std::move(c));
}

// Absent, or one of four levels with none, one, another or two fields.
constexpr std::size_t kGrants = 17;
void grant(ConsentFacts& c, const Category& category, std::size_t i) {
  constexpr std::array kLevels = {Level::withheld, Level::pseudonymised, Level::generalised, Level::full};
  if (i == 0) return;
  Grant grant{category, kLevels.at((i - 1) % 4), {}};
  const std::size_t fields = (i - 1) / 4;
  if (fields == 1 || fields == 3) grant.fields.emplace_back("one/field");
  if (fields == 2 || fields == 3) grant.fields.emplace_back("two/field");
  c.grants.push_back(std::move(grant));
}

// Of three words of the moment that a person said; the last that has anything is the last.
template <std::size_t Place>
void moment(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts c = own_consent();
  c.id = ConsentId("c" + std::to_string(Place));
  c.until = kNow.plus_seconds(86400 * static_cast<std::int64_t>(3 - Place));
  c.grants.clear();
  grant(c, Category("health"), i);
  person.consents.push_back(std::move(c));
}

// What may be passed on, and to whom: the permission and its list.
template <std::size_t Place>
void passing(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts& c = person.consents.at(Place);
  c.onward = i % 2 == 1;
  if (i / 2 == 1 || i / 2 == 3) c.onward_recipients.emplace_back("ca");
  if (i / 2 == 2 || i / 2 == 3) c.onward_recipients.emplace_back("shelter");
}

// One category of the sixteen at one of the levels.
constexpr std::size_t kCategoryGrants = 16 * kGrants;
void granted(const Facts&, PersonFacts& person, std::size_t i) {
  grant(person.consents.front(), all_categories().at(i % 16), i / 16);
}

PersonFacts granting_nothing() {
  PersonFacts person;
  person.consents = {own_consent()};
  person.consents.front().grants.clear();
  return person;
}

void role(Facts& facts, std::size_t i) {
  constexpr std::array kRoles = {Role::hotline, Role::statistics};
  facts.recipient_role = kRoles.at(i);
}

}  // namespace

std::vector<Space> spaces_of_several() {
  return {
      {"one word", {{2, role}}, {{kWords, add_word<0>}}, {}},
      {"one level", {{2, role}}, {{kCategoryGrants, granted}}, granting_nothing()},
      {"two words", {}, {{kWords, add_word<0>}, {kWords, add_word<1>}}, {}},
      {"guardians",
       {},
       {{kGuardiansWords, add_guardians_word<0>},
        {kGuardiansWords, add_guardians_word<1>},
        {kGuardiansWords, add_guardians_word<2>}},
       {}},
      {"passing on", {}, {{kGrants, moment<0>}, {8, passing<0>}, {kGrants, moment<1>}, {8, passing<1>}}, {}},
      {"one moment", {}, {{kGrants, moment<0>}, {kGrants, moment<1>}, {kGrants, moment<2>}}, {}},
      {"two levels", {}, {{kCategoryGrants, granted}, {kCategoryGrants, granted}}, granting_nothing()},
      {"three words", {}, {{kWords, add_word<0>}, {kWords, add_word<1>}, {kWords, add_word<2>}}, {}},
  };
}

}  // namespace hotline::proof
