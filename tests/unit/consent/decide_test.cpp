// The order of evaluation (section 4), several consents, groups, and what is sent on.
#include "consent/decide.h"

#include "consent/consent.h"
#include "consent/rules.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

TEST(Decide, EnforcementIsRefusedWhateverTheRecordSays) {
  const Referral referral =
      record({adult()}, {consent_json({.overrides = R"({"purposes": ["services", "law_enforcement"]})"})});
  for (const Role role : {Role::law_enforcement, Role::immigration_enforcement}) {
    Request request = to_mexico();
    request.recipient_role = role;
    const auto decision = decide(referral, request, {}, {}, World::get().policies);
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().code, ErrorCode::requester_refused);
  }
  Request for_police = to_mexico();
  for_police.purpose = Purpose("law_enforcement");
  EXPECT_EQ(decide(referral, for_police, {}, {}, World::get().policies).error().code,
            ErrorCode::requester_refused);
}

TEST(Decide, ACountryWithoutPolicyReceivesNothing) {
  Request request = to_mexico();
  request.recipient_country = "FR";
  EXPECT_EQ(decide(record({adult()}, {}), request, {}, {}, World::get().policies).error().code,
            ErrorCode::data_invalid);
}

TEST(Decide, AMemberThatIsNotActiveReceivesNothing) {
  Request request = to_mexico();
  request.recipient_active = false;
  const Decision decision = decided(record({adult()}, {consent_json({})}), request);
  EXPECT_EQ(rule(decision, "p1"), rules::inactive);
  EXPECT_TRUE(decision.groups.empty());
}

TEST(Decide, AlwaysShowsAllSixteenCategories) {
  const Decision decision = decided(record({adult()}, {}));
  ASSERT_EQ(decision.persons.front().categories.size(), 16u);
  for (const CategoryDecision& each : decision.persons.front().categories)
    EXPECT_FALSE(each.rule.get().empty());
}

std::string needs_and(const std::string& category) {
  return grants({{"needs", "full"}, {category, "full"}});
}

