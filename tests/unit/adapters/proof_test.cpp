// What a mapping proves before it runs: types, conditions, that nothing is written twice; and that a refusal
// says what to do.
#include "adapters/engine/check.h"
#include "adapters/engine/fault_place.h"
#include "i18n/catalog.h"
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

struct Unproven {
  const char* property;  // of the national record
  const char* rules;     // of a person
  const char* at;        // below the first rule, or "2": the second one
  const char* word;
};
void PrintTo(const Unproven& one, std::ostream* out) {
  *out << one.word << ": " << one.rules;
}

class Unproved : public testing::TestWithParam<Unproven> {};

Result<std::shared_ptr<const MappedProfile>> load_with(const char* property, const char* rules) {
  SmallProfile small;
  small.file("schema.json") = SmallProfile::schema(property);
  small.file("mapping.json") = SmallProfile::mapping("");
  small.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
               std::string(R"({"national": "/id", "canonical": "/id"}, )") + rules);
  return small.load();
}

TEST_P(Unproved, is_refused_with_its_place_and_what_to_do) {
  const auto loaded = load_with(GetParam().property, GetParam().rules);
  ASSERT_FALSE(loaded);
  const std::string at = GetParam().at;  // of the second rule it is "2"
  EXPECT_EQ(loaded.error().pointer, "/fields/4/fields/" + (at == "2" ? at : "1" + at));
  const std::string said = "zz/mapping.json " + std::string(GetParam().word);
  EXPECT_EQ(loaded.error().expected.substr(0, said.size()), said) << loaded.error().expected;
}

const char* const kText = R"("x": {"type": "string"})";
const char* const kTwo = R"("x": {"type": "string"}, "y": {"type": "string"})";
const char* const kYes = R"("x": {"type": "boolean"})";
const char* const kList = R"("l": {"type": "array", "items": {"type": "object", "properties": {
    "k": {"type": "string", "enum": ["a", "b"]}, "on": {"type": "boolean"}, "v": {"type": "string"}},
    "required": ["k"], "additionalProperties": false}})";

