// A new version of a mapping beside the current one: what it would do otherwise, and never whose record it
// was.
#include "adapters/engine/shadow.h"

#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

using Kind = DifferenceKind;

MappingReport report(std::vector<ReportLine> lines) {
  MappingReport made{"a", "b"};
  made.more = std::move(lines);
  return made;
}

TEST(Compare, finds_nothing_where_nothing_differs) {
  const MappingReport one =
      report({{"/a/0", "/b", Fate::carried, {}, {}}, {"", "/c", Fate::carried, {}, "constant"}});
  EXPECT_TRUE(compare(one, one).empty());
  const MappingReport reasons =
      report({{"/a/0", "/b", Fate::carried, {}, "x"}, {"", "/c", Fate::carried, {}, {}}});
  EXPECT_TRUE(compare(one, reasons).empty()) << "why is no difference in what became of it";
}

TEST(Compare, tells_fates_codes_and_places_apart_without_positions) {
  const MappingReport current =
      report({{"/people/3/need", "/persons/3/need", Fate::carried, "n", {}, "food"},
              {"/people/3/name", "/persons/3/name", Fate::carried, {}, {}},
              {"/people/3/hobby", "", Fate::dropped, {}, "no_place"},
              {"/people/3/sex", "/persons/3/gender", Fate::widened, "g", {}, "woman"}});
  const MappingReport shadow =
      report({{"/people/3/need", "/persons/3/need", Fate::carried, "n", {}, "meals"},
              {"/people/3/name", "/persons/3/called", Fate::carried, {}, {}},
              {"/people/3/hobby", "/persons/3/hobby", Fate::carried, {}, {}},
              {"/people/3/sex", "/persons/3/gender", Fate::carried, "g", {}, "woman"}});
  const std::vector<MappingDifference> expected = {
      {"/people/*/hobby", Kind::only_in_current, "dropped", ""},
      {"/people/*/name", Kind::only_in_current, "/persons/*/name", ""},
      {"/people/*/need", Kind::code_changed, "food", "meals"},
      {"/people/*/sex", Kind::fate_changed, "widened", "carried"},
      {"/people/*/hobby", Kind::only_in_shadow, "", "/persons/*/hobby"},
      {"/people/*/name", Kind::only_in_shadow, "", "/persons/*/called"}};
  EXPECT_EQ(compare(current, shadow), expected);
}

TEST(Compare, counts_rows_of_a_table_as_one_place) {
  const auto differences =
      compare(report({{"row 12, column case_no", "/case/source_record", Fate::carried, {}, {}}}),
              report({{"row 12, column case_no", "", Fate::dropped, {}, "x"}}));
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(differences[0].path, "row *, column case_no");
}

// The next version: SOON has become more urgent, and the case number is no longer read.
void next_version(SmallProfile& small) {
  small.change("codes/referral_urgency.json", R"("SOON": {"code": "standard", "relation": "equivalent")",
               R"("SOON": {"code": "urgent_72h", "relation": "equivalent")");
  small.change("codes/referral_urgency.json", R"("urgent_72h": {"code": "PRESSING", "relation": "narrower")",
               R"("urgent_72h": {"code": "SOON", "relation": "equivalent")");
  small.change("codes/referral_urgency.json", R"("standard": {"code": "SOON", "relation": "equivalent")",
               R"("standard": {"code": "SOON", "relation": "related")");
  small.change("mapping.json", R"({"national": "/case_no", "canonical": "/case/source_record"})",
               R"({"national": "/case_no", "drop": "not_needed"})");
}

TEST(Shadow, lists_differences_by_place_and_code_and_never_a_value) {
  SmallProfile next;
  next_version(next);
  const auto current = loaded(SmallProfile());
  Shadow shadow(loaded(next));
  for (const char* number : {"SECRET-417", "SECRET-418"}) {
    const Json record = national(std::string(R"("case_no": ")") + number + "\"");
    shadow.imported(record, current->to_canonical(record).value().report);
  }
  const Json table = shadow.to_json();
  EXPECT_EQ(at(table, "/profile"), "\"zz@7.0.0\"");
  EXPECT_EQ(at(table, "/records"), R"({"in":2,"out":0})");
  EXPECT_EQ(to_text(table).find("SECRET"), std::string::npos);
  EXPECT_EQ(
      at(table, "/differences"),
      R"([{"direction":"in","path":"/case_no","kind":"only_in_current","from":"/case/source_record","to":"","count":2},)"
      R"({"direction":"in","path":"/case_no","kind":"only_in_shadow","from":"","to":"dropped","count":2},)"
      R"({"direction":"in","path":"/level","kind":"code_changed","from":"standard","to":"urgent_72h","count":2}])");
}

TEST(Shadow, looks_on_in_the_other_direction_too) {
  SmallProfile next;
  next.change("codes/referral_urgency.json", R"("standard": {"code": "SOON", "relation": "equivalent")",
              R"("standard": {"code": "NOW", "relation": "narrower")");
  next.change("codes/referral_urgency.json", R"("SOON": {"code": "standard", "relation": "equivalent")",
              R"("SOON": {"code": "standard", "relation": "narrower")");
  const auto current = loaded(SmallProfile());
  Shadow shadow(loaded(next));
  const Referral referral = canonical("");
  shadow.exported(referral, LanguageTag(), current->from_canonical(referral, LanguageTag()).value().report);
  const std::string text = to_text(shadow.to_json());
  EXPECT_NE(text.find(R"("path":"/envelope/urgency","kind":"code_changed","from":"SOON","to":"NOW")"),
            std::string::npos)
      << text;
}

TEST(Shadow, that_refuses_a_record_says_where_and_stops_nothing) {
  SmallProfile next;
  next.change("schema.json", R"("case_no": {"type": "string", "maxLength": 64})",
              R"("case_no": {"type": "string", "minLength": 20, "maxLength": 64})");
  const auto current = loaded(SmallProfile());
  Shadow shadow(loaded(next));
  const Json record = national(R"("case_no": "A-417")");
  shadow.imported(record, current->to_canonical(record).value().report);
  EXPECT_EQ(
      at(shadow.to_json(), "/differences"),
      R"([{"direction":"in","path":"/case_no","kind":"refused_by_shadow","from":"","to":"length_out_of_range","count":1}])");
}

TEST(Shadow, keeps_a_bounded_table) {
  const auto current = loaded(SmallProfile());
  Shadow shadow(current);
  const Json record = national("");
  MappingReport other = current->to_canonical(record).value().report;
  for (std::size_t i = 0; i < Shadow::kMost + 7; ++i)
    other.more.push_back({"/x" + std::to_string(i), "/y", Fate::carried, {}, {}});
  shadow.imported(record, other);
  const Json table = shadow.to_json();
  EXPECT_EQ(table["differences"].Size(), Shadow::kMost);
  EXPECT_EQ(table["more"].GetInt64(), 7);
}

TEST(Shadow, is_another_version_of_the_same_profile) {
  const auto us = Profiles::load(kDataRoot, canonical_schema(), shipped_codes()).value();
  EXPECT_TRUE(Shadow::load(kDataRoot + "/adapters/us", kDataRoot, canonical_schema(), shipped_codes(),
                           *us.find("us")));
  EXPECT_FALSE(Shadow::load(kDataRoot + "/adapters/mx", kDataRoot, canonical_schema(), shipped_codes(),
                            *us.find("us")));
  EXPECT_FALSE(Shadow::load("/nowhere", kDataRoot, canonical_schema(), shipped_codes(), *us.find("us")));
}

}  // namespace
}  // namespace hotline
