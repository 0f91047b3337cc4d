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
  return sheet_text(decided(referral), referral, mexico, World::get().policies, LanguageTag(language),
                    catalog);
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

TEST(Sheet, TellsTheLimitsOfTheReceivingCountryAndHowToStop) {
  const std::string text = sheet("es-MX", {consent_json({})});
  EXPECT_TRUE(has(text, "puede tener que denunciarlo"));
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
