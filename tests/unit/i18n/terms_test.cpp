// Words that wound are found where they stand, in every language and inflection, and nothing is changed.
#include "i18n/terms.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"
#include "tests/support/temporary_folder.h"

namespace hotline {
namespace {

const Terms& terms() {
  static const Terms loaded = *Terms::load(HOTLINE_ROOT);
  return loaded;
}

std::vector<std::string> found(const std::string& text, const char* language = "en",
                               TermScope scope = TermScope::free_text) {
  std::vector<std::string> out;
  const std::u32string points = to_utf32(text);
  for (const TermHit& each : terms().find(text, LanguageTag(language), scope))
    out.push_back(each.entry + " " + to_utf8(points.substr(each.start, each.end - each.start)));
  return out;
}

using Found = std::vector<std::string>;

TEST(Terms, AreFoundWithABetterOne) {
  const auto hits =
      terms().find("She was rescued by a neighbour.", LanguageTag("en-US"), TermScope::free_text);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits.front().start, 8u);
  EXPECT_EQ(hits.front().end, 15u);
  EXPECT_EQ(hits.front().entry, "en/12");
  EXPECT_EQ(hits.front().better, "helped to leave; supported; left");
  EXPECT_EQ(hits.front().kind, "H");
}

TEST(Terms, AreFoundInEveryInflectionAndSpelling) {
  EXPECT_EQ(found("RESCUING, rescuer; rescues"), (Found{"en/12 RESCUING", "en/12 rescuer", "en/12 rescues"}));
  EXPECT_EQ(found("Las prostitutas fueron rescatadas", "es-MX"),
            (Found{"es/1 prostitutas", "es/9 rescatadas"}));
  EXPECT_EQ(found("Une jeune FUGUEUSE, toxicomane", "fr-CA"), (Found{"fr/8 FUGUEUSE", "fr/25 toxicomane"}));
  EXPECT_EQ(found("sindrome de Estocolmo", "es"), Found{"es/32 sindrome de Estocolmo"});
  EXPECT_EQ(found("Why doesn’t she just leave?"), Found{"en/22 Why doesn’t she just leave"});
  EXPECT_EQ(found("main-d’œuvre étrangère bon marché", "fr"),
            Found{"fr/34 main-d’œuvre étrangère bon marché"});
}

TEST(Terms, OfWordsInsideEachOtherTheLongerCount) {
  EXPECT_EQ(found("child sex tourism"), Found{"en/11 child sex tourism"});
  EXPECT_EQ(found("child sex abuse"), Found{"en/10 child sex"});
  EXPECT_EQ(found("a sex slave"), Found{"en/16 sex slave"});
}

TEST(Terms, InsideOtherWordsAreNoTerms) {
  EXPECT_EQ(found("slavery, addictive, legalsillegals"), Found{});
  EXPECT_EQ(found("prostitución; los indicios; la rescatista", "es"), Found{});
}

TEST(Terms, CountCodePointsAndNotBytes) {
  const auto hits = terms().find("«Ñandú» 🦅 é rescató", LanguageTag("es"), TermScope::free_text);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits.front().start, 12u);
  EXPECT_EQ(hits.front().end, 19u);
}

// What somebody said, and what a law is called, is not for us to correct.
TEST(Terms, InQuotationMarksAndTitlesOfLawsAreNoHits) {
  EXPECT_EQ(found("He told her “you are a prostitute” and \"crazy\". She is crazy."), Found{"en/31 crazy"});
  EXPECT_EQ(found("Elle dit : « je suis une esclave ».", "fr"), Found{});
  EXPECT_EQ(found("Artículo 13: explotación de la prostitución ajena, delito de pornografía infantil", "es"),
            Found{});
  EXPECT_EQ(found("Había pornografía infantil.", "es"), Found{"es/4 pornografía infantil"});
  EXPECT_EQ(found("a public servant"), Found{});
  EXPECT_EQ(found("a mark that \" never closes, crazy"), Found{"en/31 crazy"});
}

