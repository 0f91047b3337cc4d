// The hard cases of consent, each by its name, and bad input: clear by its rule, and nothing leaves. Those
// that need the exchange stand in tests/integration/hard_cases_test.cpp; the doors where a consent is
// recorded in tests/api/consents_test.cpp.
#include "consent/consent.h"
#include "consent/decide.h"
#include "consent/rules.h"
#include "consent/statements.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

std::string rule_with(const std::string& overrides, const std::string& person = adult()) {
  return rule(decided(record({person}, {consent_json({.overrides = overrides})})), "p1");
}
std::string child() {
  return R"({"id": "p1", "identity": {"birth_date": "2012-08-01"}, "needs": {"items": [{"need": {"code": "food"}}]}})";
}
std::string guardian(const std::string& more) {
  return R"({"age_band": {"code": "age_12_13"}, "giver": {"relation": {"code": "parent_guardian"},
      "not_abuser_checked": true, "not_other_parent_abuser_checked": true, "capacity_confirmed": true)" +
         more + "}}";
}

// ---- guardians
// ----------------------------------------------------------------------------------------------------------

TEST(HardCase, AGuardianWhoIsTheAllegedExploiter) {
  const Referral referral = record({child()}, {consent_json({.overrides = guardian(R"(, "person": "x1")")})},
                                   R"("alleged_exploiters": [{"id": "x1", "name": "Evaristo Montellano"}])");
  EXPECT_EQ(rule(decided(referral), "p1"), rules::giver);
}

// Situation 12: the same man once as the child's father, once as who exploits them.
TEST(HardCase, AGuardianWhoIsTheAllegedExploiterUnderAnotherName) {
  const std::string father =
      R"({"id": "p2", "identity": {"given_names": "Evaristo", "first_surname": "Montellano", "second_surname": "Paz"}})";
  const auto by_father = [&](const std::string& exploiter) {
    return rule(
        decided(record({child(), father}, {consent_json({.overrides = guardian(R"(, "person": "p2")")})},
                       R"("alleged_exploiters": [{"id": "x1", "name": ")" + exploiter + R"("}])")),
        "p1");
  };
  EXPECT_EQ(by_father("MONTELLANO, Evaristo"), rules::giver);
  EXPECT_EQ(by_father("Evaristo Montéllano Paz"), rules::giver);
  EXPECT_EQ(by_father("Evaristo Robles"), rules::granted);
}

// Situation 12: the father, who is the alleged exploiter, signed for the children; then the mother did.
TEST(HardCase, AGuardianWhoIsTheAllegedExploiterAndThenTheOtherOneSigns) {
  const auto child = [](const std::string& id) {
    return R"({"id": ")" + id + R"(", "identity": {"age_band": {"code": "age_12_13"}}})";
  };
  const auto by = [](const std::string& person, const std::string& giver, const std::string& at) {
    return consent_json(
        {.person = person,
         .id = person + giver,
         .overrides = R"({"age_band": {"code": "age_12_13"}, "given_at": ")" + at +
                      R"(", "giver": {"relation": {"code": "parent_guardian"}, "person": ")" + giver +
                      R"(", "not_abuser_checked": true, "not_other_parent_abuser_checked": true}})"});
  };
  const std::string exploiters = R"("alleged_exploiters": [{"id": "x1", "name": "Evaristo Montellano"}])";
  const std::vector<std::string> family = {adult("m"), child("c1"), child("c2")};
  const std::string early = "2026-02-28T12:00:00Z";
  const std::string same = "2026-03-01T12:00:00Z";
  const Decision before = decided(record(
      family, {consent_json({.person = "m"}), by("c1", "x1", early), by("c2", "x1", early)}, exploiters));
  ASSERT_EQ(before.groups.size(), 1u);
  EXPECT_EQ(before.groups[0].persons, (std::vector{PersonId("m")}));
  EXPECT_EQ(rule(before, "c1"), rules::giver);
  const Decision after = decided(record(family,
                                        {consent_json({.person = "m"}), by("c1", "x1", early),
                                         by("c2", "x1", early), by("c1", "m", same), by("c2", "m", same)},
                                        exploiters));
  ASSERT_EQ(after.groups.size(), 1u);
  EXPECT_EQ(after.groups[0].persons.size(), 3u);
}

