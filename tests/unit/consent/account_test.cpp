// The person's account: what went to whom, until when, who opened it, what was stopped; in words for them.
#include "consent/account.h"

#include "consent/consent.h"
#include "tests/support/reading.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

const Catalog& catalog() {
  static const Catalog loaded = *Catalog::load(HOTLINE_ROOT);
  return loaded;
}

Instant at(const char* text) {
  return *parse_instant(text);
}

AccountEntry entry() {
  AccountEntry entry;
  entry.recipient = "Línea Nacional";
  entry.country = "MX";
  entry.when = at("2026-03-02T12:00:00Z");
  entry.until = at("2026-03-31T12:00:00Z");
  entry.shares = {{Category("needs"), Level::full},
                  {Category("identity"), Level::generalised},
                  {Category("health"), Level::withheld}};
  return entry;
}

std::string account(std::vector<AccountEntry> entries, const char* language = "en",
                    const char* now = "2026-03-10T00:00:00Z") {
  return account_text(std::move(entries), {at(now), "America/Chicago", LanguageTag(language), catalog()});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Account, TellsWhatWentToWhomAndUntilWhen) {
  EXPECT_EQ(account({entry()}),
            "What we shared about you\n\n"
            "On March 2, 2026, we shared this with Línea Nacional, in Mexico.\n"
            "Everything you told us about:\n- the help you need and your languages\n"
            "In general, no details:\n- who you are\n"
            "They have not told us whether they read it.\n"
            "They may keep it until March 31, 2026. Then they must delete it.\n\n"
            "You can stop any of this at any time. Tell any of the hotlines. You need no reason.\n");
}

TEST(Account, TellsWhoOpenedItOncePerDay) {
  AccountEntry opened = entry();
  opened.taken_at = {at("2026-03-04T12:00:00Z"), at("2026-03-03T12:00:00Z"), at("2026-03-03T15:00:00Z")};
  const std::string text = account({opened});
  const auto first = text.find(
      "They took it into their system on March 3, 2026.\n"
      "They took it into their system on March 4, 2026.\n");
  EXPECT_NE(first, text.npos) << text;
  EXPECT_FALSE(has(text, "have not told us"));
}

TEST(Account, TellsWhatWasStoppedAndWhatIsOutstanding) {
  AccountEntry stopped = entry();
  stopped.stopped_at = at("2026-03-05T12:00:00Z");
  EXPECT_TRUE(has(account({stopped}), "It was stopped on March 5, 2026.\nThey have not told us yet"));
  EXPECT_FALSE(has(account({stopped}), "They may keep it"));
  stopped.erased_at = at("2026-03-06T12:00:00Z");
  EXPECT_TRUE(has(account({stopped}), "They told us that they deleted it on March 6, 2026."));
  EXPECT_FALSE(has(account({stopped}), "not told us yet"));
}

TEST(Account, TellsWhatHasEndedByItself) {
  EXPECT_TRUE(has(account({entry()}, "en", "2026-04-02T00:00:00Z"), "ended on March 31, 2026."));
}

TEST(Account, TellsTheNewestFirst) {
  AccountEntry later = entry();
  later.when = at("2026-03-08T12:00:00Z");
  later.recipient = "Second";
  const std::string text = account({entry(), later});
  EXPECT_LT(text.find("Second"), text.find("Línea Nacional"));
}

TEST(Account, OfNothingIsAnAccountToo) {
  EXPECT_EQ(account({}, "es-MX"), "Lo que compartimos sobre usted\nNo hemos compartido nada sobre usted.\n");
}

// Days are those of the person's own calendar.
TEST(Account, TellsDaysWhereThePersonIs) {
  AccountEntry night = entry();
  night.when = at("2026-03-03T03:00:00Z");
  EXPECT_TRUE(has(account({night}, "fr-CA"),
                  "Le 2 mars 2026, nous avons partagé ceci avec Línea Nacional, au Mexique."));
}

TEST(Account, IsPlainInEveryLanguage) {
  AccountEntry long_one = entry();
  long_one.shares.clear();
  for (const Category& each : all_categories()) long_one.shares.push_back({each, Level::full});
  long_one.taken_at = {at("2026-03-03T12:00:00Z")};
  long_one.stopped_at = at("2026-03-05T12:00:00Z");
  for (const char* language : {"en", "es", "fr"}) {
    double figure = 0;
    const std::string text = account({entry(), long_one}, language);
    EXPECT_TRUE(test::is_plain_to_hear(text, language, &figure)) << language << " " << figure;
    RecordProperty(language, std::to_string(figure));
  }
}

}  // namespace
}  // namespace hotline
