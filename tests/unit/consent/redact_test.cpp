// What the receiver reads, and what it does not.
#include "consent/redact.h"

#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

std::string only(const Referral& referral, const Request& request = to_mexico()) {
  auto out = disclosed(referral, decided(referral, request));
  EXPECT_TRUE(out) << out.error().pointer;
  EXPECT_EQ(out->size(), 1u);
  return out->front().bytes();
}
Json parsed(const std::string& bytes) {
  return std::move(*parse_json(bytes));
}
bool has(const std::string& bytes, std::string_view text) {
  return bytes.find(text) != std::string::npos;
}
std::string at(const std::string& bytes, const std::string& pointer) {
  const Json document = parsed(bytes);
  const JsonValue* value = resolve_pointer(document, "/referral" + pointer);
  return value == nullptr ? "" : (value->IsString() ? std::string(as_text(*value)) : to_text(*value));
}

TEST(Redact, FullCarriesEverythingButWhatNeverLeaves) {
  const std::string bytes = only(record(
      {adult()}, {consent_json({})},
      R"("caller": {"relation": {"code": "legal_representative"}, "name": "Prudence Whitlock", "phone": "+12025550199"},
         "extensions": [{"system": "us", "name": "shoe size", "value": "forty two and a half"}])"));
  EXPECT_EQ(at(bytes, "/persons/0/identity/given_names"), "Yolotzin");
  EXPECT_EQ(at(bytes, "/persons/0/employment/wages_owed/currency"), "USD");
  EXPECT_EQ(at(bytes, "/persons/0/legal/representatives/0/phone"), "+12025550188");
  EXPECT_EQ(at(bytes, "/persons/0/employment/sectors/0/original/label"), "Carnival work");
  EXPECT_EQ(at(bytes, "/caller/relation/code"), "legal_representative");
  for (const char* never : {"Whitlock", "5550199", "forty two", "consent-0001", "\"p1\"", "staff-17"}) {
    EXPECT_FALSE(has(bytes, never)) << never;
  }
}

TEST(Redact, WithheldLeavesNoTraceNotEvenAnEmptySection) {
  const std::string bytes =
      only(record({adult()}, {consent_json({.categories = grants({{"needs", "full"}})})}));
  EXPECT_EQ(at(bytes, "/persons/0/needs/items/0/need/code"), "emergency_shelter");
  EXPECT_EQ(at(bytes, "/persons/0/languages/interpreter/language"), "nhe");
  for (const char* gone :
       {"identity", "\"contact\"", "location", "immigration", "Quintanilla", "Grandview", "Amarillo"}) {
    const Json document = parsed(bytes);
    EXPECT_EQ(resolve_pointer(document, std::string("/referral/persons/0/") + gone), nullptr) << gone;
  }
  EXPECT_FALSE(has(bytes, "Quintanilla"));
}

TEST(Redact, GeneralisedKeepsAgeBandRegionMonthAndBareCodes) {
  const std::string bytes =
      only(record({adult()}, {consent_json({.categories = grants({{"identity", "generalised"},
                                                                  {"location", "generalised"},
                                                                  {"employment", "generalised"},
                                                                  {"orientation_gender", "generalised"},
                                                                  {"family", "generalised"}})})}));
  EXPECT_EQ(at(bytes, "/persons/0/identity"), R"({"age_band":{"code":"age_30_38"}})");
  EXPECT_EQ(at(bytes, "/persons/0/location/current"), R"({"country":"US","region":"US-TX"})");
  EXPECT_EQ(at(bytes, "/persons/0/employment/started"), "2025-04");
  EXPECT_EQ(at(bytes, "/persons/0/employment/sectors"), R"([{"code":"carnival"}])");
  EXPECT_EQ(at(bytes, "/persons/0/employment/employer"), "");
  EXPECT_EQ(at(bytes, "/persons/0/orientation_gender"), "");
  EXPECT_EQ(at(bytes, "/persons/0/family"), R"({"safety_planning_needed":true})");
}

// A need that has no common code is still a need: that somebody has to ask goes, what was said does not.
TEST(Redact, GeneralisedTellsThatACodeIsMissingButNotWhatWasSaid) {
  std::string person = adult();
  const std::string need = R"({"code": "emergency_shelter"})";
  person.replace(
      person.find(need), need.size(),
      R"({"relation": "not-mapped", "original": {"system": "us:need_service", "code": "Horse boarding"}},
                    "urgency": {"code": "immediate_danger"})");
  const std::string bytes =
      only(record({person}, {consent_json({.categories = grants({{"needs", "generalised"}})})}));
  EXPECT_EQ(at(bytes, "/persons/0/needs/items/0"),
            R"({"need":{"relation":"not-mapped"},"urgency":{"code":"immediate_danger"}})");
}

// What is on no list may be anything, also a name typed into the field.
TEST(Redact, WordsInPlaceOfACodeStayBehindWhenTheyTellWhatIsWithheld) {
  std::string person = adult();
  const std::string need = R"({"code": "emergency_shelter"})";
  const auto with_need = [&](const std::string& words) {
    std::string made = person;
    made.replace(made.find(need), need.size(),
                 R"({"relation": "not-mapped", "original": {"system": "us:need_service", "code": ")" + words +
                     R"(", "language": "en"}})");
    return record({made}, {consent_json({.categories = grants({{"needs", "full"}})})});
  };
  EXPECT_EQ(at(only(with_need("Horse boarding")), "/persons/0/needs/items/0/need/original/code"),
            "Horse boarding");
  for (const char* telling : {"Ride for Yolotzin", "Call 202-555-0147", "H-2B renewal"})
    EXPECT_EQ(at(only(with_need(telling)), "/persons/0/needs/items/0/need"), R"({"relation":"not-mapped"})")
        << telling;
}