// Two guardians of one child, both checked; whoever is not in the record is told apart by not being named.
struct ByGuardian {
  std::string person, at, more = "";
};
std::string child_consent(const std::string& id, const ByGuardian& by) {
  return consent_json(
      {.id = id,
       .overrides = R"({"age_band": {"code": "age_12_13"}, "given_at": ")" + by.at +
                    R"(", "giver": {"relation": {"code": "parent_guardian"}, "person": ")" + by.person +
                    R"(", "not_abuser_checked": true, "not_other_parent_abuser_checked": true})" + by.more +
                    "}"});
}
Decision family_decision(const std::vector<std::string>& consents) {
  return decided(
      record({R"({"id": "p1", "identity": {"age_band": {"code": "age_12_13"}}})", adult("m"), adult("f")},
             consents));
}

TEST(HardCase, TwoGuardiansWhoDisagree) {
  const std::string no = R"(, "state": "refused")";
  const std::string taken_back = R"(, "withdrawn_at": "2026-03-01T18:00:00Z")";
  for (const std::string& against : {no, taken_back}) {
    const Decision before = family_decision({child_consent("c1", {"f", "2026-03-01T12:00:00Z", against}),
                                             child_consent("c2", {"m", "2026-03-02T09:00:00Z"})});
    EXPECT_EQ(rule(before, "p1"), rules::guardians) << against;
    EXPECT_EQ(before.of(PersonId("p1"))->basis, "hold_human");
    EXPECT_EQ(before.of(PersonId("p1"))->of("needs").change, Change::human);
    EXPECT_FALSE(before.of(PersonId("p1"))->anything());
  }
}

TEST(HardCase, TwoGuardiansWhoDisagreedUntilOneAgreed) {
  const Decision decision =
      family_decision({child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"}),
                       child_consent("c2", {"m", "2026-03-01T12:00:00Z"}),
                       child_consent("c3", {"f", "2026-03-02T09:00:00Z"})});
  EXPECT_EQ(rule(decision, "p1"), rules::granted);
}

TEST(HardCase, TwoGuardiansWhoDisagreeAndOneWasOnlyAskedAgain) {
  for (const char* state : {"requested", "expired"}) {
    const std::string later = R"(, "state": ")" + std::string(state) + R"(")";
    const Decision decision =
        family_decision({child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"}),
                         child_consent("c2", {"f", "2026-03-01T12:00:00Z", later}),
                         child_consent("c3", {"m", "2026-03-02T09:00:00Z"})});
    EXPECT_EQ(rule(decision, "p1"), rules::guardians) << state;
  }
}

TEST(HardCase, TwoGuardiansWhoDisagreeAndOneWasNotChecked) {
  std::string unchecked = child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"});
  unchecked.replace(unchecked.find(R"("not_abuser_checked":true)"), 25, R"("not_abuser_checked":false)");
  EXPECT_EQ(rule(family_decision({unchecked, child_consent("c2", {"m", "2026-03-01T12:00:00Z"})}), "p1"),
            rules::granted);
}

// ---- coming of age
// ----------------------------------------------------------------------------------------------------------

// A girl who turns eighteen on the 10th of March, eight days after these tests' today.
std::string almost_adult() {
  return R"({"id": "p1", "identity": {"birth_date": "2008-03-10"}, "needs": {"items": [{"need": {"code": "food"}}]}})";
}
std::string guardian_of_almost_adult() {
  std::string overrides = guardian("");
  overrides.replace(overrides.find("age_12_13"), 9, "age_16_17");
  return overrides;
}

TEST(HardCase, AMinorWhoTurnsOfAgeMidCase) {
  const Referral referral =
      record({almost_adult()}, {consent_json({.overrides = guardian_of_almost_adult()})});
  const Decision before = decided(referral);
  EXPECT_EQ(rule(before, "p1"), rules::granted);
  EXPECT_EQ(format_instant(before.of(PersonId("p1"))->until), "2026-03-10T00:00:00Z");
  Request birthday = to_mexico();
  birthday.now = *parse_instant("2026-03-10T00:00:00Z");
  const Decision after = decided(referral, birthday);
  EXPECT_EQ(rule(after, "p1"), rules::of_age);
  EXPECT_EQ(after.of(PersonId("p1"))->of("needs").change, Change::ask_person);
}

