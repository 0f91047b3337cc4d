// What a mapping may not do: leave a field or a code without a fate, name what is not there, or be
// misunderstood.
#include <sys/stat.h>

#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

void expect_refused(const SmallProfile& profile, ErrorCode code, const std::string& pointer,
                    const std::string& file) {
  const auto loaded = profile.load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(to_string(loaded.error().code), to_string(code));
  EXPECT_EQ(loaded.error().pointer, pointer);
  EXPECT_EQ(loaded.error().expected.substr(0, file.size()), file);
}

TEST(Refusal, the_small_profile_itself_is_whole) {
  const auto loaded = SmallProfile().load();
  ASSERT_TRUE(loaded) << loaded.error().pointer << ' ' << loaded.error().expected;
}

TEST(Refusal, a_national_field_that_nobody_speaks_of) {
  SmallProfile profile;
  profile.file("schema.json") = SmallProfile::schema(
      R"("case_no": {"type": "string"}, "mood": {"type": "object",
          "properties": {"today": {"type": "string"}}, "additionalProperties": false})");
  expect_refused(profile, ErrorCode::mapping_incomplete, "/mood/today", "zz/mapping.json");
}

TEST(Refusal, a_canonical_field_that_nobody_speaks_of) {
  SmallProfile profile;
  profile.change("mapping.json", R"({"canonical": "/persons/*/health/medication", "reason": "not_kept"},)",
                 "");
  expect_refused(profile, ErrorCode::mapping_incomplete, "/persons/*/health/medication", "zz/mapping.json");
}

TEST(Refusal, all_that_is_missing_is_named_at_once) {
  SmallProfile profile;
  profile.file("schema.json") = SmallProfile::schema(
      R"("case_no": {"type": "string"}, "a": {"type": "string"}, "b": {"type": "string"})");
  const auto loaded = profile.load();
  ASSERT_FALSE(loaded);
  ASSERT_EQ(loaded.error().more.size(), 1u);
  EXPECT_EQ(loaded.error().more[0].pointer, "/b");
}

TEST(Refusal, a_canonical_code_without_a_fate) {
  SmallProfile profile;
  profile.change("codes/referral_urgency.json",
                 R"("planned": {"code": "SOON", "relation": "related", "ev": "general"},)", "");
  expect_refused(profile, ErrorCode::mapping_incomplete, "/outbound/planned",
                 "zz/codes/referral_urgency.json");
}

TEST(Refusal, a_national_code_without_a_fate) {
  SmallProfile profile;
  profile.change("codes/referral_urgency.json", R"({"code": "ODD"})", R"({"code": "ODD"}, {"code": "EVEN"})");
  expect_refused(profile, ErrorCode::mapping_incomplete, "/inbound/EVEN", "zz/codes/referral_urgency.json");
}

TEST(Refusal, a_code_that_is_on_neither_list) {
  SmallProfile profile;
  profile.change("codes/referral_urgency.json", R"("crisis_24h": {"code": "NOW")",
                 R"("crisis_24h": {"code": "THEN")");
  expect_refused(profile, ErrorCode::data_invalid, "/outbound/crisis_24h/code",
                 "zz/codes/referral_urgency.json");
}

TEST(Refusal, a_code_that_is_dropped_without_a_reason) {
  SmallProfile profile;
  profile.change("codes/referral_urgency.json", R"("relation": "not-mapped", "reason": "no_concept")",
                 R"("relation": "not-mapped")");
  expect_refused(profile, ErrorCode::data_invalid, "/inbound/ODD/reason", "zz/codes/referral_urgency.json");
}

TEST(Refusal, a_text_that_hides_something) {
  for (const char* hidden : {"SO\u200BON", "\u202ENOOS", "SOO\u006E\u0303"}) {
    SmallProfile profile;
    profile.change("codes/referral_urgency.json", R"({"code": "PRESSING"})",
                   R"({"code": "PRESSING", "labels": {"en": ")" + std::string(hidden) + "\"}}");
    expect_refused(profile, ErrorCode::data_invalid, "/national/2/labels/en",
                   "zz/codes/referral_urgency.json hidden_characters");
  }
  SmallProfile twins;
  twins.change("codes/referral_urgency.json", R"({"code": "ODD"})",
               R"({"code": "ODD"}, {"code": "NOW\u200B"})");
  expect_refused(twins, ErrorCode::data_invalid, "/national/4/code",
                 "zz/codes/referral_urgency.json hidden_characters");
}