TEST(Redact, WordsInPlaceOfAWithheldCodeAreMaskedInTheStoryToo) {
  std::string person = adult();
  const std::string gender = R"("gender": {"code": "woman"})";
  person.replace(
      person.find(gender), gender.size(),
      R"("gender": {"relation": "not-mapped", "original": {"system": "us:gender", "code": "Quarevonne"}})");
  const std::string bytes =
      only(record({person}, {consent_json({.categories = grants({{"narrative", "full"}})})},
                  R"("narratives": [{"language": "en", "text": "They say Quarevonne here."}])"));
  EXPECT_FALSE(has(bytes, "Quarevonne"));
}

TEST(Redact, WhatIsDroppedAsAWholeKeepsNothingOfItsInside) {
  std::string person = adult();
  const std::string name = R"("name": "Carnaval Grandview")";
  person.replace(person.find(name), name.size(),
                 name + R"(, "address": {"country": "US", "region": "US-NM"})");
  const std::string bytes =
      only(record({person}, {consent_json({.categories = grants({{"employment", "generalised"}})})}));
  EXPECT_FALSE(has(bytes, "US-NM"));
}

TEST(Redact, PseudonymisedShowsNobodyNoTimeAndNoPlace) {
  const std::string bytes =
      only(record({adult()}, {consent_json({.categories = grants({{"identity", "pseudonymised"},
                                                                  {"location", "pseudonymised"},
                                                                  {"exploitation", "pseudonymised"},
                                                                  {"employment", "pseudonymised"}})})}));
  EXPECT_EQ(at(bytes, "/persons/0/location/current"), R"({"country":"US"})");
  EXPECT_EQ(at(bytes, "/persons/0/employment"), R"({"sectors":[{"code":"carnival"}]})");
  EXPECT_EQ(at(bytes, "/persons/0/exploitation"), R"({"types":[{"code":"labour_carnival"}]})");
  EXPECT_EQ(at(bytes, "/persons/0/identity/given_names"), "");
}

// Situation 2: the chosen name only.
TEST(Redact, AGrantNarrowedToAFieldCarriesThatFieldAlone) {
  const std::string categories =
      R"([{"category": "identity", "level": "full", "fields": ["identity/called_name"]},
                                     {"category": "needs", "level": "full"}])";
  const std::string bytes = only(record({adult()}, {consent_json({.categories = categories})}));
  EXPECT_EQ(at(bytes, "/persons/0/identity"), R"({"called_name":"Yoli"})");
  EXPECT_TRUE(has(at(bytes, "/persons/0/withheld"), R"({"category":"identity","level":"generalised")"));
}

TEST(Redact, EveryCategoryThatIsNotFullIsMarkedAlikeWhetherOrNotItHasAValue) {
  const std::string needs = grants({{"needs", "full"}});
  const std::string rich = only(record({adult()}, {consent_json({.categories = needs})}));
  const std::string poor = only(record({R"({"id": "p1", "needs": {"items": [{"need": {"code": "food"}}]}})"},
                                       {consent_json({.categories = needs})}));
  EXPECT_EQ(at(rich, "/persons/0/withheld"), at(poor, "/persons/0/withheld"));
  EXPECT_EQ(at(rich, "/withheld"), at(poor, "/withheld"));
  EXPECT_EQ(parsed(at(rich, "/persons/0/withheld")).Size(), 12u);
  EXPECT_EQ(parsed(at(rich, "/withheld")).Size(), 3u);
  EXPECT_TRUE(has(rich, "not_granted"));
}

TEST(Redact, TermsBindTheReceiver) {
  const std::string bytes = only(record({adult()}, {consent_json({})}));
  EXPECT_EQ(at(bytes, "/terms/until"), "2026-03-31T12:00:00Z");
  EXPECT_EQ(at(bytes, "/terms/onward"), "none");
  EXPECT_EQ(at(bytes, "/terms/onward_recipients/0"), "");
  EXPECT_EQ(at(bytes, "/terms/basis"), "consent_explicit");
  EXPECT_EQ(at(bytes, "/terms/obligations"),
            R"(["NORDSCLCDS","DELAU","purge_on_withdrawal","no_enforcement"])");
  EXPECT_EQ(at(bytes, "/envelope/origin"), "us");
  EXPECT_EQ(at(bytes, "/terms/recipient"), "mx");
}

