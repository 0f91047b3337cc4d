// The second reader: it must find what the first let slip, and nothing that was granted.
#include "consent/leak_gate.h"

#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

// What the gate says of a disclosure that is the honest one with `planted` put somewhere.
GateReport gate(const Referral& source, const std::string& pointer, const std::string& planted) {
  const Decision decision = decided(source);
  auto out = disclosed(source, decided(source));
  EXPECT_TRUE(out) << out.error().pointer;
  Json document = std::move(*parse_json(out->front().bytes()));
  JsonValue* at = &document["referral"];
  std::string_view way = std::string_view(pointer).substr(1);
  while (way.find('/') != std::string_view::npos) {
    const std::string token(way.substr(0, way.find('/')));
    way.remove_prefix(token.size() + 1);
    at = at->IsArray() ? &(*at)[static_cast<rapidjson::SizeType>(std::stoul(token))] : &(*at)[token];
  }
  at->RemoveMember(std::string(way));
  set_text(*at, way, planted, document.GetAllocator());
  auto report = leak_gate(to_text(document["referral"]), source, World::get().schema, decision,
                          decision.groups.front());
  EXPECT_TRUE(report);
  return *report;
}

Referral needs_only() {
  return record({adult()}, {consent_json({.categories = grants({{"needs", "full"}})})},
                R"("caller": {"name": "Prudence Whitlock", "phone": "+12025550199"},
                   "alleged_exploiters": [{"id": "x1", "name": "Evaristo Montellano"}])");
}
constexpr const char* kVariety = "/persons/0/languages/interpreter/variety";

TEST(LeakGate, IsSilentOnAnHonestDisclosure) {
  EXPECT_TRUE(gate(needs_only(), kVariety, "del centro, habla despacio").clean());
}

TEST(LeakGate, ReadsACodeThatNoListKnowsLikeAnyText) {
  EXPECT_TRUE(gate(needs_only(), "/persons/0/needs/items/0/need/code", "of_next_year").clean());
  EXPECT_FALSE(gate(needs_only(), "/persons/0/needs/items/0/need/code", "for_yolotzin").clean());
}

TEST(LeakGate, FindsEveryKindOfWithheldValueInAField) {
  for (const char* value : {"Yolotzin",
                            "QUINTANILLA",
                            "quintanílla",
                            "con Yo lo tzin ayer",
                            "Xquintanillax",
                            "su empresa Grandview",
                            "1200 juniper street",
                            "tel 202 555 01 47",
                            "(202) 555-0147",
                            "555-0147",
                            "PUEX900101MDFRJC06",
                            "3 de mayo de 1991",
                            "03/05/1991",
                            "1991-05-03",
                            "Zaldivar, con Ximena Zaldivar",
                            "injured left shoulder",
                            "Amarillo",
                            "Prudence Whitlock",
                            "2025550199",
                            "evaristo montellano",
                            "staff-17 dijo",
                            "Y\u200Bolotzin",
                            "Yolоtzin"}) {
    const GateReport report = gate(needs_only(), kVariety, value);
    ASSERT_EQ(report.fields.size(), 1u) << value;
    EXPECT_EQ(report.fields.front(), kVariety);
  }
}

TEST(LeakGate, AShortValueIsOnlyAWholeToken) {
  const Referral yoli = needs_only();
  EXPECT_FALSE(gate(yoli, kVariety, "la Yoli").clean());
  EXPECT_TRUE(gate(yoli, kVariety, "ayolito").clean());
}

TEST(LeakGate, WhatIsGrantedToAnotherPersonOfTheSameDisclosureIsNoHit) {
  std::string sister = adult("p2");
  const auto grant = [](const std::string& person, const std::string& id) {
    return consent_json(
        {.person = person, .id = id, .categories = grants({{"needs", "full"}, {"identity", "full"}})});
  };
  // Both are called Quintanilla; the relative of the first is withheld and called so too.
  std::string first = adult("p1");
  first.replace(first.find("Ximena Zaldivar"), 15, "Quintanilla");
  const Referral two = record({first, sister}, {grant("p1", "c1"), grant("p2", "c2")});
  EXPECT_TRUE(gate(two, kVariety, "como la señora Quintanilla").clean());
}

TEST(LeakGate, AHitInAFieldRefusesTheSendAndSaysWhereNotWhat) {
  std::string person = adult();
  const std::string told = R"("interpreter": {"needed": true)";
  person.replace(person.find(told), told.size(), told + R"(, "variety": "like Ximena Zaldivar")");
  const Referral referral = record({person}, {consent_json({.categories = grants({{"needs", "full"}})})});
  const auto out = disclosed(referral, decided(referral));
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::leak_found);
  EXPECT_EQ(out.error().pointer, kVariety);
  EXPECT_EQ(out.error().expected.find("Ximena"), std::string::npos);
}

TEST(LeakGate, AHitInANarrativeHoldsItAndTheRestGoes) {
  // The scanner works with the record's own values; a staff id is known to the gate alone.
  const Referral referral =
      record({adult()}, {consent_json({.overrides = R"({"explained_by": "staff-Quillwright"})"})},
             R"("narratives": [{"text": "Quiere volver.", "language": "es-MX"},
                        {"text": "Habló con staff Quillwright.", "language": "es-MX"}])");
  const auto out = disclosed(referral, decided(referral));
  ASSERT_TRUE(out) << out.error().pointer;
  EXPECT_EQ(out->front().narrative_held(), "leak_gate");
  EXPECT_NE(out->front().bytes().find("Quiere volver."), std::string::npos);
  EXPECT_EQ(out->front().bytes().find("Quillwright"), std::string::npos);
  EXPECT_NE(out->front().bytes().find(R"("narrative","level":"withheld","reason":"held_for_human")"),
            std::string::npos);
}

TEST(LeakGate, AWithheldNarrativeIsNotQuotedInAField) {
  const std::string sentence = "La mujer del camión rojo nos llevó hasta el puente nuevo";
  const Referral referral =
      record({adult()}, {consent_json({.categories = grants({{"needs", "full"}})})},
             R"("narratives": [{"text": ")" + sentence + R"(. Luego nada.", "language": "es-MX"}])");
  EXPECT_FALSE(gate(referral, kVariety, "dijo: " + sentence).clean());
}

TEST(LeakGate, AFieldThatTheSchemaDoesNotKnowIsALeak) {
  EXPECT_FALSE(gate(needs_only(), "/persons/0/smuggled", "x").clean());
}

}  // namespace
}  // namespace hotline
