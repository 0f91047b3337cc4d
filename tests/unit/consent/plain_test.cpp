// Plain enough to be heard once: every text that is read out to a person, measured in its own language.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "consent/consent.h"
#include "consent/sheet.h"
#include "consent/statements.h"
#include "i18n/language_tag.h"
#include "tests/support/reading.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

constexpr double kTwoMinutes = 120;

const Catalog& catalog() {
  static const Catalog loaded = *Catalog::load(HOTLINE_ROOT);
  return loaded;
}

void expect_plain(std::string_view text, const std::string& language) {
  double figure = 0;
  EXPECT_TRUE(test::is_plain_to_hear(text, language, &figure)) << language << " " << figure << ":\n" << text;
}

class InLanguage : public testing::TestWithParam<const char*> {};

TEST_P(InLanguage, TheStatementsArePlain) {
  const Statements statements = *Statements::load(HOTLINE_ROOT);
  for (const Statement& each : statements.all()) {
    if (base_language(each.language) != GetParam()) continue;
    double figure = 0;
    EXPECT_TRUE(test::is_plain_to_hear(each.text, GetParam(), &figure)) << each.id << " " << figure;
    RecordProperty(each.id, std::to_string(figure));
    EXPECT_LE(test::seconds_to_read_out(each.text, GetParam()), kTwoMinutes) << each.id;
  }
}

// Paragraphs alone, without the short lines of headings and lists that make any page look easy.
TEST_P(InLanguage, TheSentencesOfTheSheetArePlain) {
  const LanguageTag language(GetParam());
  std::string all;
  for (const std::string& key : catalog().keys()) {
    const bool read_out = key.rfind("sheet.", 0) == 0 && key.rfind("sheet.safe", 0) != 0 &&
                          key.rfind("sheet.staff", 0) != 0 && key.rfind("sheet.category", 0) != 0 &&
                          key != "sheet.draft" && key != "sheet.narrowed";
    const std::string text = catalog().text(
        key, language, {{"name", "Ana"}, {"code", "CA"}, {"country", "Canada"}, {"date", "May 5, 2026"}});
    if (read_out && text.find('.') != text.npos) all += text + "\n";
  }
  double figure = 0;
  EXPECT_TRUE(test::is_plain_to_hear(all, GetParam(), &figure)) << figure;
  RecordProperty("sentences", std::to_string(figure));
}

// Each reason by itself: a person hears one of them.
TEST_P(InLanguage, EveryReasonWhyNothingGoesIsPlain) {
  for (const std::string& key : catalog().keys()) {
    if (key.rfind("sheet.because.", 0) == 0 || key.rfind("sheet.change.", 0) == 0)
      expect_plain(catalog().text(key, LanguageTag(GetParam())), GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(All, InLanguage, testing::Values("en", "es", "fr"),
                         [](const auto& info) { return std::string(info.param); });

// All sixteen categories, at any mixture of levels, for every purpose and country: never longer than two
// minutes, never harder than allowed.
RC_GTEST_PROP(PlainSheet, IsReadOutInUnderTwoMinutesWhateverWasAgreed, ()) {
  std::vector<std::pair<std::string, std::string>> levels;
  for (const Category& each : all_categories())
    levels.emplace_back(each.get(), *rc::gen::elementOf(std::vector<std::string>{"withheld", "pseudonymised",
                                                                                 "generalised", "full"}));
  const Referral referral = record({adult()}, {consent_json({.categories = grants(levels)})});
  Decision decision = decided(referral);
  decision.purpose = Purpose(*rc::gen::elementOf(
      std::vector<std::string>{"services", "case_handoff", "emergency", "child_protection", "legal"}));
  Member recipient;
  recipient.id = MemberId("mx");
  recipient.country = *rc::gen::elementOf(std::vector<std::string>{"MX", "US", "CA", "GT"});
  recipient.name = "Línea y Chat Nacional contra la Trata de Personas (demostración)";
  recipient.time_zone = "America/Mexico_City";
  for (const char* language : {"en", "es-MX", "fr-CA"}) {
    const auto made = sheets(decision, {referral, recipient, World::get().policies, World::get().schema,
                                        catalog(), LanguageTag(language), LanguageTag("en")});
    const std::string text = read_aloud(made.front());
    const std::string base = base_language(LanguageTag(language));
    double figure = 0;
    const bool plain = test::is_plain_to_hear(text, base, &figure);
    const double seconds = test::seconds_to_read_out(text, base);
    RC_TAG(std::string(language) + (seconds > 110 ? " over 110 s" : " shorter"));
    RC_ASSERT(plain);
    RC_ASSERT(seconds < kTwoMinutes);
  }
}

}  // namespace
}  // namespace hotline