TEST(Redact, TermsNameThoseToWhomItMayBePassedOn) {
  const auto listed = [](const std::string& recipients) {
    return record({adult()}, {consent_json({.overrides = R"({"onward": {"allowed": true, "recipients": [)" +
                                                         recipients + "]}}"})});
  };
  const std::string bytes = only(listed(R"("shelter-7", "ca")"));
  EXPECT_EQ(at(bytes, "/terms/onward"), "listed");
  EXPECT_EQ(at(bytes, "/terms/onward_recipients"), R"(["ca","shelter-7"])");
}

TEST(Redact, PseudonymsAndReferralIdsAreNewForEveryDisclosure) {
  const Referral referral = record({adult()}, {consent_json({})});
  const std::string one = only(referral);
  const std::string two = only(referral);
  EXPECT_EQ(at(one, "/persons/0/id").substr(0, 2), "p-");
  EXPECT_NE(at(one, "/persons/0/id"), at(two, "/persons/0/id"));
  EXPECT_NE(at(one, "/envelope/referral_id"), at(two, "/envelope/referral_id"));
}

TEST(Redact, IsACanonicalRecordAgain) {
  const Json document = parsed(only(
      record({adult("p1"), adult("p2")}, {consent_json({}), consent_json({.person = "p2", .id = "c2"})})));
  Json record;
  record.CopyFrom(document["referral"], record.GetAllocator());
  EXPECT_TRUE(Referral::from(std::move(record), World::get().schema));
}

// Situation 1 in small: three with everything, one with two categories, one with nothing.
class Crew : public ::testing::Test {
 protected:
  static std::string worker(const std::string& id, const std::string& name, const std::string& relations) {
    return R"({"id": ")" + id + R"(", "identity": {"given_names": ")" + name +
           R"("}, "needs": {"items": [{"need": {"code": "legal_employment"}}]}, "family": {"relations": )" +
           relations + "}}";
  }
  std::vector<Disclosure> out() {
    const Referral crew = record(
        {worker("a1", "Nicanor",
                R"([{"person": "a2", "relation": "brother"}, {"person": "a5", "relation": "cousin"}])"),
         worker("a2", "Fidencio", "[]"), worker("a4", "Abundio", "[]"), worker("a5", "Crescencio", "[]")},
        {consent_json({.person = "a1", .id = "grant-of-a1"}),
         consent_json({.person = "a2", .id = "grant-of-a2"}),
         consent_json({.person = "a4",
                       .id = "grant-of-a4",
                       .categories = grants({{"needs", "full"}, {"contact", "full"}})})},
        R"("narratives": [{"text": "Somos cuatro. Nicanor llamó.", "language": "es-MX"}],
           "case": {"source_record": "CASE-778812", "opened_on": "2026-01-15"})");
    return std::move(*disclosed(crew, decided(crew)));
  }
};

TEST_F(Crew, GoesInTwoReferralsThatNothingLinks) {
  const auto both = out();
  ASSERT_EQ(both.size(), 2u);
  EXPECT_NE(both[0].referral(), both[1].referral());
  EXPECT_TRUE(has(both[0].bytes(), "Nicanor"));
  EXPECT_TRUE(has(both[0].bytes(), "Fidencio"));
  for (const char* other : {"Abundio", "Crescencio", "cousin", "Somos", "778812", "2026-01-15"}) {
    EXPECT_FALSE(has(both[0].bytes(), other)) << other;
    EXPECT_FALSE(has(both[1].bytes(), other)) << other;
  }
  EXPECT_FALSE(has(both[1].bytes(), "Nicanor"));
}

TEST_F(Crew, RelationsStayAmongThoseWhoTravelTogether) {
  const auto both = out();
  const std::string second = at(both[0].bytes(), "/persons/1/id");
  EXPECT_EQ(at(both[0].bytes(), "/persons/0/family/relations"),
            R"([{"person":")" + second + R"(","relation":"brother"}])");
}

TEST_F(Crew, TheNarrativeIsHeldBecauseItMayCountThem) {
  const auto both = out();
  EXPECT_EQ(both[0].narrative_held(), "case_split");
  EXPECT_EQ(both[1].narrative_held(), "");
  EXPECT_TRUE(has(at(both[0].bytes(), "/withheld"), "held_for_human"));
}

TEST(Redact, KnowsItsConsentsAndItsEnd) {
  const Referral referral = record({adult()}, {consent_json({})});
  const auto out = disclosed(referral, decided(referral));
  EXPECT_EQ(out->front().consents(), std::vector<ConsentId>{ConsentId("consent-0001")});
  EXPECT_EQ(format_instant(out->front().until()), "2026-03-31T12:00:00Z");
  EXPECT_EQ(out->front().urgency(), "standard");
}

TEST(Redact, NothingGrantedIsNoDisclosure) {
  const Referral referral = record({adult()}, {});
  EXPECT_TRUE(disclosed(referral, decided(referral))->empty());
}

}  // namespace
}  // namespace hotline
