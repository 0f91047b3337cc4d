#include "i18n/codes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace hotline {
namespace {

const CodeSystems& ours() {
  static const CodeSystems systems = *CodeSystems::load(HOTLINE_ROOT);
  return systems;
}

TEST(CodeSystems, AreTheTwelveWithTheirCodes) {
  EXPECT_EQ(ours().systems().size(), 12u);
  EXPECT_EQ(ours().codes("exploitation_type").size(), 51u);
  EXPECT_EQ(ours().codes("referral_status").front(), "draft");
  EXPECT_TRUE(ours().has("need_service", "emergency_shelter"));
  EXPECT_FALSE(ours().has("need_service", "draft"));
  EXPECT_FALSE(ours().has("no_such_system", "draft"));
  EXPECT_TRUE(ours().codes("no_such_system").empty());
}

TEST(CodeSystems, LabelEveryCodeInEveryLanguage) {
  for (const auto& system : ours().systems()) {
    for (const auto& code : ours().codes(system)) {
      for (const char* language : {"en-US", "fr-CA", "es-MX"}) {
        const auto label = ours().label(system, code, LanguageTag{language});
        ASSERT_TRUE(label.has_value()) << system << ' ' << code;
        EXPECT_EQ(label->find('\''), std::string::npos) << *label;
      }
    }
  }
  EXPECT_EQ(*ours().label("contact_channel", "web_chat", LanguageTag{"fr-CA"}), "Clavardage");
  EXPECT_EQ(*ours().label("contact_channel", "web_chat", LanguageTag{"nhe"}), "Web chat");
  EXPECT_FALSE(ours().label("contact_channel", "pigeon", LanguageTag{"en"}).has_value());
}

TEST(CodeSystems, KnowTheWiderCodeAndFurtherFacts) {
  EXPECT_EQ(*ours().parent("exploitation_type", "forced_scam_work"), "forced_criminality");
  EXPECT_FALSE(ours().parent("exploitation_type", "forced_labour").has_value());
  EXPECT_EQ(ours().property("legal_basis", "court_or_statute_compelled", "decision"), "hold_human");
  EXPECT_EQ(ours().property("legal_basis", "court_or_statute_compelled", "none"), "");
}

// The domain's list has 342 codes; what was never seen in a public source says so.
TEST(CodeSystems, SayWhereEveryCodeComesFrom) {
  std::size_t codes = 0;
  std::size_t seen = 0;
  for (const auto& system : ours().systems()) {
    for (const auto& code : ours().codes(system)) {
      ++codes;
      EXPECT_FALSE(ours().property(system, code, "source").empty()) << system << ' ' << code;
      if (ours().property(system, code, "ev") == "found") ++seen;
    }
  }
  EXPECT_EQ(codes, 342U);
  EXPECT_GT(seen, 200U);
  EXPECT_EQ(ours().property("legal_basis", "deny_onward_transfer", "ev"), "general");
}

TEST(CodeSystems, RefuseACodeThatSaysNotWhereItComesFrom) {
  const std::vector<std::pair<const char*, const char*>> said = {
      {R"("ev":"general","status":"draft")", "/codes/0/source"},
      {R"("source":"x","ev":"heard","status":"draft")", "/codes/0/ev"},
      {R"("source":"x","ev":"found","status":"done")", "/codes/0/status"}};
  for (const auto& [rest, place] : said) {
    const test::TemporaryFolder folder;
    const std::string root = folder.path();
    std::filesystem::create_directories(root + "/i18n/codes");
    std::ofstream(root + "/i18n/codes/s.json")
        << R"({"system":"s","codes":[{"code":"a","labels":{"en":"x","fr":"x","es":"x"},)" << rest << "}]}";
    const auto loaded = CodeSystems::load(root);
    ASSERT_FALSE(loaded) << place;
    EXPECT_EQ(loaded.error().pointer, place);
  }
}

TEST(CodeSystems, RefuseACircleOfParents) {
  const test::TemporaryFolder folder;
  const std::string root = folder.path();
  std::filesystem::create_directories(root + "/i18n/codes");
  const std::string labels =
      R"("labels":{"en":"x","fr":"x","es":"x"},"source":"own term","ev":"general","status":"draft"})";
  const std::string file = root + "/i18n/codes/s.json";
  std::ofstream(file) << R"({"system":"s","codes":[{"code":"a","parent":"b",)" << labels
                      << R"(,{"code":"b","parent":"a",)" << labels << "]}";
  EXPECT_EQ(CodeSystems::load(root).error().code, ErrorCode::data_invalid);
  std::ofstream(file) << R"({"system":"s","codes":[{"code":"a",)" << labels << R"(,{"code":"b","parent":"a",)"
                      << labels << "]}";
  EXPECT_TRUE(CodeSystems::load(root).has_value());
}

}  // namespace
}  // namespace hotline
