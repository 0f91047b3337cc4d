// Fields in somebody's own words: a category was granted, not everybody and everything that is mentioned in
// it.
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

// A woman who lets her needs go and nothing else, with these words as the only condition of the first need.
Referral with_condition(const std::string& words, const std::string& categories = "") {
  std::string person = adult();
  const std::string need = R"({"need": {"code": "emergency_shelter"})";
  person.replace(person.find(need), need.size(), need + R"(, "constraints": [")" + words + R"("])");
  return record({person},
                {consent_json({.categories = categories.empty() ? grants({{"needs", "full"}}) : categories})},
                R"("caller": {"name": "Prudence Whitlock", "phone": "+12025550199"},
                   "case": {"worker": {"name": "Odalys Fairweather"}, "source_record": "CASE-778812"})");
}

std::string condition(const Json& disclosure) {
  const JsonValue* words = resolve_pointer(disclosure, "/referral/persons/0/needs/items/0/constraints/0");
  return words == nullptr ? "" : std::string(as_text(*words));
}
// What the receiver reads; "refused" when the send is.
std::string received(const Referral& referral) {
  const auto out = disclosed(referral, decided(referral));
  if (!out) return out.error().code == ErrorCode::leak_found ? "refused" : "broken";
  return condition(*parse_json(out->front().bytes()));
}

TEST(OwnWords, GoAsTheyAreWhenNobodyIsInThem) {
  for (const char* words : {"un cuarto con llave", "planta baja, sin escaleras", "cerca del mercado",
                            "30 días", "a room with a lock, 2 beds", "près d'une école"}) {
    EXPECT_EQ(received(with_condition(words)), words);
  }
}

TEST(OwnWords, DoNotGrantWhatTheyRepeat) {
  for (const char* words :
       {"Grandview", "lejos de Grandview", "Quintanilla", "Amarillo", "no con Zaldivar", "con Ximena",
        "CASE-778812", "injured left shoulder", "1200 Juniper Street", "Whitlock", "pregunten por Odalys"}) {
    EXPECT_EQ(received(with_condition(words)), "refused") << words;
  }
}

TEST(OwnWords, CarryNobodysNumber) {
  EXPECT_EQ(received(with_condition("llamar al (202) 555-0123")), "llamar al [teléfono 1]");
  EXPECT_EQ(received(with_condition("o al +1 202.555.0147")), "o al [teléfono 1]") << "her own, not granted";
  EXPECT_EQ(received(with_condition("escribir a vecina@correo.example")), "escribir a [correo 1]");
  EXPECT_EQ(received(with_condition("CURP PUEX900101MDFRJC06")), "CURP [número 1]");
  EXPECT_EQ(received(with_condition("CLABE 002 180 0000 0000 0012")).find("0012"), std::string::npos);
}

TEST(OwnWords, KeepANumberThatTheDisclosureHolds) {
  const Referral referral =
      with_condition("solo al 202 555 0147", grants({{"needs", "full"}, {"contact", "full"}}));
  EXPECT_EQ(received(referral), "solo al 202 555 0147");
}

TEST(OwnWords, NameNoRelativeAndNoEmployerBehindATellingWord) {
  EXPECT_EQ(received(with_condition("con su hermana Gertrudis")), "con su hermana [persona 1]");
  EXPECT_EQ(received(with_condition("lejos de la granja de los Thornbury")),
            "lejos de la granja de los [empleador 1]");
  EXPECT_EQ(received(with_condition("away from Thornbury's farm")), "away from [empleador 1]");
  EXPECT_EQ(received(with_condition("pas chez Thornbury")), "pas chez [empleador 1]");
}

// Situations 4 and 11: in any wording, in any language, in any field.
TEST(OwnWords, NeitherImmigrationNorOrientationComesOutByTheWay) {
  for (const char* words :
       {"closed work permit", "permis fermé", "sans statut", "no tiene papeles", "she overstayed",
        "out of status", "sin documentos", "en situation irrégulière", "visa vencida", "safe for a gay man",
        "con su novia, es lesbiana", "refuge pour femmes trans"}) {
    EXPECT_EQ(received(with_condition(words)), "[no se comparte]") << words;
  }
  EXPECT_EQ(
      received(with_condition("closed work permit", grants({{"needs", "full"}, {"immigration", "full"}}))),
      "closed work permit");
}

