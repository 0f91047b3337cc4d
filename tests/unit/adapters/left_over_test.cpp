// What a deployment left empty, wrote in its own way, or spread over several fields.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

std::shared_ptr<const MappedProfile> loaded(const std::string& property, const std::string& rules) {
  SmallProfile profile;
  profile.file("schema.json") = SmallProfile::schema(property);
  profile.file("mapping.json") = SmallProfile::mapping("");
  profile.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
                 R"({"national": "/id", "canonical": "/id"}, )" + rules);
  auto made = profile.load();
  EXPECT_TRUE(made) << made.error().pointer << ' ' << made.error().expected;
  if (!made) throw std::runtime_error("not loaded");
  return *made;
}

FromCanonical there_and_back(const MappedProfile& profile, const Json& record) {
  auto in = profile.to_canonical(record);
  EXPECT_TRUE(in) << in.error().pointer;
  return profile.from_canonical(in->referral, LanguageTag()).value();
}

const char* const kNames =
    R"("first": {"type": "string"}, "middle": {"type": "string"}, "whole": {"type": "string"})";
const char* const kNameRules = R"(
    {"national": "/first", "canonical": "/identity/given_names", "joined": ["/middle"]},
    {"national": "/whole", "canonical": "/identity/given_names", "direction": "in", "default": true,
     "reason": "made_of_the_parts"})";

TEST(Joined, two_fields_make_one_text_and_nothing_is_split_by_guess) {
  const auto profile = loaded(kNames, kNameRules);
  const auto in = profile->to_canonical(national(R"("first": "Ana ", "middle": "Sol")")).value();
  EXPECT_EQ(at(in.referral.json(), "/persons/0/identity/given_names"), R"("Ana Sol")");
  EXPECT_EQ(line_from(in.report, "/middle")->target, "/persons/0/identity/given_names");
  const auto out = profile->from_canonical(in.referral, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/first"), R"("Ana Sol")");
  EXPECT_EQ(at(out.record, "/middle"), "(absent)");
}

TEST(Joined, the_second_alone_is_enough) {
  const auto in = loaded(kNames, kNameRules)->to_canonical(national(R"("middle": "Sol")")).value();
  EXPECT_EQ(at(in.referral.json(), "/persons/0/identity/given_names"), R"("Sol")");
}

TEST(Default, a_field_counts_only_where_no_other_has_said_it) {
  const auto profile = loaded(kNames, kNameRules);
  const auto alone = profile->to_canonical(national(R"("whole": "Ana Sol Ruiz")")).value();
  EXPECT_EQ(at(alone.referral.json(), "/persons/0/identity/given_names"), R"("Ana Sol Ruiz")");
  const auto both = profile->to_canonical(national(R"("first": "Ana", "whole": "Ana Sol Ruiz")")).value();
  EXPECT_EQ(at(both.referral.json(), "/persons/0/identity/given_names"), R"("Ana")");
  EXPECT_EQ(line_from(both.report, "/whole")->fate, Fate::dropped);
  EXPECT_EQ(line_from(both.report, "/whole")->reason, "made_of_the_parts");
}

TEST(Default, a_constant_fills_a_gap_and_overwrites_nothing) {
  const auto profile = loaded(R"("sex": {"type": "string"})", R"(
      {"national": "/sex", "canonical": "/orientation_gender/pronouns"},
      {"canonical": "/orientation_gender/pronouns", "value": "they", "default": true})");
  const auto gap = profile->to_canonical(national("")).value();
  EXPECT_EQ(at(gap.referral.json(), "/persons/0/orientation_gender/pronouns"), R"("they")");
  const auto said = profile->to_canonical(national(R"("sex": "she")")).value();
  EXPECT_EQ(at(said.referral.json(), "/persons/0/orientation_gender/pronouns"), R"("she")");
  for (const ReportLine& line : said.report.lines())
    EXPECT_FALSE(line.reason == "constant" && line.target == "/persons/0/orientation_gender/pronouns");
}

TEST(Unreadable, a_value_of_the_deployments_own_refuses_nothing_and_comes_home) {
  const auto profile = loaded(
      R"("tel": {"type": "string"}, "born": {"type": "string"})",
      R"({"canonical": "/contact/phones/*", "rest": "one_number", "slots": [{"national": "/tel", "fields":
           [{"national": "", "canonical": "/number", "as": "phone", "unreadable": "keep"}]}]},
         {"national": "/born", "canonical": "/identity/birth_date", "as": "date", "formats": ["YYYY-MM-DD"],
          "unreadable": "keep"})");
  const Json record = national(R"("tel": "ask at the shop", "born": "in spring")");
  const auto in = profile->to_canonical(record).value();
  EXPECT_EQ(at(in.referral.json(), "/persons/0/contact"), "(absent)");
  EXPECT_EQ(at(in.referral.json(), "/persons/0/identity"), "(absent)");
  EXPECT_EQ(line_from(in.report, "/tel")->fate, Fate::dropped);
  EXPECT_EQ(line_from(in.report, "/tel")->reason, "unreadable");
  const auto out = there_and_back(*profile, record);
  EXPECT_EQ(at(out.record, "/tel"), R"("ask at the shop")");
  EXPECT_EQ(at(out.record, "/born"), R"("in spring")");
}

TEST(Unreadable, what_is_kept_of_a_list_comes_home_after_the_rest) {
  const auto profile = [&] {
    SmallProfile small;
    small.file("tables/countries.json") = R"({"entries": [{"canonical": "GT", "national": "guatemala"}]})";
    small.file("schema.json") =
        SmallProfile::schema(R"("from": {"type": "array", "maxItems": 9, "items": {"type": "string"}})");
    small.file("mapping.json") = SmallProfile::mapping("");
    small.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
                 R"({"national": "/id", "canonical": "/id"}, {"national": "/from/*",
                     "canonical": "/demographics/nationalities/*", "as": "table", "table": "countries",
                     "unreadable": "keep"})");
    return small.load().value();
  }();
  const Json record = national(R"("from": ["ruritania", "guatemala", "HN"])");
  const auto in = profile->to_canonical(record).value();
  EXPECT_EQ(at(in.referral.json(), "/persons/0/demographics/nationalities"), R"(["GT","HN"])");
  const auto out = there_and_back(*profile, record);
  EXPECT_EQ(at(out.record, "/from"), R"(["guatemala","HN","ruritania"])");
}

}  // namespace
}  // namespace hotline
