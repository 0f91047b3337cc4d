// The exceptions that a named human attests: the smallest door, for the time and the people that it names.
#include "consent/consent.h"
#include "consent/decide.h"
#include "consent/rules.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

TEST(Exceptions, OpenOnlyWhatTheHumanAttested) {
  Attestation narrow = emergency();
  narrow.categories = {Category("location")};
  const Decision decision = decided(record({adult()}, {}), to_mexico(), {narrow});
  EXPECT_EQ(level(decision, "p1", "location"), Level::full);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::withheld);
}

TEST(Exceptions, DoNotHoldWithoutEveryCondition) {
  const auto opens = [](const Attestation& attestation) {
    return !decided(record({adult()}, {}), to_mexico(), {attestation}).groups.empty();
  };
  ASSERT_TRUE(opens(emergency()));
  Attestation changed = emergency();
  changed.staff_role = "advocate";
  EXPECT_FALSE(opens(changed)) << "not entitled";
  changed = emergency();
  changed.attested_by.clear();
  EXPECT_FALSE(opens(changed)) << "no named human";
  changed = emergency();
  changed.recipient = MemberId("ca");
  EXPECT_FALSE(opens(changed)) << "for somebody else";
  changed = emergency();
  changed.recipient_role = "law_enforcement";
  EXPECT_FALSE(opens(changed)) << "never police";
  changed = emergency();
  changed.until = now();
  EXPECT_FALSE(opens(changed)) << "over";
  changed = emergency();
  changed.until = *parse_instant("2026-03-02T18:00:00Z");
  EXPECT_FALSE(opens(changed)) << "longer than the rule allows";
  changed = emergency();
  changed.ground = "court_or_statute_compelled";
  EXPECT_FALSE(opens(changed)) << "no exception of ours";
}

TEST(Exceptions, NeverUnlockOtherPeople) {
  const Referral two = record({adult("p1"), adult("p2")}, {});
  EXPECT_TRUE(decided(two, to_mexico(), {emergency()}).groups.empty());
  Attestation named = emergency();
  named.persons = {PersonId("p2")};
  const Decision decision = decided(two, to_mexico(), {named});
  EXPECT_FALSE(decision.of(PersonId("p1"))->anything());
  EXPECT_TRUE(decision.of(PersonId("p2"))->anything());
}

TEST(Exceptions, ThatOfAChildIsForAChildOnly) {
  Attestation attestation = emergency();
  attestation.ground = "minor_abuse_neglect_trafficking";
  attestation.recipient_role = "child_protection";
  const std::string child = R"({"id": "p1", "identity": {"birth_date": "2012-08-01"}})";
  const std::string perhaps = R"({"id": "p1", "identity": {"age_band": {"code": "possible_minor"}}})";
  EXPECT_FALSE(decided(record({child}, {}), to_mexico(), {attestation}).groups.empty());
  EXPECT_TRUE(decided(record({perhaps}, {}), to_mexico(), {attestation}).groups.empty());
  EXPECT_TRUE(decided(record({adult()}, {}), to_mexico(), {attestation}).groups.empty());
}

Request to(const char* country) {
  Request request = to_mexico();
  request.recipient_country = country;
  return request;
}

Attestation for_child() {
  Attestation attestation = emergency();
  attestation.ground = "minor_abuse_neglect_trafficking";
  attestation.recipient_role = "child_protection";
  return attestation;
}

TEST(Exceptions, OpenNoMoreThanTheLawOfThatCountryDemands) {
  const Referral child = record({R"({"id": "p1", "identity": {"birth_date": "2012-08-01"}})"}, {});
  const Decision mexico = decided(child, to("MX"), {for_child()});
  EXPECT_EQ(level(mexico, "p1", "exploitation"), Level::full);
  EXPECT_EQ(level(mexico, "p1", "contact"), Level::withheld);
  EXPECT_EQ(mexico.of(PersonId("p1"))->of("contact").decided_by, "mx");
  const Decision states = decided(child, to("US"), {for_child()});
  EXPECT_EQ(level(states, "p1", "contact"), Level::full);
  EXPECT_EQ(states.of(PersonId("p1"))->of("health").decided_by, "base");
}

// The tables of the provinces are general knowledge: where they leave a doubt, a human looks.
TEST(Exceptions, OfAChildEndAtTheAgeOfTheProvince) {
  const auto opens = [](const std::string& birth, const std::string& where) {
    const std::string person = R"({"id": "p1", "identity": {"birth_date": ")" + birth +
                               R"("}, "location": {"current": {)" + where + "}}}";
    return !decided(record({person}, {}), to("CA"), {for_child()}).groups.empty();
  };
  const std::string ontario = R"("country": "CA", "region": "CA-ON")";
  const std::string saskatchewan = R"("country": "CA", "region": "CA-SK")";
  EXPECT_TRUE(opens("2008-08-01", ontario)) << "seventeen";
  EXPECT_FALSE(opens("2008-08-01", saskatchewan)) << "seventeen";
  EXPECT_TRUE(opens("2011-08-01", saskatchewan)) << "fourteen";
  EXPECT_FALSE(opens("2008-08-01", R"("country": "CA")")) << "the province is not known, and they differ";
  EXPECT_TRUE(opens("2011-08-01", R"("country": "CA")")) << "fourteen is a child in every one of them";
  EXPECT_TRUE(opens("2008-08-01", R"("country": "US", "region": "US-TX")")) << "no table of that country";
}

Attestation tip_over(std::vector<Category> categories) {
  Attestation tip = emergency();
  tip.ground = "non_identifying_tip";
  tip.recipient_role = "hotline";
  tip.categories = std::move(categories);
  return tip;
}

TEST(Exceptions, ATipIsReleasedByASupervisor) {
  Attestation tip = tip_over({Category("location")});
  EXPECT_FALSE(decided(record({adult()}, {}), to_mexico(), {tip}).groups.empty());
  tip.staff_role = "safeguarding_lead";
  EXPECT_TRUE(decided(record({adult()}, {}), to_mexico(), {tip}).groups.empty());
}

TEST(Exceptions, ATipCarriesGeneralFactsOnly) {
  const Decision decision = decided(record({adult()}, {}), to_mexico(),
                                    {tip_over({Category("location"), Category("exploitation")})});
  EXPECT_EQ(level(decision, "p1", "employment"), Level::generalised);
  EXPECT_EQ(decision.persons.front().of("employment").fields, std::vector<std::string>{"employment/sectors"});
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(level(decision, "p1", "contact"), Level::withheld);
  EXPECT_EQ(level(decision, "p1", "narrative"), Level::withheld);
}

TEST(Exceptions, ATipTellsNoMoreThanTheHumanNamed) {
  const Decision decision =
      decided(record({adult()}, {}), to_mexico(), {tip_over({Category("location"), Category("identity")})});
  EXPECT_EQ(level(decision, "p1", "location"), Level::generalised);
  EXPECT_EQ(level(decision, "p1", "identity"), Level::withheld);
  EXPECT_EQ(level(decision, "p1", "exploitation"), Level::withheld);
  EXPECT_EQ(level(decision, "p1", "employment"), Level::withheld) << "the sector goes with the exploitation";
}

}  // namespace
}  // namespace hotline
