// What a decision is made from: finite, of nobody's story, kept and read back as it was.
#include "consent/facts.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/rules.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

constexpr const char* kCanary = "Xochiquetzal";

Facts facts_of(const Referral& referral, Request request = to_mexico(), Known known = {}) {
  known.canonical = &World::get().schema;
  return reduce(referral, request, known, World::get().policies);
}

Request sent_on() {
  Request request = to_mexico();
  request.original =
      OriginalTerms{{MemberId("mx")},
                    now().plus_seconds(3600),
                    {{Category("needs"), Level::full}, {Category("contact"), Level::generalised}}};
  return request;
}

// Everything that facts can hold, at least once.
Facts rich_facts() {
  Known known;
  known.attestations = {emergency()};
  known.withdrawn = {ConsentId("c3")};
  const std::string guardian = R"({"giver": {"relation": {"code": "parent_guardian"}, "person": "p2",
      "not_abuser_checked": true, "not_other_parent_abuser_checked": true}, "age_band": {"code": "age_14_15"},
      "onward": {"allowed": true, "recipients": ["shelter-7", "ca"]}, "given_at": null})";
  return facts_of(
      record({adult("p1"), adult("p2"), R"({"id": "p3", "identity": {"birth_date": "2011-05-09"}})"},
             {consent_json({.person = "p3", .id = "c1", .overrides = guardian}),
              consent_json({.person = "p1", .id = "c2", .overrides = R"({"state": "refused"})"}),
              consent_json({.person = "p2",
                            .id = "c3",
                            .categories = R"([{"category": "identity", "level": "full",
                                                           "fields": ["identity/called_name"]}])",
                            .overrides = R"({"withdrawn_at": "2026-03-02T09:00:00Z"})"})}),
      sent_on(), known);
}

TEST(Facts, ComeBackFromTheirJsonAsTheyWere) {
  const Json written = rich_facts().to_json();
  const auto read = Facts::from_json(written);
  ASSERT_TRUE(read) << read.error().pointer << ' ' << to_string(read.error().code);
  EXPECT_EQ(to_text(read->to_json()), to_text(written));
}

TEST(Facts, GiveTheSameDecisionAgain) {
  const Facts facts = rich_facts();
  const auto read = Facts::from_json(parse_json(to_text(facts.to_json())).value());
  ASSERT_TRUE(read);
  EXPECT_EQ(to_text(decide(*read, World::get().policies).to_json()),
            to_text(decide(facts, World::get().policies).to_json()));
}

TEST(Facts, SayWhatTheRecordAndTheStoreSaid) {
  const Facts facts = rich_facts();
  ASSERT_EQ(facts.persons.size(), 3u);
  const ConsentFacts& child = facts.persons[2].consents.at(0);
  EXPECT_EQ(child.adult, AgeFact::below);
  EXPECT_EQ(child.giver.named, GiverNamed::another);
  EXPECT_TRUE(child.giver.not_abuser);
  EXPECT_FALSE(child.giver.exploiter);
  EXPECT_EQ(child.onward_recipients, (std::vector{MemberId("ca"), MemberId("shelter-7")}));
  EXPECT_EQ(facts.persons[0].consents.at(0).state, StateFact::refused);
  EXPECT_TRUE(facts.persons[1].consents.at(0).withdrawn);
  EXPECT_EQ(facts.persons[1].consents.at(0).grants.at(0).fields,
            std::vector<std::string>{"identity/called_name"});
  EXPECT_FALSE(facts.persons[0].attestations.at(0).about) << "three people, and none of them named";
  ASSERT_TRUE(facts.onward);
  EXPECT_TRUE(facts.onward->agreed);
}

void each_text(const JsonValue& value, std::vector<std::string>& out) {
  if (value.IsString()) out.emplace_back(as_text(value));
  if (value.IsArray())
    for (const JsonValue& each : value.GetArray()) each_text(each, out);
  if (value.IsObject())
    for (const auto& each : value.GetObject()) each_text(each.value, out);
}

TEST(Facts, HoldNothingThatAPersonsRecordSays) {
  const Referral referral =
      record({adult()}, {consent_json({})},
             R"("narratives": [{"text": "Quiere volver a Huautla.", "language": "es-MX"}],
                                      "alleged_exploiters": [{"id": "x1", "name": "Evaristo Montellano"}])");
  const std::string facts = to_text(facts_of(referral).to_json());
  std::vector<std::string> said;
  for (const char* name : {"persons", "narratives", "alleged_exploiters"})
    each_text(referral.json()[name], said);
  ASSERT_GT(said.size(), 40u);
  for (const std::string& each : said) {
    if (each.size() > 3) {
      EXPECT_EQ(facts.find(each), std::string::npos) << each;
    }
  }
  EXPECT_EQ(facts.find("1991"), std::string::npos) << "an age is a side of a limit, never a number";
}