TEST(OwnWords, WhatACodeWasCalledAtHomeDoesNotTellEither) {
  std::string person = adult();
  const std::string label = "Carnival work";
  person.replace(person.find(label), label.size(), "Carnival, tied work permit");
  const auto sectors = [&](const std::vector<std::pair<std::string, std::string>>& levels) {
    const Referral referral = record({person}, {consent_json({.categories = grants(levels)})});
    const Json document = std::move(*parse_json(disclosed(referral, decided(referral))->front().bytes()));
    return to_text(*resolve_pointer(document, "/referral/persons/0/employment/sectors"));
  };
  EXPECT_EQ(sectors({{"employment", "full"}}), R"([{"code":"carnival","relation":"wider"}])");
  EXPECT_NE(sectors({{"employment", "full"}, {"immigration", "full"}}).find("tied work permit"),
            std::string::npos);
}

TEST(OwnWords, NoBirthdayHoweverItIsWritten) {
  for (const char* words :
       {"3 de mayo", "03/05/1991", "tres de mayo", "trois mai", "May third", "the third of May"}) {
    EXPECT_NE(received(with_condition(words)), words);
  }
}

// Situation 1: two of four go, in different ways.
class Split : public ::testing::Test {
 protected:
  static std::string worker(const std::string& id, const std::string& condition) {
    return R"({"id": ")" + id + R"(", "needs": {"items": [{"need": {"code": "food"}, "constraints": [")" +
           condition + R"("]}]}})";
  }
  static std::vector<Disclosure> sent(const std::string& condition, const std::string& more = "") {
    const Referral crew =
        record({worker("a1", condition), worker("a2", "agua")},
               {consent_json({.person = "a1", .id = "grant-of-a1"}),
                consent_json({.person = "a2",
                              .id = "grant-of-a2",
                              .categories = grants({{"needs", "full"}, {"narrative", "full"}})})},
               more);
    return std::move(*disclosed(crew, decided(crew)));
  }
};

TEST_F(Split, NoFieldCountsThoseWhoStayBehind) {
  for (const char* words : {"the five of us together", "los cinco juntos", "somos 5", "éramos cinco",
                            "nous étions cinq", "with the rest of the crew", "otros cuatro compañeros",
                            "nosotros tres", "crew of five", "avec les autres", "the 5 workers"}) {
    EXPECT_EQ(condition(*parse_json(sent(words).front().bytes())), "[no se comparte]") << words;
  }
  EXPECT_EQ(condition(*parse_json(sent("una cama grande").front().bytes())), "una cama grande");
}

// Situation 12: before their mother signs, nobody learns that there are children.
TEST_F(Split, TheNumberOfChildrenDoesNotCountThoseWhoStayBehind) {
  const auto family_of = [](const std::string& child_consent) {
    const Referral family = record(
        {R"({"id": "p1", "family": {"relations": [{"person": "p2", "relation": "hijo"}], "children_count": 2},
             "needs": {"items": [{"need": {"code": "food"}}]}})",
         R"({"id": "p2", "needs": {"items": [{"need": {"code": "food"}}]}})"},
        {consent_json({}), child_consent});
    return std::move(disclosed(family, decided(family))->front());
  };
  EXPECT_EQ(family_of(consent_json({.person = "p2", .id = "c2", .overrides = R"({"state": "refused"})"}))
                .bytes()
                .find("children_count"),
            std::string::npos);
  EXPECT_NE(family_of(consent_json({.person = "p2", .id = "c2"})).bytes().find("children_count"),
            std::string::npos);
}

TEST_F(Split, ConsentsOfOneSittingDoNotEndAtOneSecond) {
  for (const Disclosure& each : sent("agua")) {
    EXPECT_EQ(format_instant(each.until()), "2026-03-31T00:00:00Z");
    EXPECT_EQ(each.bytes().find("12:00:00"), std::string::npos);
  }
}

TEST_F(Split, ThatThereIsANarrativeIsNotToBeSeen) {
  const auto marks = [](const Disclosure& one) {
    const Json document = std::move(*parse_json(one.bytes()));
    return to_text(*resolve_pointer(document, "/referral/withheld"));
  };
  const auto with = sent("agua", R"("narratives": [{"text": "Quiere volver.", "language": "es-MX"}])");
  const auto without = sent("agua");
  EXPECT_EQ(marks(with[0]), marks(without[0]));
  EXPECT_EQ(marks(with[1]), marks(without[1]));
}

TEST(OwnWords, TheReceiversOwnHoursAreNeverSent) {
  std::string person = adult();
  const std::string allowed = R"("contact_allowed": "yes")";
  person.replace(
      person.find(allowed), allowed.size(),
      allowed + R"(, "local_windows": [{"from": "10:00", "to": "11:00", "time_zone": "America/Toronto"}])");
  const Referral referral = record({person}, {consent_json({})});
  const auto out = disclosed(referral, decided(referral));
  EXPECT_EQ(out->front().bytes().find("America/Toronto"), std::string::npos);
}

}  // namespace
}  // namespace hotline