TEST(Terms, ThatAreOnlyOftenWrongAreSuggestedToStaffAndNeverRefused) {
  EXPECT_EQ(found("They escaped at night."), Found{"en/15 escaped"});
  EXPECT_EQ(found("They escaped at night.", "en", TermScope::label), Found{});
}

TEST(Terms, ThatNobodyIsCalledToTheirFaceAreRefusedOnlyThere) {
  EXPECT_EQ(found("You are a victim.", "en", TermScope::to_person), Found{"en/17 victim"});
  EXPECT_EQ(found("Services for victims", "en", TermScope::label), Found{});
  EXPECT_EQ(found("las víctimas", "es", TermScope::to_person), Found{"es/13 víctimas"});
}

TEST(Terms, OfALanguageWithoutAFileAreNotGuessed) {
  EXPECT_EQ(found("rescue prostituta fugueuse", "ht"), Found{});
}

// Every entry of the data has at least one word that is found, in some scope, and names its source and class.
TEST(Terms, EveryEntryOfEveryLanguageIsFound) {
  std::size_t most = 0;
  for (const std::string& language : terms().languages()) {
    const Json file = *read_json_file(std::string(HOTLINE_ROOT) + "/i18n/terms/" + language + ".json");
    most = member(file, "entries")->Size();
    EXPECT_GE(most, 48u) << language;
    for (const JsonValue& entry : member(file, "entries")->GetArray()) {
      const std::string name = language + "/" + std::to_string(integer_at(entry, "id", 0));
      EXPECT_EQ(text_at(entry, "class").size(), 1u) << name;
      EXPECT_FALSE(text_at(entry, "source").empty()) << name;
      EXPECT_EQ(member(entry, "verified")->IsTrue(), text_at(entry, "source").find("gk") == std::string::npos)
          << name;
      for (const auto& [list, scope] : {std::pair<const char*, TermScope>{"refuse", TermScope::label},
                                        {"suggest", TermScope::free_text},
                                        {"to_person", TermScope::to_person}}) {
        const JsonValue* patterns = member(entry, list);
        if (patterns == nullptr) continue;
        for (const JsonValue& pattern : patterns->GetArray()) {
          // The first of each group of endings.
          std::string text(as_text(pattern));
          for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{')) {
            const std::size_t close = text.find('}');
            const std::string choices = text.substr(open + 1, close - open - 1);
            text.replace(open, close + 1 - open, choices.substr(0, choices.find(',')));
          }
          EXPECT_EQ(found("x " + text + " y", language.c_str(), scope).size(), 1u) << name << " " << text;
        }
      }
    }
  }
}

class BrokenTerms : public testing::Test {
 protected:
  std::string fault(const std::string& entry) {
    std::filesystem::create_directories(home_.path("i18n/terms"));
    std::ofstream(home_.path("i18n/terms/en.json")) << R"({"language": "en", "entries": [)" + entry + "]}";
    const auto loaded = Terms::load(home_.path());
    return loaded ? "none" : loaded.error().pointer;
  }
  test::TemporaryFolder home_;
};

TEST_F(BrokenTerms, AreRefusedWithTheirPlace) {
  EXPECT_EQ(fault(R"({"id": 1, "better": "person", "refuse": ["word{,s}"]})"), "none");
  EXPECT_EQ(fault(R"({"id": 1, "refuse": ["word"]})"), "i18n/terms/en.json#/entries/0/better");
  EXPECT_EQ(fault(R"({"id": 1, "better": "person", "refuse": ["word{,s"]})"),
            "i18n/terms/en.json#/entries/0/refuse/0");
  EXPECT_EQ(fault(R"({"id": 1, "better": "person"})"), "i18n/terms/en.json#/entries/0");
}

// Text that is made to be slow: every word begins the longest phrase, and every quotation mark opens.
TEST(Terms, AreFoundInALongTextWithoutLookingBack) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "why don't she why doesn't \" « “ ";
  EXPECT_LE(terms().find(text, LanguageTag("en"), TermScope::free_text).size(), 20000u);
}

}  // namespace
}  // namespace hotline
