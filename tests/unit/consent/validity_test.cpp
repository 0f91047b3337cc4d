// Each rule of section 3: what makes a consent count, and which rule says so when it does not.
#include "tests/unit/consent/world.h"

#include "consent/rules.h"

namespace hotline {
namespace {

using namespace testing_world;

std::string rule_with(const std::string& overrides, const std::string& person = adult()) {
  return rule(decided(record({person}, {consent_json({.overrides = overrides})})), "p1");
}

TEST(Consent, ACompleteOneGivenYesterdayPermitsWhatItNames) {
  const Decision decision =
      decided(record({adult()}, {consent_json({.categories = grants({{"needs", "full"}})})}));
  EXPECT_EQ(level(decision, "p1", "needs"), Level::full);
  EXPECT_EQ(rule(decision, "p1", "needs"), rules::granted);
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(rule(decision, "p1", "identity"), rules::not_granted);
  EXPECT_EQ(decision.of(PersonId("p1"))->basis, "consent_explicit");
}

TEST(Consent, NoneMeansNothing) {
  const Decision decision = decided(record({adult()}, {}));
  EXPECT_EQ(rule(decision, "p1"), rules::none);
  EXPECT_TRUE(decision.groups.empty());
}

TEST(Consent, AnyRequiredElementMissingDenies) {
  for (const char* name : {"giver",
                           "purposes",
                           "recipient",
                           "categories",
                           "onward",
                           "police_contact",
                           "risks_explained",
                           "withdrawal_explained",
                           "service_not_conditional",
                           "pressure_checked",
                           "statement",
                           "channel",
                           "form",
                           "given_at",
                           "time_zone",
                           "until",
                           "explained_by",
                           "copy_offered",
                           "age_band",
                           "policy_version"}) {
    const Referral referral =
        record({adult()}, {consent_json({.overrides = "{\"" + std::string(name) + "\": null}"})});
    EXPECT_TRUE(decided(referral).groups.empty()) << name;
  }
}

TEST(Consent, MissingElementsHaveTheirOwnRule) {
  EXPECT_EQ(rule_with(R"({"until": null})"), rules::incomplete);
  EXPECT_EQ(rule_with(R"({"policy_version": null})"), rules::incomplete);
}

TEST(Consent, OfSomebodyWhoWasNotToldTheRisksIsNone) {
  EXPECT_EQ(rule_with(R"({"risks_explained": false})"), rules::not_informed);
  EXPECT_EQ(rule_with(R"({"pressure_checked": false})"), rules::not_informed);
}

TEST(Consent, OnlyGivenAndRenewedPermit) {
  EXPECT_EQ(rule_with(R"({"state": "renewed"})"), rules::granted);
  for (const char* state : {"requested", "refused", "expired", "terminated", "invalidated", "unknown"}) {
    EXPECT_EQ(rule_with(R"({"state": ")" + std::string(state) + "\"}"), rules::state) << state;
  }
}

TEST(Consent, WithdrawnInTheRecordOrKnownToTheStoreEndsIt) {
  EXPECT_EQ(rule_with(R"({"state": "withdrawn"})"), rules::withdrawn);
  EXPECT_EQ(rule_with(R"({"withdrawn_at": "2026-03-02T08:00:00Z"})"), rules::withdrawn);
  const Referral referral = record({adult()}, {consent_json({})});
  EXPECT_EQ(rule(decided(referral, to_mexico(), {}, {ConsentId("consent-0001")}), "p1"), rules::withdrawn);
}

TEST(Consent, EndsAtItsHourAndNotLater) {
  const Referral referral =
      record({adult()}, {consent_json({.overrides = R"({"until": "2026-03-02T12:00:00Z"})"})});
  Request request = to_mexico();
  EXPECT_EQ(rule(decided(referral, request), "p1"), rules::expired);
  request.now = *parse_instant("2026-03-02T11:59:59Z");
  EXPECT_EQ(rule(decided(referral, request), "p1"), rules::granted);
}

TEST(Consent, LongerThanNinetyDaysIsNone) {
  EXPECT_EQ(rule_with(R"({"until": "2026-05-30T12:00:00Z"})"), rules::granted);
  EXPECT_EQ(rule_with(R"({"until": "2026-05-30T12:00:01Z"})"), rules::too_long);
}

TEST(Consent, NamesOneRecipientOneCountryAndThePurpose) {
  EXPECT_EQ(rule_with(R"({"recipient": {"member": "ca"}})"), rules::recipient);
  EXPECT_EQ(rule_with(R"({"recipient": {"country": "CA"}})"), rules::recipient);
  EXPECT_EQ(rule_with(R"({"purposes": ["legal"]})"), rules::purpose);
}

TEST(Consent, NamesThePolicyThatTheRecipientHasSigned) {
  const Referral referral =
      record({adult()}, {consent_json({.overrides = R"({"policy_version": "mx-2025.9"})"})});
  const auto decision = decide(referral, to_mexico(), {}, {}, World::get().policies);
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().code, ErrorCode::policy_version_mismatch);
}

