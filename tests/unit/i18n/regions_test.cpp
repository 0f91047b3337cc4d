#include "i18n/regions.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

const Regions& ours() {
  static const Regions regions = *Regions::load(HOTLINE_ROOT);
  return regions;
}

TEST(Countries, AreTheAssignedCodes) {
  for (const char* code : {"US", "CA", "MX", "HT", "GT"}) EXPECT_TRUE(is_country(code)) << code;
  for (const char* code : {"", "us", "XX", "USA"}) EXPECT_FALSE(is_country(code)) << code;
  EXPECT_EQ(country_name("HT", LanguageTag{"fr-CA"}), "Haïti");
  EXPECT_EQ(parse_country("Estados Unidos"), "US");
  EXPECT_EQ(parse_country("méxico"), "MX");
  EXPECT_EQ(parse_country("EE. UU."), "US");
  EXPECT_EQ(parse_country("Atlantis"), std::nullopt);
}

TEST(Subdivisions, AreTheWholeList) {
  EXPECT_EQ(ours().codes("US").size(), 57u);
  EXPECT_EQ(ours().codes("CA").size(), 13u);
  EXPECT_EQ(ours().codes("MX").size(), 32u);
  EXPECT_TRUE(ours().has("MX-OAX"));
  EXPECT_EQ(ours().name("CA-QC", LanguageTag{"fr-CA"}), "Québec");
  EXPECT_EQ(ours().name("US-LA", LanguageTag{"es-MX"}), "Luisiana");
  EXPECT_EQ(ours().abbreviation("CA-ON"), "Ont.");
}

TEST(Subdivisions, AreReadWithinTheirCountryOnly) {
  const std::vector<std::array<const char*, 3>> inputs = {
      {"CA", "US", "US-CA"},         {"BC", "CA", "CA-BC"},           {"B.C.", "MX", "MX-BCN"},
      {"NL", "CA", "CA-NL"},         {"N.L.", "MX", "MX-NLE"},        {"QUE", "CA", "CA-QC"},
      {"PQ", "CA", "CA-QC"},         {"QUE", "MX", "MX-QUE"},         {"MX-DIF", "MX", "MX-CMX"},
      {"D.F.", "MX", "MX-CMX"},      {"DF", "MX", "MX-CMX"},          {"cdmx", "MX", "MX-CMX"},
      {"michoacan", "MX", "MX-MIC"}, {"Chis.", "MX", "MX-CHP"},       {"Chihuahua", "MX", "MX-CHH"},
      {"Ontario", "CA", "CA-ON"},    {"Nuevo México", "US", "US-NM"}, {"Colombie-Britannique", "CA", "CA-BC"},
      {"Édo. Méx.", "MX", "MX-MEX"}, {"US-TX", "US", "US-TX"}};
  for (const auto& [text, country, code] : inputs) {
    const auto parsed = ours().parse_subdivision(text, country);
    ASSERT_TRUE(parsed.has_value()) << text;
    EXPECT_EQ(*parsed, code) << text;
  }
  EXPECT_EQ(ours().parse_subdivision("Ontario", "US").error().code, ErrorCode::code_unknown);
  EXPECT_EQ(ours().parse_subdivision("", "MX").error().code, ErrorCode::code_unknown);
}

TEST(Subdivisions, EveryCodeAndNameReadsBack) {
  for (const char* country : {"US", "CA", "MX"}) {
    for (const auto& code : ours().codes(country)) {
      EXPECT_EQ(*ours().parse_subdivision(code, country), code);
      for (const char* language : {"en", "fr", "es"}) {
        EXPECT_EQ(*ours().parse_subdivision(ours().name(code, LanguageTag{language}), country), code);
      }
    }
  }
}

}  // namespace
}  // namespace hotline
