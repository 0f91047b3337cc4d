// Records in the shape of others: lists whose elements a member tells apart, codes two levels down, fields
// that a profile does not know.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

void person_rules(SmallProfile& profile, const std::string& property, const std::string& rules) {
  profile.file("schema.json") = SmallProfile::schema(property);
  profile.file("mapping.json") = SmallProfile::mapping("");
  profile.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
                 R"({"national": "/id", "canonical": "/id"}, )" + rules);
}

// Every leaf of the record is the source of a line.
void expect_accounted(const JsonValue& record, const MappingReport& report) {
  visit_leaves(record, nullptr, false, [&](const JsonValue&, std::string&& place) {
    EXPECT_TRUE(line_from(report, place)) << place;
  });
}

const char* const kTelecom = R"("telecom": {"type": "array", "items": {"type": "object", "properties": {
    "system": {"type": "string", "enum": ["phone", "email", "fax"]}, "use": {"type": "string"},
    "value": {"type": "string"}}, "required": ["system"], "additionalProperties": false}})";

const char* const kTelecomRules = R"(
    {"canonical": "/contact/phones/*", "slots": [
      {"national": "/telecom/*", "where": {"/system": "phone", "/use": "mobile"}, "when": {"/kind": "mobile"},
       "fields": [{"national": "/value", "canonical": "/number", "as": "phone", "out": "e164"}]},
      {"national": "/telecom/*", "where": {"/system": "phone", "/use": ["home", "old", null]},
       "fields": [{"national": "/value", "canonical": "/number", "as": "phone", "out": "e164"}]}]},
    {"national": "/telecom/*", "canonical": "/contact/emails/*", "where": {"/system": "email"}, "fields": [
      {"national": "/value", "canonical": ""}, {"national": "/use", "drop": "not_asked"}]},
    {"national": "/telecom/*", "otherwise": true, "drop": "no_such_channel"})";

const char* const kFourWays = R"("telecom": [
    {"system": "email", "use": "work", "value": "a@example.org"},
    {"system": "phone", "use": "home", "value": "+13125550102"},
    {"system": "fax", "value": "+13125550103"},
    {"system": "phone", "use": "mobile", "value": "+13125550101"}])";

TEST(Where, an_element_goes_where_its_members_say) {
  SmallProfile small;
  person_rules(small, kTelecom, kTelecomRules);
  const Json record = national(kFourWays);
  const auto in = loaded(small)->to_canonical(record);
  ASSERT_TRUE(in) << in.error().pointer;
  const JsonValue& made = in->referral.json();
  EXPECT_EQ(at(made, "/persons/0/contact/phones"),
            R"([{"kind":"mobile","number":"+13125550101"},{"number":"+13125550102"}])");
  EXPECT_EQ(at(made, "/persons/0/contact/emails"), R"(["a@example.org"])");
  expect_accounted(record, in->report);
  EXPECT_EQ(line_from(in->report, "/telecom/2/value")->reason, "no_such_channel");
  EXPECT_EQ(line_from(in->report, "/telecom/2/system")->fate, Fate::dropped);
  EXPECT_EQ(line_from(in->report, "/telecom/3/value")->target, "/persons/0/contact/phones/0/number");
  EXPECT_EQ(line_from(in->report, "/telecom/3/system")->reason, "constant");
}

