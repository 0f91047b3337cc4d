// A field of the canonical record explains itself: in three languages, and in the words of two standards.
#include "config/annotations.h"

#include <gtest/gtest.h>

#include "config/check.h"
#include "config/schema.h"
#include "i18n/codes.h"
#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

constexpr const char* kSchema = "config/schema/referral.schema.json";
constexpr const char* kName = "/properties/persons/items/properties/identity/properties/called_name";

const Schema& referral() {
  static const CodeSystems codes = CodeSystems::load(HOTLINE_ROOT).value();
  static const Schema schema = Schema::load(std::string(HOTLINE_ROOT) + "/" + kSchema, &codes).value();
  return schema;
}

std::vector<std::string> places(const JsonValue& schema) {
  std::vector<std::string> pointers;
  for (const Fault& fault : annotation_faults(schema)) pointers.push_back(fault.pointer);
  return pointers;
}

struct Case {
  const char* why;
  std::string at;
  const char* value;
  std::string place;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.why;
}

class AnnotationMissingTest : public testing::TestWithParam<Case> {};

TEST_P(AnnotationMissingTest, IsRefusedByCheckAtItsPlace) {
  DataRoot root;
  root.set(kSchema, GetParam().at, GetParam().value);
  const auto report = check_data(root.path());
  ASSERT_TRUE(report);
  ASSERT_EQ(report->problems.size(), 1U);
  EXPECT_EQ(report->problems.front().file, kSchema);
  EXPECT_EQ(report->problems.front().pointer, GetParam().place);
}

// A new field that says everything but one thing.
std::string without(const std::string& keyword) {
  Json field = parse_json(R"({"type": "string", "x-generalise": "drop", "x-htcds": "none", "x-fhir": "none",
      "x-title": {"en": "a", "fr": "b", "es": "c"}, "x-description": {"en": "a", "fr": "b", "es": "c"}})")
                   .value();
  field.RemoveMember(keyword.c_str());
  return to_text(field);
}

TEST(Annotations, ANewFieldHasToSayEverything) {
  const std::string where = "/properties/persons/items/properties/needs/properties/colour";
  for (const char* keyword : {"x-title", "x-description", "x-htcds", "x-fhir", "x-generalise"}) {
    DataRoot root;
    root.set(kSchema, where, without(keyword));
    const auto report = check_data(root.path());
    ASSERT_TRUE(report);
    ASSERT_EQ(report->problems.size(), 1U) << keyword;
    EXPECT_EQ(report->problems.front().pointer, where + "/" + keyword);
  }
  DataRoot root;
  root.set(kSchema, where, without("nothing"));
  EXPECT_TRUE(check_data(root.path())->clean());
}

TEST(Annotations, ANewSectionNeedsACategory) {
  DataRoot root;
  root.set(kSchema, "/properties/colour", without("nothing"));
  const auto report = check_data(root.path());
  ASSERT_TRUE(report);
  ASSERT_FALSE(report->clean());
  EXPECT_EQ(report->problems.front().expected, "x-category in referral.schema.json");
}

INSTANTIATE_TEST_SUITE_P(
    OneAtATime, AnnotationMissingTest,
    testing::Values(Case{"a title in French", std::string(kName) + "/x-title", R"({"en": "a", "es": "b"})",
                         std::string(kName) + "/x-title/fr"},
                    Case{"an empty description in Spanish", std::string(kName) + "/x-description/es", R"("")",
                         std::string(kName) + "/x-description/es"},
                    Case{"an HTCDS element that is none", std::string(kName) + "/x-htcds", R"("FirstName")",
                         std::string(kName) + "/x-htcds"},
                    Case{"one of several HTCDS elements that is none", std::string(kName) + "/x-htcds",
                         R"(["prs_FirstName", "none"])", std::string(kName) + "/x-htcds"},
                    Case{"an empty list of FHIR elements", std::string(kName) + "/x-fhir", "[]",
                         std::string(kName) + "/x-fhir"},
                    Case{"a FHIR element in words", std::string(kName) + "/x-fhir", R"("the given name")",
                         std::string(kName) + "/x-fhir"},
                    Case{"a definition without title", "/$defs/money/x-title", R"({"fr": "a", "es": "b"})",
                         "/$defs/money/x-title/en"},
                    Case{"how far the texts were read", "/x-text-status", R"("perfect")", "/x-text-status"}));

TEST(Annotations, TheShippedRecordSaysItAll) {
  const Json schema = read_json_file(std::string(HOTLINE_ROOT) + "/" + kSchema).value();
  EXPECT_EQ(places(schema), std::vector<std::string>());
}

TEST(Annotations, ATitleIsSaidInTheReadersLanguage) {
  const SchemaNode* name = referral().at("/persons/0/identity/called_name");
  EXPECT_EQ(name->title(LanguageTag("en-US")), "Name to use");
  EXPECT_EQ(name->title(LanguageTag("fr-CA")), "Nom à employer");
  EXPECT_EQ(name->title(LanguageTag("es-MX")), "Cómo quiere que le llamen");
  EXPECT_EQ(name->title(LanguageTag("nhe")), "Name to use");
  EXPECT_EQ(referral().root().title(LanguageTag("en")), "");
}

// The word beside a $ref is that of the place, not that of the definition.
TEST(Annotations, ThePlaceNamesWhatItUses) {
  EXPECT_EQ(referral().at("/persons/0/location/going_to")->title(LanguageTag("en")),
            "Where the person is going");
  EXPECT_EQ(referral().at("/persons/0/location/going_to/city")->title(LanguageTag("en")), "City or town");
}

}  // namespace
}  // namespace hotline