TEST(Consent, SpokenOneLastsThreeDaysWithAWitnessForTheFewNeeds) {
  const std::string oral = R"("form": "oral_two_person", "until": "2026-03-20T12:00:00Z")";
  const std::string witnessed = "{" + oral + R"(, "witness": "staff-18"})";
  EXPECT_EQ(rule_with("{" + oral + "}"), rules::oral);
  EXPECT_EQ(rule_with("{" + oral + R"(, "witness": "staff-17"})"), rules::oral);
  const Decision decision = decided(record({adult()}, {consent_json({.overrides = witnessed})}));
  EXPECT_EQ(rule(decision, "p1"), rules::granted);
  EXPECT_EQ(format_instant(decision.of(PersonId("p1"))->until), "2026-03-04T12:00:00Z");
  const std::string other_need =
      with(adult(), {}).replace(adult().find("emergency_shelter"), 17, "job_training");
  EXPECT_EQ(rule_with(witnessed, other_need), rules::oral);
}

TEST(Giver, NobodyConsentsForAnAdult) {
  const std::string checked = R"("not_abuser_checked": true, "not_other_parent_abuser_checked": true)";
  EXPECT_EQ(rule_with(R"({"giver": {"relation": {"code": "parent_guardian"}, )" + checked + "}}"),
            rules::giver);
  EXPECT_EQ(rule_with(R"({"giver": {"relation": {"code": "friend"}, )" + checked + "}}"), rules::giver);
}

TEST(Giver, WithoutCapacityConfirmedItIsNoConsent) {
  EXPECT_EQ(rule_with(R"({"giver": {"capacity_confirmed": false}})"), rules::giver);
}

std::string child() {
  return R"({"id": "p1", "identity": {"birth_date": "2012-08-01"}, "needs": {"items": [{"need": {"code": "food"}}]}})";
}
std::string guardian(const std::string& more) {
  return R"({"age_band": {"code": "age_12_13"}, "giver": {"relation": {"code": "parent_guardian"},
      "not_abuser_checked": true, "not_other_parent_abuser_checked": true, "capacity_confirmed": true)" +
         more + "}}";
}

TEST(Giver, AGuardianConsentsForAChildWhenTheChecksAreDone) {
  EXPECT_EQ(rule_with(guardian(""), child()), rules::granted);
  for (const std::string name :
       {"not_abuser_checked", "not_other_parent_abuser_checked", "capacity_confirmed"}) {
    std::string unchecked = guardian("");
    const std::string done = "\"" + name + "\": true";
    unchecked.replace(unchecked.find(done), done.size(), "\"" + name + "\": false");
    EXPECT_EQ(rule_with(unchecked, child()), rules::giver) << name;
  }
}

TEST(Giver, AChildAloneIsTooYoung) {
  EXPECT_EQ(rule_with(R"({"age_band": {"code": "age_12_13"}})", child()), rules::age);
}

TEST(Age, UnclearIsHeldForAHuman) {
  const std::string young = R"({"id": "p1", "needs": {"items": [{"need": {"code": "food"}}]}})";
  const std::string stated = R"({"age_band": {"code": ")";
  EXPECT_EQ(rule_with(stated + R"(possible_minor"}})", young), rules::age_unclear);
  EXPECT_EQ(rule_with(stated + R"(unknown"}})", young), rules::age_unclear);
  EXPECT_EQ(rule_with(stated + R"(age_18_20"}})", young), rules::granted);
  EXPECT_EQ(rule_with(stated + R"(age_18_20"}})", child()), rules::age_unclear)
      << "birth date and band contradict";
  const Decision held =
      decided(record({young}, {consent_json({.overrides = stated + R"(possible_minor"}})"})}));
  EXPECT_EQ(held.of(PersonId("p1"))->basis, "hold_human");
}

}  // namespace
}  // namespace hotline
