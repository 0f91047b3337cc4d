// The sheet says what the decision says, in plain words, in the person's language.
#include "consent/sheet.h"

#include "consent/check.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

std::string sheet(const std::string& language, const std::vector<std::string>& consents) {
  static const Catalog catalog = *Catalog::load(HOTLINE_ROOT);
  Member mexico;
  mexico.id = MemberId("mx");
  mexico.name = "Línea Nacional";
  mexico.country = "MX";
  mexico.time_zone = "America/Mexico_City";
  const Referral referral = record({adult()}, consents);
  return sheet_text(decided(referral), referral, mexico, World::get().policies, World::get().schema,
                    LanguageTag(language), catalog);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Sheet, SaysWhatWithWhomWhyAndUntilWhen) {
  const std::string text =
      sheet("en", {consent_json({.categories = grants({{"needs", "full"}, {"identity", "generalised"}})})});
  EXPECT_TRUE(has(text, "For Yoli"));
  EXPECT_TRUE(has(text, "- the help you need and your languages: everything you told us about it"));
  EXPECT_TRUE(has(text, "- your name and who you are: only in general, without details"));
  EXPECT_TRUE(has(text, "- your papers and your right to stay\n"));
  EXPECT_TRUE(has(text, "Línea Nacional, in Mexico"));
  EXPECT_TRUE(has(text, "until March 31, 2026"));
}

// Somebody who chose single fields hears which, in words and not in the names that a schema has for them.
TEST(Sheet, NamesTheFieldsThatThePersonChose) {
  const std::string chosen = consent_json(
      {.categories = R"([{"category": "needs", "level": "full"}, {"category": "identity", "level": "full",
          "fields": ["identity/called_name", "identity/age_band"]}])"});
  EXPECT_TRUE(has(sheet("en-US", {chosen}), "who you are: only what you chose: Age group, Name to use\n"));
  EXPECT_TRUE(has(sheet("fr-CA", {chosen}),
                  "seulement ce que vous avez choisi\u00a0: Tranche d’âge, Nom à employer\n"));
  EXPECT_TRUE(
      has(sheet("es-MX", {chosen}), "solo lo que usted eligió: Grupo de edad, Cómo quiere que le llamen\n"));
}

// Also what stands inside a list, and what no field is called: nothing that was chosen goes unsaid.
TEST(Sheet, NamesEveryPathThatThePersonChose) {
  const std::string chosen = consent_json({.categories = R"([{"category": "family", "level": "full",
      "fields": ["/persons/*/family/relatives/*/phone", "family/cat"]}])"});
  EXPECT_TRUE(has(sheet("en", {chosen}), "only what you chose: Family and loved ones, Relative’s phone\n"));
}

TEST(Sheet, TellsTheLimitsOfTheReceivingCountryAndHowToStop) {
  const std::string text = sheet("es-MX", {consent_json({})});
  EXPECT_TRUE(has(text, "puede tener la obligación de denunciarlo"));
  EXPECT_TRUE(has(text, "Cómo detenerlo"));
  EXPECT_TRUE(has(text, "31 de marzo de 2026"));
}

TEST(Sheet, SaysThatItsTranslationIsADraft) {
  EXPECT_TRUE(has(sheet("fr-CA", {consent_json({})}), "ébauche"));
}

TEST(Sheet, WhenNothingWouldGoSaysSoAndWhy) {
  const std::string text = sheet("en", {});
  EXPECT_TRUE(has(text, "We would share nothing about you."));
  EXPECT_TRUE(has(text, World::get().policies.rule(RuleId("base.consent.none"))->en));
}

TEST(Sheet, HoldsNoValueOfTheRecordButTheChosenName) {
  const std::string text = sheet("en", {consent_json({})});
  for (const char* value : {"Quintanilla", "5550147", "Amarillo", "Grandview"})
    EXPECT_FALSE(has(text, value)) << value;
}

TEST(ConsentData, IsComplete) {
  for (const Fault& each : check_consent_data(HOTLINE_ROOT))
    ADD_FAILURE() << each.pointer << ": " << each.expected;
}

TEST(ConsentData, MissingLexiconsAreFound) {
  EXPECT_FALSE(check_consent_data(HOTLINE_ROOT "/tests").empty());
}

}  // namespace
}  // namespace hotline