TEST(Refusal, a_version_that_no_record_could_name) {
  for (const char* version : {"1@<script>", "v1", "", "1.0.0-and-so-on-and-so-on"}) {
    SmallProfile profile;
    profile.change("profile.json", R"("version": "7.0.0")", R"("version": ")" + std::string(version) + "\"");
    expect_refused(profile, ErrorCode::data_invalid, "/version", "zz/profile.json version_form");
    SmallProfile codes;
    codes.change("codes/referral_urgency.json", R"("version": "3")",
                 R"("version": ")" + std::string(version) + "\"");
    expect_refused(codes, ErrorCode::data_invalid, "/version", "zz/codes/referral_urgency.json version_form");
  }
}

TEST(Refusal, a_pipe_in_place_of_a_file_is_not_waited_for) {
  const SmallProfile profile;
  ASSERT_TRUE(profile.load());
  const fs::path mapping = fs::path(profile.folder()) / "mapping.json";
  fs::remove(mapping);
  ASSERT_EQ(::mkfifo(mapping.c_str(), 0600), 0);
  const auto loaded = MappedProfile::load(profile.folder(), canonical_schema(), mapping_schema(),
                                          std::make_shared<const CodeSystems>(shipped_codes()));
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().expected, "zz/mapping.json mapping.json");
}

TEST(Refusal, an_enum_that_leaves_a_value_out) {
  SmallProfile profile;
  profile.field(R"("reads": {"type": "string"})",
                R"({"national": "/reads", "canonical": "/persons/0/languages/reads"})");
  profile.change(
      "mapping.json", R"({"national": "/id", "canonical": "/id"})",
      R"({"national": "/id", "canonical": "/id"}, {"national": "/reads", "canonical": "/languages/reads",
                     "as": "enum", "values": {"yes": "Y", "no": "N"}})");
  profile.change("mapping.json", R"(, {"national": "/reads", "canonical": "/persons/0/languages/reads"})",
                 "");
  expect_refused(profile, ErrorCode::mapping_incomplete, "/fields/4/fields/1/values", "zz/mapping.json");
}

struct BadRule {
  const char* property;
  const char* rule;
  const char* pointer;
  ErrorCode code = ErrorCode::data_invalid;
};
void PrintTo(const BadRule& bad, std::ostream* out) {
  *out << bad.rule;
}

class RuleThatMakesNoSense : public testing::TestWithParam<BadRule> {};

TEST_P(RuleThatMakesNoSense, is_refused_with_its_place) {
  SmallProfile profile;
  profile.field(GetParam().property, GetParam().rule);
  expect_refused(profile, GetParam().code, GetParam().pointer, "zz/mapping.json");
}

const char* const kText = R"("x": {"type": "string"})";

INSTANTIATE_TEST_SUITE_P(
    each, RuleThatMakesNoSense,
    testing::Values(
        BadRule{kText, R"({"national": "/y", "canonical": "/case/source_record"})", "/fields/5/national"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/nothing"})", "/fields/5/canonical"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case"})", "/fields/5/canonical"},
        BadRule{kText,
                R"({"national": "/x", "canonical": "/case/opened_on", "as": "date", "formats": ["MM/DD"]})",
                "/fields/5/formats"},
        BadRule{
            kText,
            R"({"national": "/x", "canonical": "/case/opened_on", "as": "date", "formats": ["D MMMM YYYY"]})",
            "/fields/5/formats"},
        BadRule{
            kText,
            R"({"national": "/x", "canonical": "/case/status", "as": "code", "codes": "referral_urgency"})",
            "/fields/5/codes"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/status", "as": "code", "codes": "gender"})",
                "/fields/5/codes"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/content_notice", "as": "boolean"})",
                "/fields/5"},
        BadRule{
            kText,
            R"({"national": "/x", "canonical": "/envelope/origin_language", "as": "table", "table": "none"})",
            "/fields/5/table"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/source_record", "direction": "out"})",
                "/fields/5"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/source_record", "direction": "up"})",
                "/fields/5/direction", ErrorCode::value_not_allowed},
        BadRule{kText, R"({"national": "/x", "canonical": "/case/source_record", "seperator": ";"})",
                "/fields/5/seperator", ErrorCode::field_unknown},
        BadRule{kText, R"({"national": "/x", "drop": ""})", "/fields/5/drop"},
        BadRule{kText, R"({"national": "/x", "canonical": "/case", "use": "nowhere"})", "/fields/5/use"}));

}  // namespace
}  // namespace hotline