TEST(HardCase, AMinorWhoTurnedOfAgeAndSaysSomethingElse) {
  const std::string own = R"({"age_band": {"code": "age_18_20"}, "given_at": "2026-03-11T09:00:00Z"})";
  Request later = to_mexico();
  later.now = *parse_instant("2026-03-12T12:00:00Z");
  const Decision decision = decided(
      record({almost_adult()},
             {consent_json({.overrides = guardian_of_almost_adult()}),
              consent_json({.id = "c2", .categories = grants({{"needs", "full"}}), .overrides = own})}),
      later);
  EXPECT_EQ(rule(decision, "p1"), rules::granted);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::withheld);
}

TEST(HardCase, AMinorWhoTurnsOfAgeMidCaseAndWhoseBirthdayTheEndDoesNotTell) {
  const Referral referral = record(
      {R"({"id": "p1", "identity": {"birth_date": "2008-04-17"}, "needs": {"items": [{"need": {"code": "food"}}]}})"},
      {consent_json(
          {.overrides = guardian_of_almost_adult().insert(1, R"("until": "2026-05-20T12:00:00Z", )")})});
  EXPECT_EQ(format_instant(decided(referral).of(PersonId("p1"))->until), "2026-04-01T00:00:00Z");
}

// ---- others, and several
// ----------------------------------------------------------------------------------------------------------

TEST(HardCase, AThirdPartyCallerCanConsentToNothingForThePerson) {
  const std::string caller = R"("caller": {"relation": {"code": "community_member"}})";
  for (const std::string relation :
       {"friend", "community_member", "service_provider", "intimate_partner", "family"}) {
    const std::string given =
        R"({"giver": {"relation": {"code": ")" + relation + R"("}, "not_abuser_checked": true,
        "not_other_parent_abuser_checked": true, "capacity_confirmed": true}})";
    for (const std::string& person : {adult(), child()}) {
      const Decision decision = decided(record({person}, {consent_json({.overrides = given})}, caller));
      EXPECT_EQ(rule(decision, "p1"), rules::giver) << relation;
      EXPECT_TRUE(decision.groups.empty()) << relation;
    }
  }
}

TEST(HardCase, ConsentByOneOfAGroupWithNoTraceOfTheOthers) {
  const auto other = [](const std::string& id) {
    return R"({"id": ")" + id + R"(", "identity": {"given_names": "Zenaida )" + id + R"("}, "needs": {"items":
        [{"need": {"code": "food"}}]}, "family": {"relations": [{"person": "one", "relation": "colleague"}]}})";
  };
  std::string one = adult("one");
  one.insert(one.find(R"("relatives")"), R"("relations": [{"person": "two", "relation": "colleague"}], )");
  const auto out_of = [](const Referral& crew) {
    return disclosed(crew, decided(crew)).value().front().bytes();
  };
  const std::string agreed = consent_json({.person = "one"});
  const std::string five =
      out_of(record({one, other("two"), other("three"), other("four"), other("five")}, {agreed}));
  const std::string two = out_of(record({one, other("two")}, {agreed}));
  EXPECT_EQ(parse_json(five).value()["referral"]["persons"].Size(), 1u);
  EXPECT_EQ(five.find("Zenaida"), std::string::npos);
  EXPECT_EQ(five.find("colleague"), std::string::npos);
  EXPECT_EQ(five.size(), two.size()) << "how many stay behind shows nowhere";
}

TEST(HardCase, ConsentInALanguageThatThePersonDoesNotSpeakIsHeld) {
  const std::string english = R"("statement": {"language": "en-US"})";
  EXPECT_EQ(rule_with("{" + english + "}"), rules::language);
  EXPECT_EQ(rule_with("{" + english + R"(, "interpreter": {"id": "i-4", "is_relative": false}})"),
            rules::granted);
  EXPECT_EQ(rule_with("{" + english + R"(, "interpreter": {"id": "i-4", "is_relative": true}})"),
            rules::interpreter);
}