TEST(Facts, TakeNoTextInThePlaceOfAnIdOrACode) {
  const std::string bird = kCanary;
  const std::string planted =
      R"({"explained_by": ")" + bird + R"( Paz", "witness": ")" + bird + R"(", "policy_version": ")" + bird +
      R"(", "recipient": {"organisation": ")" + bird + R"("}, "onward": {"allowed": true, "recipients": [")" +
      bird + R"( Paz"]},
      "interpreter": {"id": ")" +
      bird + R"("}, "statement": {"id": ")" + bird + R"(", "version": ")" + bird + R"("}})";
  const std::string named = R"([{"category": "identity", "level": "full", "fields": [")" + bird +
                            R"(", "identity/xochiquetzal"]}])";
  const Referral referral =
      record({R"({"id": "p1"})"}, {consent_json({.categories = named, .overrides = planted})});
  Request request = to_mexico();
  request.purpose = Purpose(bird);
  Known known;
  Attestation attestation = emergency();
  for (std::string* each :
       {&attestation.ground, &attestation.staff_role, &attestation.recipient_role, &attestation.attested_by})
    *each = bird;
  attestation.categories = {Category(bird)};
  attestation.persons = {PersonId("p1")};
  known.attestations = {attestation};
  request.original = OriginalTerms{{MemberId(bird + " Paz")}, now(), {{Category(bird), Level::full}}};
  const Facts facts = facts_of(referral, request, known);
  std::string text = to_text(facts.to_json());
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  EXPECT_EQ(text.find("xochiquetzal"), std::string::npos) << text;
  EXPECT_EQ(facts.persons[0].consents.at(0).grants.at(0).level, Level::withheld)
      << "a list of fields that nobody knows is no leave to share the whole";
}

ErrorCode fault_of(const std::string& find, const std::string& put) {
  std::string text = to_text(rich_facts().to_json());
  const std::size_t at = text.find(find);
  if (at == std::string::npos) throw std::runtime_error("not there: " + find);
  text.replace(at, find.size(), put);
  const auto read = Facts::from_json(parse_json(text).value());
  return read ? ErrorCode::internal : read.error().code;
}

TEST(Facts, AreReadStrictly) {
  EXPECT_EQ(fault_of(R"("recipient_active":true)", R"("recipient_active":0)"), ErrorCode::type_mismatch);
  EXPECT_EQ(fault_of(R"("informed":true,)", ""), ErrorCode::field_missing);
  EXPECT_EQ(fault_of(R"("informed":true)", R"("informed":true,"name":"x")"), ErrorCode::field_unknown);
  EXPECT_EQ(fault_of(R"("adult":"below")", R"("adult":"fifteen")"), ErrorCode::code_unknown);
  EXPECT_EQ(fault_of(R"("state":"refused")", R"("state":"maybe")"), ErrorCode::code_unknown);
  EXPECT_EQ(fault_of(R"("level":"full")", R"("level":"all")"), ErrorCode::code_unknown);
  EXPECT_EQ(fault_of(R"("now":"2026-03-02T12:00:00Z")", R"("now":"2026-03-02")"),
            ErrorCode::value_not_allowed);
  EXPECT_EQ(Facts::from_json(parse_json("[]").value()).error().code, ErrorCode::type_mismatch);
}

TEST(Facts, OfAnyKindGetAnAnswer) {
  Facts facts;
  facts.persons.emplace_back();
  facts.persons[0].consents.emplace_back();
  facts.persons[0].attestations.emplace_back();
  EXPECT_EQ(decide(facts, World::get().policies).persons.at(0).categories.at(0).rule.get(), rules::nowhere);
  facts.recipient_role = Role::immigration_enforcement;
  const Decision refused = decide(facts, World::get().policies);
  EXPECT_EQ(refused.persons.at(0).categories.at(0).rule.get(), rules::enforcement);
  EXPECT_EQ(may_act_on(refused).error().code, ErrorCode::requester_refused);
  EXPECT_TRUE(decide(Facts{}, World::get().policies).groups.empty());
}

}  // namespace
}  // namespace hotline
