#include "i18n/language_tag.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

std::vector<std::string> chain(const char* tag) {
  std::vector<std::string> tags;
  for (const auto& each : fallback_chain(LanguageTag{tag})) tags.push_back(each.get());
  return tags;
}

TEST(LanguageTags, AreMadeCanonical) {
  EXPECT_EQ(parse_language("ES_mx")->get(), "es-MX");
  EXPECT_EQ(parse_language("zh-hans")->get(), "zh-Hans");
  EXPECT_EQ(parse_language("es-419")->get(), "es-419");
}

TEST(LanguageTags, KeepTheLanguagesOfOurCallers) {
  for (const char* tag : {"nhe", "yua", "xtn", "zap", "mam", "ht", "cmn", "yue", "fil", "tl", "ase", "fcs",
                          "mfs", "cr", "iu", "oj", "pt-BR", "pa-Guru"}) {
    ASSERT_TRUE(parse_language(tag).has_value()) << tag;
    EXPECT_EQ(parse_language(tag)->get(), tag);
  }
}

TEST(LanguageTags, ThatAreNoneAreRefused) {
  for (const char* text :
       {"", "e", "xx", "english", "es-ZZZZZZZZZ", "es--MX", "und", "en-QX", "12", "es MX"}) {
    ASSERT_FALSE(parse_language(text).has_value()) << text;
    EXPECT_EQ(parse_language(text).error().code, ErrorCode::language_unknown);
  }
}

TEST(Fallback, GoesFromTheNearestToEnglish) {
  EXPECT_EQ(chain("es-MX"), (std::vector<std::string>{"es-MX", "es-419", "es", "en"}));
  EXPECT_EQ(chain("es-ES"), (std::vector<std::string>{"es-ES", "es", "en"}));
  EXPECT_EQ(chain("fr-CA"), (std::vector<std::string>{"fr-CA", "fr", "en"}));
  EXPECT_EQ(chain("nhe"), (std::vector<std::string>{"nhe", "en"}));
  EXPECT_EQ(chain("en-US"), (std::vector<std::string>{"en-US", "en"}));
}

TEST(PickLanguage, HonoursOrderQualityAndExclusion) {
  const std::vector<LanguageTag> ours = {LanguageTag{"en"}, LanguageTag{"fr"}, LanguageTag{"es"}};
  EXPECT_EQ(pick_language("fr-CA,fr;q=0.9,en;q=0.8", ours).get(), "fr");
  EXPECT_EQ(pick_language("en;q=0.2, es-MX;q=0.7", ours).get(), "es");
  EXPECT_EQ(pick_language("nhe, es;q=0.5", ours).get(), "es");
  EXPECT_EQ(pick_language("en;q=0, *", ours).get(), "fr");
  EXPECT_EQ(pick_language("", ours).get(), "en");
  EXPECT_EQ(pick_language(";;;q=,,x", ours).get(), "en");
}

TEST(LanguageNames, AreSaidInTheReadersLanguage) {
  EXPECT_EQ(language_name(LanguageTag{"ht"}, LanguageTag{"en"}), "Haitian Creole");
  EXPECT_EQ(language_name(LanguageTag{"es"}, LanguageTag{"fr"}), "espagnol");
}

}  // namespace
}  // namespace hotline