TEST(HardCase, OverlappingConsentsOfDifferentDates) {
  const Decision decision = decided(record(
      {adult()}, {consent_json({}), consent_json({.id = "consent-0002",
                                                  .categories = grants({{"needs", "full"}}),
                                                  .overrides = R"({"given_at": "2026-03-02T09:00:00Z"})"})}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(decision.persons.front().consent.get(), "consent-0002");
}

TEST(HardCase, OverlappingConsentsOfDifferentDatesWhereTheEarlierIsOver) {
  const Decision decision = decided(
      record({adult()},
             {consent_json(
                  {.overrides = R"({"given_at": "2026-02-01T12:00:00Z", "until": "2026-03-02T11:00:00Z"})"}),
              consent_json({.id = "consent-0002",
                            .categories = grants({{"needs", "full"}}),
                            .overrides = R"({"given_at": "2026-02-10T12:00:00Z"})"})}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(decision.persons.front().consent.get(), "consent-0002");
}

// ---- countries and purposes
// ----------------------------------------------------------------------------------------------------------

// Two countries that disagree: the stricter one decides, and is named.
TEST(HardCase, TwoJurisdictionsThatDisagreeTheStricterWinsAndIsNamed) {
  const Policies& shipped = World::get().policies;
  Policy mexico = *shipped.country("MX");
  mexico.consent_max_seconds = 10 * 86400;
  mexico.consent_forms = {"written_e_signature"};
  const Policies stricter = Policies::of(shipped.base(), {*shipped.country("US"), mexico});
  const auto decision_of = [&](const std::string& overrides) {
    return decide(record({adult()}, {consent_json({.overrides = overrides})}), to_mexico(), {}, {}, stricter)
        .value();
  };
  const Decision month = decision_of("{}");
  EXPECT_EQ(rule(month, "p1"), rules::too_long);
  EXPECT_EQ(month.of(PersonId("p1"))->of("needs").decided_by, "mx");
  const Decision recorded =
      decision_of(R"({"form": "recorded_authentication", "until": "2026-03-05T12:00:00Z"})");
  EXPECT_EQ(rule(recorded, "p1"), rules::form);
  EXPECT_EQ(recorded.of(PersonId("p1"))->of("needs").decided_by, "mx");
  const Decision year = decision_of(R"({"until": "2027-03-05T12:00:00Z"})");
  EXPECT_EQ(year.of(PersonId("p1"))->of("needs").decided_by, "base") << "too long for all of them";
}

TEST(HardCase, PurposeCreepServicesConsentUsedForStatistics) {
  Request request = to_mexico();
  request.purpose = Purpose("statistics");
  const Decision decision = decided(record({adult()}, {consent_json({})}), request);
  EXPECT_TRUE(decision.groups.empty());
  EXPECT_EQ(rule(decision, "p1"), rules::purpose);
}

TEST(HardCase, PurposeCreepOfAConsentForStatistics) {
  Request request = to_mexico();
  request.recipient_role = Role::statistics;
  request.purpose = Purpose("statistics");
  const Decision decision =
      decided(record({adult()}, {consent_json({.overrides = R"({"purposes": ["statistics"]})"})}), request);
  EXPECT_TRUE(decision.groups.empty());
  EXPECT_EQ(rule(decision, "p1"), "base.forbidden.statistics");
  EXPECT_EQ(decision.of(PersonId("p1"))->of("needs").change, Change::nothing);
}

TEST(HardCase, PurposeCreepServicesConsentUsedForLawEnforcement) {
  const Referral referral = record({adult()}, {consent_json({})});
  Request request = to_mexico();
  request.purpose = Purpose("law_enforcement");
  EXPECT_EQ(decide(referral, request, {}, {}, World::get().policies).error().code,
            ErrorCode::requester_refused);
  for (const Role role : {Role::law_enforcement, Role::immigration_enforcement}) {
    Request police = to_mexico();
    police.recipient_role = role;
    EXPECT_EQ(decide(referral, police, {}, {}, World::get().policies).error().code,
              ErrorCode::requester_refused);
  }
}

// Somebody who is known and somebody who is not: the same refusal, before anything is looked at.
TEST(HardCase, LawEnforcementDemandWhetherThePersonExists) {
  Request police = to_mexico();
  police.recipient_role = Role::law_enforcement;
  const auto known = decide(record({adult()}, {consent_json({})}), police, {}, {}, World::get().policies);
  const auto unknown = decide(record({child()}, {}), police, {}, {}, World::get().policies);
  ASSERT_FALSE(known || unknown);
  EXPECT_EQ(known.error().code, unknown.error().code);
  EXPECT_EQ(known.error().pointer, unknown.error().pointer);
  EXPECT_EQ(known.error().expected, unknown.error().expected);
}

// ---- emergency
// ----------------------------------------------------------------------------------------------------------

TEST(HardCase, EmergencyBasisUsedWithoutAttestation) {
  Request request = to_mexico();
  request.purpose = Purpose("emergency");
  const Decision decision = decided(record({adult()}, {}), request);
  EXPECT_TRUE(decision.groups.empty());
  EXPECT_EQ(rule(decision, "p1", "location"), rules::none);
}

TEST(HardCase, EmergencyBasisUsedAfterItsHour) {
  Request request = to_mexico();
  request.now = emergency().until.plus_seconds(-1);
  EXPECT_FALSE(decided(record({adult()}, {}), request, {emergency()}).groups.empty());
  request.now = emergency().until;
  EXPECT_TRUE(decided(record({adult()}, {}), request, {emergency()}).groups.empty());
}

TEST(HardCase, EmergencyBasisUsedForMoreThanItsMinimalSet) {
  const Decision decision = decided(record({adult()}, {}), to_mexico(), {emergency()});
  EXPECT_EQ(level(decision, "p1", "location"), Level::full);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::full);
  EXPECT_EQ(level(decision, "p1", "safety"), Level::full);
  for (const char* never :
       {"immigration", "orientation_gender", "health", "narrative", "identity", "family"}) {
    EXPECT_EQ(level(decision, "p1", never), Level::withheld) << never;
  }
  EXPECT_EQ(decision.persons.front().basis, "imminent_harm_emergency");
  EXPECT_EQ(format_instant(decision.persons.front().until), "2026-03-02T12:30:00Z");
}

// ---- bad input
// ----------------------------------------------------------------------------------------------------------

TEST(BadInput, AConsentFromTheFuture) {
  const Decision decision =
      decided(record({adult()}, {consent_json({.overrides = R"({"given_at": "2026-03-02T12:05:01Z"})"})}));
  EXPECT_EQ(rule(decision, "p1"), rules::not_yet);
  EXPECT_TRUE(decision.groups.empty());
}

TEST(BadInput, AConsentThatEndsBeforeItStarts) {
  EXPECT_EQ(rule_with(R"({"until": "2026-03-01T11:59:59Z"})"), rules::times);
  EXPECT_EQ(rule_with(R"({"until": "2026-03-01T12:00:00Z"})"), rules::times) << "no time at all";
  EXPECT_EQ(rule_with(R"({"given_at": "2026-03-20T12:00:00Z", "until": "2026-03-10T12:00:00Z"})"),
            rules::times);
}

TEST(BadInput, AnUnknownPurpose) {
  Request request = to_mexico();
  request.purpose = Purpose("everything");
  const Decision decision = decided(record({adult()}, {consent_json({})}), request);
  EXPECT_EQ(rule(decision, "p1"), rules::purpose);
  EXPECT_TRUE(decision.groups.empty());
}

TEST(BadInput, AStatementHashThatNoCatalogHolds) {
  const Statements statements = Statements::load(HOTLINE_ROOT).value();
  Known known;
  known.statements = &statements;
  const auto rule_of = [&](const std::string& overrides) {
    return rule(decide(record({adult()}, {consent_json({.overrides = overrides})}), to_mexico(), known,
                       World::get().policies)
                    .value(),
                "p1");
  };
  EXPECT_EQ(rule_of("{}"), rules::granted);
  EXPECT_EQ(rule_of(R"({"statement": {"sha256": ")" + std::string(64, 'b') + R"("}})"), rules::statement);
  EXPECT_EQ(rule_of(R"({"statement": {"version": "1999.1"}})"), rules::statement);
  EXPECT_EQ(rule_of(R"({"statement": {"language": "en-US"}})"), rules::statement) << "those were other words";
}

}  // namespace
}  // namespace hotline
