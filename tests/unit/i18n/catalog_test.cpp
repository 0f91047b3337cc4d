#include "i18n/catalog.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace hotline {
namespace {

const Catalog& ours() {
  static const Catalog catalog = *Catalog::load(HOTLINE_ROOT);
  return catalog;
}

// A data root with just these catalogs.
class OwnRoot : public testing::Test {
 protected:
  OwnRoot() { std::filesystem::create_directories(root_ + "/i18n/catalogs"); }
  void write(const std::string& file, const std::string& text) {
    std::ofstream(root_ + "/i18n/catalogs/" + file) << text;
  }

 private:
  const test::TemporaryFolder folder_;

 protected:
  const std::string root_ = folder_.path();
};

TEST(Catalog, OursIsComplete) {
  for (const auto& fault : ours().lint()) ADD_FAILURE() << fault.pointer << ": " << fault.expected;
}

TEST(Catalog, SaysEveryErrorInEveryLanguage) {
  for (const char* language : {"en-US", "fr-CA", "es-MX"}) {
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
      for (const char* expected : {"", "X"}) {
        const auto said = describe(ours(), static_cast<ErrorCode>(i), "/a", expected, LanguageTag{language});
        EXPECT_EQ(said.title.find_first_of("{}"), std::string::npos) << said.title;
        EXPECT_EQ(said.detail.find_first_of("{}"), std::string::npos) << said.detail;
        EXPECT_FALSE(said.detail.starts_with("error.")) << said.detail;
      }
    }
  }
}

TEST(Catalog, HasWordsOfItsOwnForSomeSituations) {
  const auto no_gateway = describe(ours(), ErrorCode::store_unavailable, "", "serve", LanguageTag{"en"});
  const auto no_disk = describe(ours(), ErrorCode::store_unavailable, "", "gateway.db", LanguageTag{"en"});
  EXPECT_EQ(no_gateway.title, "No gateway is running here");
  EXPECT_NE(no_gateway.detail, no_disk.detail);
}

TEST(Catalog, NamesCategoriesLevelsAndPurposes) {
  for (const char* key :
       {"category.identity", "category.case_admin", "level.withheld", "purpose.child_protection"}) {
    EXPECT_TRUE(ours().has(key, LanguageTag{"es-MX"})) << key;
  }
  EXPECT_EQ(ours().text("level.withheld", LanguageTag{"fr-CA"}), "non partagé");
  EXPECT_EQ(ours().text("level.withheld", LanguageTag{"nhe"}), "not shared");
  EXPECT_EQ(ours().text("no.such.key", LanguageTag{"en"}), "no.such.key");
}

TEST_F(OwnRoot, FormatsPluralsAndChoicesByTheLanguage) {
  write("en.json",
        R"({"n":{"text":"{count, plural, one {# person} other {# people}} for {who}","status":"draft"}})");
  write(
      "es.topic.json",
      R"({"n":{"text":"{count, plural, one {# persona} other {# personas}} para {who}","status":"draft"}})");
  const auto catalog = Catalog::load(root_);
  ASSERT_TRUE(catalog.has_value());
  EXPECT_EQ(catalog->text("n", LanguageTag{"es-MX"}, {{"count", 1}, {"who", "Ana"}}), "1 persona para Ana");
  EXPECT_EQ(catalog->text("n", LanguageTag{"en"}, {{"count", 5}, {"who", "Ana"}}), "5 people for Ana");
}

TEST_F(OwnRoot, LintFindsWhatDiffersBetweenLanguages) {
  write(
      "en.json",
      R"({"a":{"text":"{x}","status":"draft"},"b":{"text":"b","status":"done"},"c":{"text":"c","status":"draft"}})");
  write(
      "fr.json",
      R"({"a":{"text":"{y}","status":"draft"},"b":{"text":"b","status":"draft"},"c":{"text":"l'{x}","status":"draft"}})");
  write("es.json", R"({"a":{"text":"{x}","status":"draft"},"b":{"text":"b","status":"draft"}})");
  std::vector<std::string> found;
  for (const auto& fault : Catalog::load(root_)->lint()) {
    if (fault.expected.find(" error.") == std::string::npos)
      found.push_back(fault.pointer + " " + fault.expected);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"/a i18n/catalogs/fr.json arguments_differ",
                                             "/b i18n/catalogs/en.json status_missing",
                                             "/c i18n/catalogs/fr.json apostrophe_before_argument",
                                             " i18n/catalogs/es.json text_missing c"}));
}

TEST_F(OwnRoot, RefusesAKeyThatStandsTwiceAndAMessageThatIcuRefuses) {
  write("en.json", R"({"a":{"text":"a","status":"draft"}})");
  write("en.more.json", R"({"a":{"text":"a","status":"draft"}})");
  EXPECT_EQ(Catalog::load(root_).error().code, ErrorCode::data_invalid);
  write("en.more.json", R"({"b":{"text":"{broken","status":"draft"}})");
  const auto broken = Catalog::load(root_);
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().pointer, "/b");
  EXPECT_EQ(broken.error().expected, "i18n/catalogs/en.more.json message_not_understood");
}

}  // namespace
}  // namespace hotline