TEST(SeveralConsents, ALaterNarrowerOneReplacesAnEarlierWiderOne) {
  const Decision decision = decided(record(
      {adult()}, {consent_json({}), consent_json({.id = "consent-0002",
                                                  .categories = grants({{"needs", "full"}}),
                                                  .overrides = R"({"given_at": "2026-03-02T09:00:00Z"})"})}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(decision.persons.front().consent.get(), "consent-0002");
}

TEST(SeveralConsents, AWithdrawalOrRefusalAfterwardsIsTheLastWord) {
  const std::string later = R"({"given_at": "2026-03-02T09:00:00Z", "state": "refused"})";
  EXPECT_EQ(
      rule(decided(record({adult()}, {consent_json({}), consent_json({.id = "c2", .overrides = later})})),
           "p1"),
      rules::state);
  const std::string withdrawn =
      R"({"given_at": "2026-02-20T09:00:00Z", "withdrawn_at": "2026-03-02T09:00:00Z"})";
  EXPECT_EQ(
      rule(decided(record({adult()}, {consent_json({}), consent_json({.id = "c2", .overrides = withdrawn})})),
           "p1"),
      rules::withdrawn);
}

TEST(SeveralConsents, AnInvalidGiverNeitherPermitsNorForbids) {
  const std::string other =
      R"({"given_at": "2026-03-02T09:00:00Z", "giver": {"relation": {"code": "intimate_partner"}}})";
  const Decision decision = decided(record({adult()}, {consent_json({.categories = needs_and("contact")}),
                                                       consent_json({.id = "c2", .overrides = other})}));
  EXPECT_EQ(level(decision, "p1", "contact"), Level::full);
}

TEST(SeveralConsents, OfTheSameMomentCountOnlyAsFarAsTheyAgree) {
  const Decision decision =
      decided(record({adult()}, {consent_json({.categories = needs_and("contact")}),
                                 consent_json({.id = "c2", .categories = needs_and("health")})}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::withheld);
  EXPECT_EQ(level(decision, "p1", "health"), Level::withheld);
}

TEST(SeveralConsents, OneForAnotherHotlineDoesNotMatter) {
  const std::string canada =
      R"({"given_at": "2026-03-02T09:00:00Z", "recipient": {"member": "ca", "country": "CA"}})";
  const Decision decision = decided(
      record({adult()},
             {consent_json({}),
              consent_json({.id = "c2", .categories = grants({{"needs", "full"}}), .overrides = canada})}));
  EXPECT_EQ(level(decision, "p1", "identity"), Level::full);
}

TEST(Groups, EqualTermsTravelTogetherAndOthersApart) {
  const Referral crew =
      record({adult("p1"), adult("p2"), adult("p3"), adult("p4"), adult("p5")},
             {consent_json({.person = "p1", .id = "c1"}), consent_json({.person = "p2", .id = "c2"}),
              consent_json({.person = "p4", .id = "c4", .categories = needs_and("contact")}),
              consent_json({.person = "p5", .id = "c5"})});
  const Decision decision = decided(crew);
  ASSERT_EQ(decision.groups.size(), 2u);
  EXPECT_EQ(decision.groups[0].persons, (std::vector{PersonId("p1"), PersonId("p2"), PersonId("p5")}));
  EXPECT_EQ(decision.groups[1].persons, (std::vector{PersonId("p4")}));
}

// Situation 12: the father, who is the alleged exploiter, signed for the children; then the mother did.
TEST(Guardians, AfterTheMothersConsentAllThreeGo) {
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

TEST(Guardians, ANoOfOneStopsTheYesOfTheOther) {
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

TEST(Guardians, WhoAgreesLaterNoLongerStands) {
  const Decision decision =
      family_decision({child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"}),
                       child_consent("c2", {"m", "2026-03-01T12:00:00Z"}),
                       child_consent("c3", {"f", "2026-03-02T09:00:00Z"})});
  EXPECT_EQ(rule(decision, "p1"), rules::granted);
}

TEST(Guardians, WhoSaidNoAndWasAskedAgainHasNotAgreed) {
  for (const char* state : {"requested", "expired"}) {
    const std::string later = R"(, "state": ")" + std::string(state) + R"(")";
    const Decision decision =
        family_decision({child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"}),
                         child_consent("c2", {"f", "2026-03-01T12:00:00Z", later}),
                         child_consent("c3", {"m", "2026-03-02T09:00:00Z"})});
    EXPECT_EQ(rule(decision, "p1"), rules::guardians) << state;
  }
}

TEST(Guardians, TheNoOfAnUncheckedOneOrAnExploiterDoesNotCount) {
  std::string unchecked = child_consent("c1", {"f", "2026-03-01T09:00:00Z", R"(, "state": "refused")"});
  unchecked.replace(unchecked.find(R"("not_abuser_checked":true)"), 25, R"("not_abuser_checked":false)");
  EXPECT_EQ(rule(family_decision({unchecked, child_consent("c2", {"m", "2026-03-01T12:00:00Z"})}), "p1"),
            rules::granted);
}

TEST(OneOfAGroup, WhoAgreedAloneLeavesNoTraceOfTheOthers) {
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

Request passed_on(std::vector<std::pair<Category, Level>> levels,
                  std::vector<MemberId> recipients = {MemberId("mx")}) {
  Request request = to_mexico();
  request.original = OriginalTerms{std::move(recipients), now().plus_seconds(7200), std::move(levels)};
  return request;
}

TEST(SentOn, OnlyToWhomThePersonNamed) {
  const Referral referral = record({adult()}, {consent_json({})});
  const Decision decision =
      decided(referral, passed_on({{Category("needs"), Level::full}}, {MemberId("ca")}));
  EXPECT_EQ(rule(decision, "p1"), rules::onward_not_agreed);
  EXPECT_EQ(decision.of(PersonId("p1"))->basis, "deny_onward_transfer");
  EXPECT_EQ(decision.of(PersonId("p1"))->of("needs").change, Change::ask_onward);
  EXPECT_TRUE(decided(referral, passed_on({{Category("needs"), Level::full}}, {})).groups.empty());
}

TEST(SentOn, TheLowerLevelAndTheEarlierEndCount) {
  const Referral referral = record(
      {adult()},
      {consent_json(
          {.categories = grants(
               {{"needs", "full"}, {"contact", "full"}, {"location", "generalised"}, {"health", "full"}})})});
  const Decision decision = decided(referral, passed_on({{Category("needs"), Level::full},
                                                         {Category("contact"), Level::generalised},
                                                         {Category("location"), Level::full}}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(rule(decision, "p1", "needs"), rules::granted);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::generalised);
  EXPECT_EQ(rule(decision, "p1", "contact"), rules::onward_narrowed);
  EXPECT_EQ(level(decision, "p1", "location"), Level::generalised);
  EXPECT_EQ(rule(decision, "p1", "location"), rules::granted);
  EXPECT_EQ(level(decision, "p1", "health"), Level::withheld);
  EXPECT_EQ(rule(decision, "p1", "health"), rules::onward_narrowed);
  EXPECT_EQ(decision.of(PersonId("p1"))->until, now().plus_seconds(7200));
}

TEST(SentOn, NothingAfterWhatWasAgreedThenHasEnded) {
  Request request = passed_on({{Category("needs"), Level::full}});
  request.original->until = now();
  EXPECT_EQ(rule(decided(record({adult()}, {consent_json({})}), request), "p1"), rules::onward_ended);
}

TEST(SentOn, NoDangerOutlivesWhatWasAgreedThen) {
  Request request = passed_on({{Category("contact"), Level::full}});
  EXPECT_FALSE(decided(record({adult()}, {}), request, {emergency()}).groups.empty());
  request.original->until = now();
  EXPECT_TRUE(decided(record({adult()}, {}), request, {emergency()}).groups.empty());
}

TEST(SentOn, WithoutAnyNewConsentNothingGoes) {
  const Decision decision = decided(record({adult()}, {}), passed_on({{Category("needs"), Level::full}}));
  EXPECT_EQ(rule(decision, "p1"), rules::none);
}

std::string listing(const std::string& recipients) {
  return R"({"onward": {"allowed": true, "recipients": [)" + recipients + "]}}";
}

TEST(PassingOn, IsAgreedOnlyToWhomTheConsentLists) {
  const auto onward = [](const std::string& overrides) {
    return decided(record({adult()}, {consent_json({.overrides = overrides})})).persons.front().onward;
  };
  EXPECT_EQ(onward(listing(R"("shelter-7", "ca")")), (std::vector{MemberId("ca"), MemberId("shelter-7")}));
  EXPECT_TRUE(onward("{}").empty());
  EXPECT_TRUE(onward(R"({"onward": {"allowed": false, "recipients": ["ca"]}})").empty());
  EXPECT_TRUE(onward(R"({"onward": {"allowed": true}})").empty()) << "to whom, nobody said";
}

TEST(PassingOn, OfWhatWasReceivedReachesNobodyNew) {
  const Referral referral = record({adult()}, {consent_json({.overrides = listing(R"("ca", "shelter-7")")})});
  Request request = passed_on({{Category("needs"), Level::full}}, {MemberId("mx"), MemberId("ca")});
  EXPECT_EQ(decided(referral, request).persons.front().onward, std::vector{MemberId("ca")});
}

TEST(PassingOn, ToDifferentRecipientsTravelsApart) {
  const Decision decision =
      decided(record({adult("p1"), adult("p2")},
                     {consent_json({.person = "p1", .id = "c1"}),
                      consent_json({.person = "p2", .id = "c2", .overrides = listing(R"("ca")")})}));
  EXPECT_EQ(decision.groups.size(), 2u);
}

TEST(Forbidden, StatisticsGetNobodysRecordWhateverWasAgreed) {
  Request request = to_mexico();
  request.recipient_role = Role::statistics;
  request.purpose = Purpose("statistics");
  const Decision decision =
      decided(record({adult()}, {consent_json({.overrides = R"({"purposes": ["statistics"]})"})}), request);
  EXPECT_TRUE(decision.groups.empty());
  EXPECT_EQ(rule(decision, "p1"), "base.forbidden.statistics");
  EXPECT_EQ(decision.of(PersonId("p1"))->of("needs").change, Change::nothing);
}

// Two countries that disagree: the stricter one decides, and is named.
TEST(TwoCountries, TheStricterDecidesAndIsNamed) {
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

}  // namespace
}  // namespace hotline
