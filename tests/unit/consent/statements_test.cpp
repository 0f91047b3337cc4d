// The words that people agreed to are known by id, version, language and hash, and by nothing less.
#include "consent/statements.h"

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

constexpr const char* kId = "share-referral-services";
constexpr const char* kVersion = "2026.1";

const Statements& statements() {
  static const Statements loaded = *Statements::load(HOTLINE_ROOT);
  return loaded;
}

std::string hash_of(const char* language) {
  return statements().find(kId, kVersion, LanguageTag(language))->sha256;
}

bool holds(const std::string& id, const std::string& version, const char* language, const std::string& hash) {
  return statements().holds(id, version, LanguageTag(language), hash);
}

TEST(Statements, AreKnownByIdVersionLanguageAndHash) {
  EXPECT_TRUE(holds(kId, kVersion, "en", hash_of("en")));
  EXPECT_TRUE(holds(kId, kVersion, "es-MX", hash_of("es-MX")));
  EXPECT_TRUE(holds(kId, kVersion, "fr-CA", hash_of("fr-CA")));
}

TEST(Statements, OfTheSameLanguageInAnotherCountryAreTheSameWords) {
  EXPECT_TRUE(holds(kId, kVersion, "es-GT", hash_of("es-MX")));
  EXPECT_TRUE(holds(kId, kVersion, "en-CA", hash_of("en")));
}

TEST(Statements, ThatNobodyKnowsAreNotHeld) {
  EXPECT_FALSE(holds("share", kVersion, "en", hash_of("en")));
  EXPECT_FALSE(holds(kId, "2026.2", "en", hash_of("en")));
  EXPECT_FALSE(holds(kId, kVersion, "en", hash_of("es-MX")));
  EXPECT_FALSE(holds(kId, kVersion, "es-MX", hash_of("en")));
  EXPECT_FALSE(holds(kId, kVersion, "ht", hash_of("fr-CA")));
  EXPECT_FALSE(holds(kId, kVersion, "en", std::string(64, '0')));
  EXPECT_FALSE(holds(kId, kVersion, "en", ""));
}

TEST(Statements, AFolderWithoutAnyIsNoDataRoot) {
  EXPECT_FALSE(Statements::load(HOTLINE_ROOT "/tests"));
}

// The lint, with a hash function that can be followed: the text's length.
std::string length_of(std::string_view text) {
  return std::to_string(text.size());
}

class StatementsLint : public testing::Test {
 protected:
  std::vector<std::string> faults(const std::string& texts) {
    const std::string folder = home_.path("consent/statements");
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/one.json") << R"({"id": "one", "version": "1", "texts": [)" + texts + "]}";
    std::vector<std::string> out;
    for (const Fault& each : check_statements(home_.path(""), {"en", "es"}, length_of))
      out.push_back(each.pointer.substr(each.pointer.find('#') + 1) + " " + each.expected);
    return out;
  }
  static std::string text(const std::string& language, const std::string& words, const std::string& hash,
                          const std::string& status = "draft") {
    return R"({"language": ")" + language + R"(", "text": ")" + words + R"(", "sha256": ")" + hash +
           R"(", "status": ")" + status + R"("})";
  }
  test::TemporaryFolder home_;
};

using Faults = std::vector<std::string>;

TEST_F(StatementsLint, FindsNothingInWhatIsRight) {
  EXPECT_EQ(faults(text("en", "You decide.", "11") + "," + text("es", "Usted decide.", "13")), Faults{});
}

TEST_F(StatementsLint, FindsAMissingLanguage) {
  EXPECT_EQ(faults(text("en-CA", "You decide.", "11")), Faults{"/texts statement_language es"});
}

TEST_F(StatementsLint, FindsAChangedText) {
  EXPECT_EQ(faults(text("en", "You decide!!", "11") + "," + text("es", "Usted decide.", "13")),
            Faults{"/texts/0/sha256 statement_hash"});
}

TEST_F(StatementsLint, FindsATextTwiceAndAnUnknownStatus) {
  EXPECT_EQ(faults(text("en", "You decide.", "11") + "," + text("es", "Usted decide.", "13") + "," +
                   text("es", "Usted decide.", "13", "final")),
            (Faults{"/texts/2 statement_twice", "/texts/2/status draft, reviewed"}));
}

TEST_F(StatementsLint, FindsASentenceThatNobodyCanFollow) {
  const std::string fifteen = "You decide what we share and nobody else may say this in your own place.";
  EXPECT_EQ(faults(text("en", "Hello. " + fifteen, "79") + "," + text("es", "Usted decide.", "13")),
            Faults{"/texts/0/text sentence_long 14"});
}

TEST_F(StatementsLint, FindsAFolderWithoutTexts) {
  EXPECT_EQ(check_statements(home_.path("elsewhere"), {"en"}, length_of).size(), 1u);
}

}  // namespace
}  // namespace hotline
