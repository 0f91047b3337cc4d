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

// It is there for people to act on. No yes in a record makes the gateway tell the police anything.
TEST(Decide, WhatAConsentSaysOfThePoliceOpensAndClosesNothing) {
  const auto said = [](const char* overrides) {
    return record({adult()}, {consent_json({.overrides = overrides})});
  };
  const Referral yes = said(R"({"police_contact": true})");
  const Referral no = said(R"({"police_contact": false})");
  EXPECT_EQ(to_text(decided(yes).to_json()), to_text(decided(no).to_json()));
  Request request = to_mexico();
  request.recipient_role = Role::law_enforcement;
  EXPECT_EQ(decide(yes, request, {}, {}, World::get().policies).error().code, ErrorCode::requester_refused);
  const auto disclosures = disclosed(yes, decided(yes));
  ASSERT_TRUE(disclosures);
  for (const auto& each : *disclosures) EXPECT_EQ(each.bytes().find("police_contact"), std::string::npos);
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

}  // namespace
}  // namespace hotline