INSTANTIATE_TEST_SUITE_P(
    types, Unproved,
    testing::Values(
        Unproven{kText, R"({"national": "/x", "canonical": "/identity/birth_date"})", "",
                 "use_converter date"},
        Unproven{kYes, R"({"national": "/x", "canonical": "/identity/first_surname"})", "",
                 "national_type string"},
        Unproven{kText, R"({"national": "/x", "canonical": "/identity/first_surname", "as": "date",
                            "formats": ["YYYY"]})",
                 "", "canonical_type string"},
        Unproven{kText, R"({"national": "/x", "canonical": "/identity/first_surname", "as": "phone"})", "",
                 "canonical_type string"},
        Unproven{kText, R"({"national": "/x", "canonical": "/identity/first_surname", "as": "instant"})", "",
                 "canonical_type string"},
        Unproven{kText, R"({"national": "/x", "canonical": "/identity/first_surname", "as": "integer"})", "",
                 "national_type integer"},
        Unproven{
            kText,
            R"({"national": "/x", "canonical": "/identity/first_surname", "as": "integer", "text": true})",
            "", "canonical_type string"},
        Unproven{kYes, R"({"national": "/x", "canonical": "/identity/first_surname", "as": "boolean"})", "",
                 "canonical_type string"},
        Unproven{kYes,
                 R"({"national": "/x", "canonical": "/health/pregnant", "as": "boolean", "true": "Y",
                     "false": "N"})",
                 "", "national_type string"},
        Unproven{R"("x": {"type": "string", "enum": ["Y", "N", "Maybe"]})",
                 R"({"national": "/x", "canonical": "/health/pregnant", "as": "boolean", "true": "Y",
                     "false": "N"})",
                 "", "national_value_unknown Maybe"},
        Unproven{
            kText,
            R"({"national": "/x", "canonical": "/identity/first_surname", "as": "enum", "values": {"a": "A"}})",
            "", "canonical_type string"},
        Unproven{kText,
                 R"({"national": "/x", "canonical": "/languages/reads", "as": "enum",
                     "values": {"yes": "Y", "some": "S"}, "unsupported": {"no": ""}})",
                 "", "reason_missing no"},
        Unproven{kText,
                 R"({"national": "/x", "canonical": "/languages/reads", "as": "enum",
                     "values": {"yes": "Y", "some": "S", "no": "N"}, "also": {"Hardly": "some"}})",
                 "/also", "word_without_relation Hardly"},
        Unproven{kText,
                 R"({"national": "/x", "canonical": "/languages/reads", "as": "enum",
                     "values": {"yes": "Y", "some": "S", "no": "N"}, "near": {"Hardly": {"value": "some"}}})",
                 "/near", "relation_unknown"},
        Unproven{R"("x": {"type": "array", "items": {"type": "string"}})",
                 R"({"national": "/x/*", "canonical": "/exploitation/recruitment_methods/*", "as": "enum",
                     "values": {"place_of_business": "a", "school": "b", "work": "c", "social_network": "d",
                       "online_advert": "e", "television_advert": "f", "newspaper_advert": "g", "family": "h",
                       "friends": "i", "agency": "j", "other": "k"},
                     "near": {"Uncle": {"value": "family", "relation": "wider"}}})",
                 "/near", "word_not_kept Uncle"},
        Unproven{R"("x": {"type": "string", "enum": ["one"]})",
                 R"({"national": "/x", "canonical": "/identity/first_surname"})", "",
                 "national_list_too_short"},
        Unproven{R"("x": {"type": "string", "maxLength": 20})",
                 R"({"national": "/x", "canonical": "/identity/first_surname"})", "", "national_too_short "},
        Unproven{R"("x": {"type": "string", "enum": ["yes"]})",
                 R"({"national": "/x", "canonical": "/languages/reads"})", "", "value_without_word"},
        Unproven{
            kText,
            R"({"canonical": "/languages/reads", "value": "sometimes"}, {"national": "/x", "drop": "no"})",
            "", "value_not_canonical sometimes"},
        Unproven{kYes, R"({"national": "/x", "value": "yes"})", "", "national_type boolean"},
        Unproven{
            kYes,
            R"({"national": "/x", "canonical": "/orientation_gender/gender", "as": "is_one_of", "of": ["unheard_of"]})",
            "", "value_not_canonical unheard_of"}));

INSTANTIATE_TEST_SUITE_P(
    conditions, Unproved,
    testing::Values(
        Unproven{kList,
                 R"({"national": "/l/*", "where": {"/k": "a"}, "canonical": "/contact/emails/*", "fields":
                       [{"national": "/v", "canonical": ""}, {"national": "/on", "drop": "no"}]})",
                 "", "where_open /l"},
        Unproven{kList,
                 R"({"national": "/l/*", "where": {"/on": true}, "drop": "no"},
                    {"national": "/l/*", "where": {"/on": false}, "drop": "no"})",
                 "2", "where_open /l"},
        Unproven{kList,
                 R"({"national": "/l/*", "where": {"/k": "a"}, "drop": "no"},
                    {"national": "/l/*", "where": {"/k": ["b", "a"]}, "drop": "no"})",
                 "2", "where_overlap /fields/4/fields/1"},
        Unproven{
            kList,
            R"({"national": "/l/*", "where": {"/k": "a"}, "drop": "no"}, {"national": "/l/*", "drop": "no"})",
            "2", "where_overlap /fields/4/fields/1"},
        Unproven{kText, R"({"canonical": "/contact/phones/*", "national": ["/x"], "fields":
                              [{"national": "", "canonical": "/note"}]})",
                 "", "when_open /persons/*/contact/phones"},
        Unproven{kList,
                 R"({"canonical": "/contact/phones/*", "slots": [
                      {"national": "/l/*", "fields": [{"national": "/v", "canonical": "/note"},
                         {"national": "/on", "drop": "no"}, {"national": "/k", "drop": "no"}]},
                      {"national": "/l/*", "when": {"/kind": "home"}, "fields": []}]})",
                 "/slots/1", "slot_unreachable /fields/4/fields/1/slots/0"},
        Unproven{
            R"("l": {"type": "array", "items": {"type": "string"}}, "m": {"type": "array", "items": {"type": "string"}})",
            R"({"canonical": "/contact/phones/*", "rest": "no_place", "slots": [
                      {"national": "/l/*", "when": {"/kind": "home"}, "fields": [{"national": "", "canonical": "/note"}]},
                      {"national": "/m/*", "when": {"/safe": true}, "fields": [{"national": "", "canonical": "/note"}]}]})",
            "/slots/1", "when_overlap /fields/4/fields/1/slots/0"}));

INSTANTIATE_TEST_SUITE_P(
    writes, Unproved,
    testing::Values(
        Unproven{kTwo,
                 R"({"national": "/x", "canonical": "/identity/first_surname"},
                    {"national": "/y", "canonical": "/identity/first_surname"})",
                 "2", "written_twice /fields/4/fields/1 (/identity/first_surname)"},
        Unproven{kText,
                 R"({"national": "/x", "canonical": "/identity/first_surname"},
                    {"national": "/x", "canonical": "/identity/second_surname"})",
                 "2", "written_twice /fields/4/fields/1 (/x)"},
        Unproven{
            kText,
            R"({"national": "/x", "canonical": "/identity/first_surname"}, {"national": "/x", "value": "z"})",
            "2", "written_twice"},
        Unproven{
            kTwo,
            R"({"national": "/x", "canonical": "/safety/what_would_make_it_safe", "as": "said", "language": "en"},
                    {"canonical": "/safety/what_would_make_it_safe/text", "value": "a"}, {"national": "/y", "drop": "no"})",
            "2", "written_twice"}));

TEST(Proved, a_pair_of_directions_and_a_default_are_no_second_writing) {
  const auto loaded = load_with(kTwo, R"(
      {"national": "/x", "canonical": "/identity/first_surname"},
      {"national": "/y", "canonical": "/identity/first_surname", "direction": "in", "default": true, "reason": "older"},
      {"national": "/y", "canonical": "/identity/second_surname", "direction": "out", "reason": "derived"})");
  EXPECT_TRUE(loaded) << loaded.error().pointer << ' ' << loaded.error().expected;
}

TEST(Proved, an_enum_that_is_exhausted_needs_no_otherwise) {
  const auto loaded = load_with(kList, R"(
      {"national": "/l/*", "where": {"/k": "a"}, "drop": "no"},
      {"national": "/l/*", "where": {"/k": "b", "/on": [true, false]}, "drop": "no"},
      {"national": "/l/*", "where": {"/k": "b", "/on": null}, "drop": "no"})");
  EXPECT_TRUE(loaded) << loaded.error().pointer << ' ' << loaded.error().expected;
}

TEST(Proved, an_element_without_a_slot_is_told_with_its_reason) {
  const auto profile = load_with(kText, R"({"canonical": "/contact/emails/*", "national": ["/x"],
      "rest": "one_address", "fields": [{"national": "", "canonical": ""}]})")
                           .value();
  const auto out =
      profile
          ->from_canonical(canonical(R"("contact": {"emails": ["a@example.org", "b@example.org"]})"),
                           LanguageTag())
          .value();
  EXPECT_EQ(line_from(out.report, "/persons/0/contact/emails/1")->reason, "one_address");
}

void expect_codes_refused(const SmallProfile& profile, const std::string& pointer, const std::string& word) {
  const auto loaded = profile.load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().pointer, pointer);
  EXPECT_EQ(loaded.error().expected, "zz/codes/referral_urgency.json " + word);
}

TEST(CodeMaps, what_is_an_equivalent_one_way_is_one_the_other_way) {
  SmallProfile small;
  small.change("codes/referral_urgency.json", R"("crisis_24h": {"code": "NOW", "relation": "equivalent")",
               R"("crisis_24h": {"code": "SOON", "relation": "equivalent")");
  expect_codes_refused(small, "/outbound/crisis_24h", "equivalent_one_way SOON");
  small.change("codes/referral_urgency.json", R"("SOON": {)", R"("SOON": {"note": "settled in May", )");
  EXPECT_TRUE(small.load()) << "the file says why";
}

TEST(CodeMaps, a_term_for_several_codes_is_no_equivalent_of_one_without_a_word_why) {
  SmallProfile small;
  const std::string_view planned = R"("planned": {"code": "SOON", "relation": "related")";
  small.change("codes/referral_urgency.json", std::string(planned),
               R"("planned": {"code": "SOON", "relation": "wider")");
  expect_codes_refused(small, "/inbound/SOON", "equivalent_of_several standard");
  small.change("codes/referral_urgency.json", R"("SOON": {)", R"("SOON": {"note": "a kind of it", )");
  EXPECT_TRUE(small.load()) << "the file says why";
}

TEST(CodeMaps, wider_and_narrower_change_places) {
  SmallProfile small;
  small.change(
      "codes/referral_urgency.json",
      R"("NOW": {"code": "crisis_24h", "relation": "narrower", "ev": "general", "note": "also said of danger")",
      R"("NOW": {"code": "immediate_danger", "relation": "wider", "ev": "general")");
  const auto loaded = small.load();
  ASSERT_FALSE(loaded);
  bool found = false;
  std::vector<Fault> all{{loaded.error().code, loaded.error().pointer, loaded.error().expected}};
  all.insert(all.end(), loaded.error().more.begin(), loaded.error().more.end());
  for (const Fault& fault : all)
    found = found || (fault.pointer == "/outbound/immediate_danger" &&
                      fault.expected == "zz/codes/referral_urgency.json relations_disagree NOW");
  EXPECT_TRUE(found);
}

TEST(FaultPlace, a_field_without_a_rule_is_where_the_schema_declares_it) {
  SmallProfile small;
  small.file("schema.json") = SmallProfile::schema(
      R"("case_no": {"type": "string"},
 "mood": {"type": "object", "properties": {
   "today": {"type": "string"}}, "additionalProperties": false})");
  const auto loaded = small.load();
  ASSERT_FALSE(loaded);
  const FaultPlace place =
      place_of_fault(small.folder(), {loaded.error().code, loaded.error().pointer, loaded.error().expected});
  EXPECT_EQ(place.file, "adapters/zz/schema.json");
  EXPECT_EQ(place.pointer, "/properties/mood/properties/today");
  EXPECT_EQ(place.said, "national_without_rule /mood/today");
}

TEST(FaultPlace, every_word_of_a_refusal_has_a_sentence_in_every_language) {
  const Catalog catalog = Catalog::load(kDataRoot).value();
  for (const char* word : {"national_without_rule",  "canonical_without_rule",
                           "national_unknown",       "canonical_unknown",
                           "use_converter",          "national_type",
                           "canonical_type",         "national_list_too_short",
                           "value_without_word",     "value_not_canonical",
                           "national_value_unknown", "where_open",
                           "where_overlap",          "when_open",
                           "when_overlap",           "slot_unreachable",
                           "written_twice",          "equivalent_one_way",
                           "relations_disagree",     "others_missing",
                           "equivalent_of_several",  "hidden_characters",
                           "version_form",           "code_without_fate",
                           "national_too_short"})
    for (const char* language : {"en", "fr", "es"})
      EXPECT_TRUE(catalog.has("check." + std::string(word), LanguageTag(language)))
          << language << ' ' << word;
}

}  // namespace
}  // namespace hotline