TEST(Where, the_members_are_written_on_the_way_out_and_each_element_has_its_place) {
  SmallProfile small;
  person_rules(small, kTelecom, kTelecomRules);
  const auto profile = loaded(small);
  const auto in = profile->to_canonical(national(kFourWays)).value();
  const auto out = profile->from_canonical(in.referral, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/telecom/0"), R"({"value":"+13125550101","system":"phone","use":"mobile"})");
  EXPECT_EQ(at(out.record, "/telecom/1"), R"({"value":"+13125550102","system":"phone","use":"home"})");
  EXPECT_EQ(at(out.record, "/telecom/2"), R"({"value":"a@example.org","system":"email"})");
  EXPECT_EQ(line_from(out.report, "/persons/0/contact/emails/0")->target, "/telecom/2/value");
  const auto again = profile->to_canonical(out.record).value();
  EXPECT_EQ(to_canonical(again.referral.json()), to_canonical(in.referral.json()));
}

TEST(Where, one_element_may_stand_for_an_object_of_the_record) {
  SmallProfile small;
  person_rules(
      small, R"("ids": {"type": "array", "items": {"type": "object", "properties":
      {"system": {"type": "string"}, "value": {"type": "string"}}, "additionalProperties": false}})",
      R"({"national": "/ids/*", "where": {"/system": "urn:alias"}, "canonical": "/identity", "fields": [
                    {"national": "/value", "canonical": "/aliases/*", "separator": ";"}]},
                  {"national": "/ids/*", "otherwise": true, "drop": "not_asked"})");
  const auto profile = loaded(small);
  const Json record =
      national(R"("ids": [{"system": "urn:x", "value": "1"}, {"system": "urn:alias", "value": "Lu;Che"},
      {"system": "urn:alias", "value": "Mia"}])");
  const auto in = profile->to_canonical(record);
  ASSERT_TRUE(in) << in.error().pointer;
  EXPECT_EQ(at(in->referral.json(), "/persons/0/identity/aliases"), R"(["Lu","Che"])");
  EXPECT_EQ(line_from(in->report, "/ids/2/value")->reason, "only_first");
  EXPECT_EQ(line_from(in->report, "/ids/2/value")->fate, Fate::dropped);
  expect_accounted(record, in->report);
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/ids"), R"([{"value":"Lu;Che","system":"urn:alias"}])");
  EXPECT_EQ(at(profile->from_canonical(canonical(""), LanguageTag()).value().record, "/ids"), "(absent)");
}

TEST(FirstOfAList, is_read_and_written_and_the_others_are_reported) {
  SmallProfile small;
  person_rules(small, R"("name": {"type": "array", "items": {"type": "object", "properties": {"given":
      {"type": "array", "items": {"type": "string"}}, "family": {"type": "string"}}, "additionalProperties": false}})",
               R"({"national": "/name/0/given/*", "canonical": "/identity/aliases/*"},
                  {"national": "/name/0/family", "canonical": "/identity/first_surname"})");
  const auto profile = loaded(small);
  const std::string one = R"("name": [{"given": ["Ana", "Lu"], "family": "Cruz"}])";
  const auto in = profile->to_canonical(
      national(R"("name": [{"given": ["Ana", "Lu"], "family": "Cruz"}, {"family": "Roe"}])"));
  ASSERT_TRUE(in) << in.error().pointer;
  EXPECT_EQ(at(in->referral.json(), "/persons/0/identity/first_surname"), "\"Cruz\"");
  EXPECT_EQ(line_from(in->report, "/name/1/family")->reason, "only_first");
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(to_canonical(out.record), to_canonical(national(one)));
}

// The national record is open: what its schema does not know is said to be left out.
void open_record(SmallProfile& small, const std::string& others) {
  small.file("schema.json") = SmallProfile::schema(
      R"("case_no": {"type": "string"}, "extra": {"type": "object", "properties": {"known": {"type": "string"}},
          "additionalProperties": true})");
  small.file("mapping.json") = SmallProfile::mapping(
      R"({"national": "/case_no", "canonical": "/case/source_record"}, {"national": "/extra/known", "drop": "not_asked"})",
      others);
}

TEST(OpenRecord, reports_each_field_that_the_schema_does_not_know) {
  SmallProfile small;
  open_record(small, R"("others": "not_in_profile", )");
  const Json record = national(R"("extra": {"known": "a", "own": {"deep": ["x", 2]}, "none": null})");
  const auto in = loaded(small)->to_canonical(record);
  ASSERT_TRUE(in) << in.error().pointer;
  expect_accounted(record, in->report);
  EXPECT_EQ(line_from(in->report, "/extra/own/deep/1")->reason, "not_in_profile");
  EXPECT_EQ(line_from(in->report, "/extra/own/deep/1")->fate, Fate::dropped);
  EXPECT_EQ(line_from(in->report, "/extra/known")->reason, "not_asked");
}

TEST(OpenRecord, without_a_word_on_the_others_is_refused) {
  SmallProfile small;
  open_record(small, "");
  const auto loaded = small.load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().expected, "zz/mapping.json others_missing");
}

const char* const kConcept = R"("level_concept": {"type": "object", "properties": {"text": {"type": "string"},
    "coding": {"type": "array", "items": {"type": "object", "properties": {"system": {"type": "string"},
     "code": {"type": "string"}, "display": {"type": "string"}}, "additionalProperties": false}}},
    "additionalProperties": false})";
const char* const kConceptRules = R"({"national": "/level_concept", "canonical": "/case/status", "as": "code",
    "codes": "referral_status", "code_member": "/coding/0/code", "labels": {"/coding/0/display": "en"},
    "with": {"/coding/0/system": "urn:status"}}, {"national": "/level_concept/text", "drop": "label_only"})";

std::string statuses() {
  std::string outbound;
  for (const std::string& code : shipped_codes().codes("referral_status"))
    outbound += (outbound.empty() ? "\"" : ", \"") + code +
                (code == "consent_pending"
                     ? R"(": {"code": "done", "relation": "equivalent", "ev": "general"})"
                     : R"(": {"relation": "not-mapped", "reason": "no_term", "ev": "general"})");
  return R"({"system": "referral_status", "version": "1", "language": "en",
      "national": [{"code": "done", "labels": {"en": "Done"}}], "outbound": {)" +
         outbound +
         R"(}, "inbound": {"done": {"code": "consent_pending", "relation": "equivalent", "ev": "general"}}})";
}

TEST(LabelledObject, holds_its_code_below_with_constants_beside) {
  SmallProfile small;
  small.field(kConcept, kConceptRules);
  small.file("codes/referral_status.json") = statuses();
  const auto profile = loaded(small);
  const Json record = national(R"("level_concept": {"text": "finished", "coding": [
      {"system": "urn:other", "code": "done", "display": "no"},
      {"system": "urn:status", "code": "done", "display": "Done"}]})");
  const auto in = profile->to_canonical(record);
  ASSERT_TRUE(in) << in.error().pointer;
  EXPECT_EQ(at(in->referral.json(), "/case/status"), R"({"code":"consent_pending"})");
  expect_accounted(record, in->report);
  EXPECT_EQ(line_from(in->report, "/level_concept/coding/1/code")->target, "/case/status");
  EXPECT_EQ(line_from(in->report, "/level_concept/coding/0/code")->fate, Fate::dropped);
  EXPECT_EQ(line_from(in->report, "/level_concept/text")->reason, "label_only");
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/level_concept"),
            R"({"coding":[{"system":"urn:status","code":"done","display":"Done"}]})");
}

TEST(LabelledObject, a_code_of_another_list_is_not_taken_for_ours) {
  SmallProfile small;
  small.field(kConcept, kConceptRules);
  small.file("codes/referral_status.json") = statuses();
  const auto in = loaded(small)->to_canonical(
      national(R"("level_concept": {"coding": [{"system": "urn:other", "code": "done"}]})"));
  EXPECT_TRUE(!in || at(in->referral.json(), "/case/status/code") == "(absent)");
}

}  // namespace
}  // namespace hotline
