// One consent of one person: who gave it, how it was recorded, when; each in full against classes of the
// rest.
#include <array>

#include "tests/properties/proof/classes.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

constexpr std::array kRelations = {"self", "parent_guardian", "friend", ""};
constexpr std::array kForms = {
    "written_e_signature", "written_other", "recorded_authentication", "oral_two_person", "", "implied"};
constexpr std::array kAges = {AgeFact::unclear, AgeFact::below, AgeFact::straddles, AgeFact::reached};
constexpr std::array kNamed = {GiverNamed::nobody, GiverNamed::the_person, GiverNamed::another};
constexpr std::array kStates = {StateFact::in_force, StateFact::refused, StateFact::other};
constexpr std::array kFits = {LanguageFit::yes, LanguageFit::no, LanguageFit::unsaid};

template <auto Member>
void flag(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().*Member = i == 1;
}
template <auto Member>
void giver_flag(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().giver.*Member = i == 1;
}
template <auto Member>
void age(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().*Member = kAges.at(i);
}
void relation(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().giver.relation = kRelations.at(i);
}
void named(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().giver.named = kNamed.at(i);
}
void rest(const Facts&, PersonFacts& person, std::size_t i) {
  set_rest(person.consents.front(), i);
}
void who(const Facts&, PersonFacts& person, std::size_t i) {
  set_who(person.consents.front(), i);
}
void state(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().state = kStates.at(i);
}
void form(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().form = kForms.at(i);
}
void language(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents.front().language = kFits.at(i);
}

constexpr std::array kCountries = {"US", "CA", "MX"};
void sender(Facts& facts, std::size_t i) {
  facts.sender_country = kCountries.at(i);
}
void recipient(Facts& facts, std::size_t i) {
  facts.recipient_country = kCountries.at(i);
}
void somewhere(Facts& facts, std::size_t i) {
  if (i == 0) return;
  facts.sender_country = "MX";
  facts.recipient_country = "CA";
}

// As they should be, and one way of each to be wrong.
void times(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts& consent = person.consents.front();
  if (i == 1) consent.given_at.reset();
  if (i == 2) consent.until.reset();
  if (i == 3) consent.until = consent.given_at;
  if (i == 4) consent.given_at = kNow.plus_seconds(400);
  if (i == 5) consent.until = consent.given_at->plus_seconds(91 * 86400);
  if (i == 6) consent.until = kNow.plus_seconds(-1);
  if (i == 7) consent.given_at = kNow.plus_seconds(-73 * 3600);
  if (i == 8) consent.of_age_at = kNow;
}

constexpr std::int64_t kDays = 86400000;
constexpr std::int64_t kHours = 3600000;

void given(const Facts&, PersonFacts& person, std::size_t i) {
  constexpr std::int64_t kBefore[] = {
      -300001,        -300000,    -299999,       -1, 0, 1, 72 * kHours - 1, 72 * kHours, 72 * kHours + 1,
      90 * kDays - 1, 90 * kDays, 90 * kDays + 1};
  auto& at = person.consents.front().given_at;
  if (i == 0) return at.reset();
  at = Instant{kNow.ms - kBefore[i - 1]};
}

void until(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts& consent = person.consents.front();
  if (i == 0) return consent.until.reset();
  if (i <= 3) {
    consent.until = Instant{kNow.ms + static_cast<std::int64_t>(i) - 2};
    return;
  }
  constexpr std::int64_t kAfter[] = {
      -1, 0, 1, 72 * kHours - 1, 72 * kHours, 72 * kHours + 1, 90 * kDays - 1, 90 * kDays, 90 * kDays + 1};
  consent.until = Instant{consent.given_at.value_or(kNow).ms + kAfter[i - 4]};
}

void of_age(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts& consent = person.consents.front();
  if (i == 0) return;
  if (i <= 3) {
    consent.of_age_at = Instant{kNow.ms + static_cast<std::int64_t>(i) - 2};
    return;
  }
  const Instant end =
      i <= 6 ? consent.until.value_or(kNow) : consent.given_at.value_or(kNow).plus_seconds(72 * 3600);
  consent.of_age_at = Instant{end.ms + static_cast<std::int64_t>((i - 4) % 3) - 1};
}

void spoken(const Facts&, PersonFacts& person, std::size_t i) {
  ConsentFacts& consent = person.consents.front();
  consent.form = i == 0 ? "written_other" : "oral_two_person";
  consent.witnessed = consent.needs_fit_oral = i == 1;
}

void speaker(const Facts&, PersonFacts& person, std::size_t i) {
  person.consents = {i == 0 ? own_consent() : guardians_consent()};
  if (i == 2) person.consents.front().adult = AgeFact::reached;
}

PersonFacts with(ConsentFacts consent) {
  PersonFacts person;
  person.consents = {std::move(consent)};
  return person;
}

}  // namespace

std::vector<Space> spaces_of_one_consent() {
  return {
      {"everywhere",
       {{3, sender}, {3, recipient}},
       {{kWhoClasses, who}, {kRestClasses, rest}},
       with(own_consent())},
      {"in every form everywhere",
       {{3, sender}, {3, recipient}},
       {{2, speaker}, {kRelations.size(), relation}, {kForms.size(), form}},
       with(own_consent())},
      {"when",
       {{2, somewhere}},
       {{3, speaker}, {3, spoken}, {13, given}, {13, until}, {10, of_age}, {3, state}},
       with(own_consent())},
      {"who speaks",
       {},
       {{kRestClasses, rest},
        {kRelations.size(), relation},
        {kNamed.size(), named},
        {2, giver_flag<&GiverFacts::exploiter>},
        {2, giver_flag<&GiverFacts::not_abuser>},
        {2, giver_flag<&GiverFacts::capacity>},
        {kAges.size(), age<&ConsentFacts::alone>},
        {kAges.size(), age<&ConsentFacts::adult>},
        {kAges.size(), age<&ConsentFacts::adult_when_given>},
        {2, flag<&ConsentFacts::for_recipient>},
        {2, flag<&ConsentFacts::for_purpose>}},
       with(own_consent())},
      {"what was recorded",
       {},
       {{kWhoClasses, who},
        {9, times},
        {kStates.size(), state},
        {kForms.size(), form},
        {kFits.size(), language},
        {2, flag<&ConsentFacts::withdrawn>},
        {2, flag<&ConsentFacts::complete>},
        {2, flag<&ConsentFacts::informed>},
        {2, flag<&ConsentFacts::statement_known>},
        {2, flag<&ConsentFacts::relative_interpreted>},
        {2, flag<&ConsentFacts::witnessed>},
        {2, flag<&ConsentFacts::needs_fit_oral>},
        {2, flag<&ConsentFacts::policy_version_fits>}},
       with(own_consent())},
  };
}

}  // namespace hotline::proof
