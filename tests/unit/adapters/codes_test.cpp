// Codes and words of a small hotline: what carries, what is kept as it was said, and what stands in the
// review list for a person.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

TEST(Codes, that_are_no_equivalent_keep_what_was_said) {
  const auto profile = loaded(SmallProfile());
  const auto in = profile->to_canonical(national("", "at once"));
  ASSERT_TRUE(in) << "another spelling, case ignored";
  const std::string urgency = "/envelope/urgency";
  EXPECT_EQ(at(in->referral.json(), urgency + "/code"), "\"crisis_24h\"");
  EXPECT_EQ(at(in->referral.json(), urgency + "/relation"), "\"narrower\"");
  EXPECT_EQ(at(in->referral.json(), urgency + "/original"),
            R"({"system":"zz:referral_urgency","version":"3","code":"NOW","label":"Now","language":"en"})");
  EXPECT_EQ(line_from(in->report, "/level")->fate, Fate::narrowed);
  EXPECT_EQ(line_from(in->report, "/level")->code_system, "referral_urgency");
}

TEST(Codes, come_home_as_they_were_said) {
  const auto profile = loaded(SmallProfile());
  const auto in = profile->to_canonical(national("", "NOW"));
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/level"), "\"NOW\"");
  EXPECT_EQ(at(out.record, "/review"), "(absent)") << "nothing to look at: it is our own word";
}

TEST(Codes, on_which_a_decision_hangs_are_refused_when_no_list_has_them) {
  const auto profile = loaded(SmallProfile());
  for (const char* level : {"WHENEVER", "ODD"}) {
    const auto refused = profile->to_canonical(national("", level));
    ASSERT_FALSE(refused) << level;
    EXPECT_EQ(refused.error().code, ErrorCode::code_unknown);
    EXPECT_EQ(refused.error().pointer, "/level");
  }
}

// A word that is no mere spelling: "Hardly" is less than "some", "Braille" is neither yes nor no.
std::shared_ptr<const MappedProfile> with_near_words() {
  SmallProfile small;
  person_rule(small, R"("reads": {"type": "string"})",
              R"({"national": "/reads", "canonical": "/languages/reads",
      "as": "enum", "values": {"yes": "Y", "some": "S", "no": "N"}, "also": {"y.": "yes"},
      "near": {"Hardly": {"value": "some", "relation": "wider"},
               "Braille": {"relation": "not-mapped", "reason": "no_value"}}})");
  return loaded(small);
}
const char* const kReads = "/persons/0/languages/reads";

TEST(Words, that_are_not_quite_the_value_say_so_and_come_home_as_they_were_said) {
  const auto profile = with_near_words();
  const auto in = profile->to_canonical(national(R"("reads": "hardly")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), kReads), "\"some\"");
  EXPECT_EQ(line_from(in->report, "/reads")->fate, Fate::widened);
  const auto home = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(home.record, "/reads"), "\"hardly\"");
  EXPECT_EQ(line_from(home.report, kReads)->reason, "original");
  const auto elsewhere =
      profile->from_canonical(canonical(R"("languages": {"reads": "some"})"), LanguageTag()).value();
  EXPECT_EQ(at(elsewhere.record, "/reads"), "\"S\"");
}

TEST(Words, that_have_no_value_are_kept_and_told_as_dropped) {
  const auto profile = with_near_words();
  const auto in = profile->to_canonical(national(R"("reads": "Braille")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), kReads), "(absent)");
  EXPECT_EQ(line_from(in->report, "/reads")->fate, Fate::dropped);
  EXPECT_EQ(line_from(in->report, "/reads")->reason, "no_value");
  const auto home = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(home.record, "/reads"), "\"Braille\"");
}

// With the members of an entry that say what the code was.
std::shared_ptr<const MappedProfile> with_whole_review() {
  SmallProfile small;
  small.change(
      "schema.json", R"("suggested": {"type": "string"})",
      R"("suggested": {"type": "string"}, "code": {"type": "string"}, "system": {"type": "string"})");
  small.change("schema.json", R"("required": ["id", "kind", "level"])", R"("required": ["id", "kind"])");
  small.change("mapping.json", R"("suggested": "suggested")",
               R"("suggested": "suggested", "code": "code", "original_system": "system")");
  return loaded(small);
}

TEST(ReviewList, says_what_a_code_was_that_has_no_word_here) {
  const auto profile = with_whole_review();
  const Referral planned = canonical("", R"({"code": "planned"})");
  const auto out = profile->from_canonical(planned, LanguageTag()).value();
  ASSERT_EQ(at(out.record, "/level"), "(absent)");
  const auto back = profile->to_canonical(out.record);
  ASSERT_TRUE(back) << back.error().pointer;
  EXPECT_EQ(at(back->referral.json(), "/envelope/urgency"), R"({"code":"planned"})");
  const auto line = line_from(back->report, "/review/0/code");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->target, "/envelope/urgency");
  EXPECT_EQ(line->reason, "from_review");
  EXPECT_EQ(line_from(back->report, "/review/0/label")->reason, "for_review_only");
}

TEST(ReviewList, is_read_no_more_when_a_person_has_settled_the_field) {
  const auto profile = with_whole_review();
  const auto back = profile->to_canonical(
      national(R"("review": [{"field": "/level", "label": "x", "person": true, "code": "planned"}])"));
  ASSERT_TRUE(back);
  EXPECT_EQ(at(back->referral.json(), "/envelope/urgency"), R"({"code":"standard"})");
  EXPECT_EQ(line_from(back->report, "/review/0/code")->reason, "for_review_only");
}

// The list has a word for that code, so it was written, and somebody took it away: that was no oversight.
TEST(ReviewList, brings_nothing_back_that_a_person_took_out) {
  const auto refused = with_whole_review()->to_canonical(json(R"({"id": "p1", "kind": "referral",
      "review": [{"field": "/level", "label": "x", "person": true, "code": "urgent_72h"}]})"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::field_missing);
  EXPECT_EQ(refused.error().pointer, "/level") << "the field to fill in, in the record's own words";
  EXPECT_EQ(refused.error().expected, "settle /review/0") << "and what waits for that";
}

TEST(ReviewList, keeps_the_original_and_owns_up_that_the_code_was_not_quite_that) {
  const auto profile = with_whole_review();
  const auto out = profile
                       ->from_canonical(canonical("", R"({"code": "planned", "relation": "wider",
      "original": {"system": "qq:urgency", "code": "LUEGO"}})"),
                                        LanguageTag())
                       .value();
  const auto back = profile->to_canonical(out.record);
  ASSERT_TRUE(back);
  EXPECT_EQ(at(back->referral.json(), "/envelope/urgency"),
            R"({"code":"planned","relation":"related","original":{"system":"qq:urgency","code":"LUEGO"}})");
}

struct Outbound {
  const char* code;
  const char* written;  // national value, or (absent)
  Fate fate;
  const char* needs_person;  // of the review entry, or (absent)
  const char* suggested;
};
void PrintTo(const Outbound& one, std::ostream* out) {
  *out << one.code;
}

class OutboundCode : public testing::TestWithParam<Outbound> {};

TEST_P(OutboundCode, is_written_only_when_nothing_is_guessed) {
  const auto profile = loaded(SmallProfile());
  const auto out = profile
                       ->from_canonical(canonical("", std::string(R"({"code": ")") + GetParam().code + "\"}"),
                                        LanguageTag("fr-CA"))
                       .value();
  EXPECT_EQ(at(out.record, "/level"), GetParam().written);
  EXPECT_EQ(at(out.record, "/review/0/person"), GetParam().needs_person);
  EXPECT_EQ(at(out.record, "/review/0/suggested"), GetParam().suggested);
  EXPECT_EQ(line_from(out.report, "/envelope/urgency")->fate, GetParam().fate);
}

INSTANTIATE_TEST_SUITE_P(
    each, OutboundCode,
    testing::Values(Outbound{"standard", "\"SOON\"", Fate::carried, "(absent)", "(absent)"},
                    Outbound{"immediate_danger", "\"NOW\"", Fate::widened, "false", "(absent)"},
                    Outbound{"urgent_72h", "\"PRESSING\"", Fate::narrowed, "true", "(absent)"},
                    Outbound{"planned", "(absent)", Fate::related, "true", "\"SOON\""},
                    Outbound{"tip_only", "(absent)", Fate::dropped, "true", "(absent)"}));

TEST(Codes, that_do_not_carry_stand_in_the_readers_language) {
  const auto profile = loaded(SmallProfile());
  const Referral tip = canonical("", R"({"code": "tip_only"})");
  for (const char* language : {"en", "fr-CA", "es-MX"}) {
    const auto out = profile->from_canonical(tip, LanguageTag(language)).value();
    EXPECT_EQ(at(out.record, "/review/0/label"),
              "\"" + *shipped_codes().label("referral_urgency", "tip_only", LanguageTag(language)) + "\"");
    EXPECT_EQ(at(out.record, "/review/0/field"), "\"/level\"");
  }
}

TEST(Codes, from_elsewhere_keep_their_original_for_the_reader) {
  const Referral foreign = canonical("", R"({"code": "standard", "relation": "wider", "original":
      {"system": "qq:urgency", "code": "PRONTO", "label": "Pronto", "language": "es"}})");
  const auto out = loaded(SmallProfile())->from_canonical(foreign, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/level"), "\"SOON\"");
  EXPECT_EQ(at(out.record, "/review/0/original"), "\"PRONTO\"");
}

// What a peer sends as the word that we once said, and what our own list makes of it.
TEST(Codes, are_not_overruled_by_an_original_that_our_list_reads_otherwise) {
  const auto profile = loaded(SmallProfile());
  for (const char* said : {"NOW", "HURRY"}) {
    const Referral peer = canonical("", R"({"code": "standard", "original": {"system": "zz:referral_urgency",
        "code": ")" + std::string(said) + R"(", "label": "call her husband"}})");
    const auto out = profile->from_canonical(peer, LanguageTag()).value();
    EXPECT_EQ(at(out.record, "/level"), "\"SOON\"") << said;
    EXPECT_EQ(at(out.record, "/review/0/person"), "true");
    EXPECT_EQ(at(out.record, "/review/0/original"), "\"" + std::string(said) + "\"");
    EXPECT_EQ(line_from(out.report, "/envelope/urgency")->fate, Fate::carried);
  }
}

TEST(Codes, are_not_replaced_by_an_original_of_another_relation) {
  const Referral peer = canonical("", R"({"code": "crisis_24h", "relation": "wider",
      "original": {"system": "zz:referral_urgency", "code": "NOW", "label": "Now"}})");
  const auto out = loaded(SmallProfile())->from_canonical(peer, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/review/0/person"), "true");
  EXPECT_EQ(line_from(out.report, "/envelope/urgency")->reason, "wider");
}

TEST(Codes, are_none_where_the_record_says_that_they_are_mapped_to_nothing) {
  const Referral peer = canonical("", R"({"code": "standard", "relation": "not-mapped"})");
  const auto out = loaded(SmallProfile())->from_canonical(peer, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/level"), "(absent)");
  EXPECT_EQ(at(out.record, "/review/0/person"), "true");
}

TEST(Codes, are_called_in_the_profiles_language_where_nobody_speaks_the_one_asked_for) {
  SmallProfile small;
  small.change("profile.json", R"(["en-US"])", R"(["es-MX"])");
  const auto out =
      loaded(small)->from_canonical(canonical("", R"({"code": "tip_only"})"), LanguageTag("tlh"));
  EXPECT_EQ(at(out->record, "/review/0/label"),
            "\"" + *shipped_codes().label("referral_urgency", "tip_only", LanguageTag("es")) + "\"");
}

// A hotline whose persons have needs with an urgency of their own, on which no decision hangs.
std::shared_ptr<const MappedProfile> with_needs(const std::string& then = R"({"type": "string"})",
                                                const std::string& options = "") {
  SmallProfile small;
  small.file("mapping.json") = SmallProfile::mapping("");
  small.change(
      "mapping.json", R"({"national": "/id", "canonical": "/id"})",
      R"({"national": "/id", "canonical": "/id"}, {"national": "/needs/*", "canonical": "/needs/items/*", "fields":
                   [{"canonical": "/need/code", "value": "food"},
                    {"national": "/then", "canonical": "/urgency", "as": "code", "codes": "referral_urgency")" +
          options + "}]}");
  small.file("schema.json") = SmallProfile::schema(
      R"("needs": {"type": "array", "items": {"type": "object", "properties": {"then": )" + then +
      R"(}, "additionalProperties": false}})");
  return loaded(small);
}
const char* const kThen = "/persons/0/needs/items/0/urgency";

struct Unmapped {
  const char* said;
  const char* code;   // of the original
  const char* label;  // likewise
  const char* reason;
};
void PrintTo(const Unmapped& one, std::ostream* out) {
  *out << one.said;
}
class UnmappedCode : public testing::TestWithParam<Unmapped> {};

TEST_P(UnmappedCode, travels_as_it_was_said_and_comes_home_so) {
  const auto profile = with_needs();
  const Json record = national(std::string(R"("needs": [{"then": ")") + GetParam().said + "\"}]");
  const auto in = profile->to_canonical(record);
  ASSERT_TRUE(in) << in.error().pointer;
  EXPECT_EQ(
      at(in->referral.json(), kThen),
      std::string(
          R"({"relation":"not-mapped","original":{"system":"zz:referral_urgency","version":"3","code":")") +
          GetParam().code + R"(","label":")" + GetParam().label + R"(","language":"en"}})");
  EXPECT_EQ(at(in->referral.json(), "/extensions"), "(absent)") << "where nobody would see it";
  const auto line = line_from(in->report, "/needs/0/then");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->fate, Fate::dropped);
  EXPECT_EQ(line->target, kThen);
  EXPECT_EQ(line->reason, GetParam().reason);
  const auto home = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(home.record, "/needs/0/then"), std::string("\"") + GetParam().code + "\"");
  EXPECT_EQ(at(home.record, "/review"), "(absent)") << "our own word needs nobody";
}

INSTANTIATE_TEST_SUITE_P(
    each, UnmappedCode,
    testing::Values(Unmapped{"ODD", "ODD", "ODD", "no_concept"},
                    Unmapped{"Next Tuesday", "Next Tuesday", "Next Tuesday", "code_unknown"},
                    Unmapped{"  Next Tuesday ", "Next Tuesday", "Next Tuesday", "code_unknown"}));

TEST(Codes, that_are_blank_were_never_said) {
  const auto in = with_needs()->to_canonical(national(R"("needs": [{"then": " "}])"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), kThen), "(absent)");
  EXPECT_EQ(line_from(in->report, "/needs/0/then")->reason, "empty");
}

const char* const kLabelledThen =
    R"({"type": "object", "properties": {"c": {"type": "string"}, "fr": {"type": "string"},
    "en": {"type": "string"}}, "additionalProperties": false})";
const char* const kLabels = R"(, "code_member": "c", "labels": {"fr": "fr", "en": "en"})";

TEST(Codes, of_no_list_keep_the_label_beside_them) {
  const auto profile = with_needs(kLabelledThen, kLabels);
  const auto original = [&](const std::string& then) {
    const auto in = profile->to_canonical(national(R"("needs": [{"then": )" + then + "}]"));
    EXPECT_TRUE(in);
    return at(in->referral.json(), std::string(kThen) + "/original");
  };
  const std::string start = R"({"system":"zz:referral_urgency","version":"3","code":)";
  EXPECT_EQ(original(R"({"c": "Q9", "fr": "Bientôt", "en": "Soonish"})"),
            start + R"("Q9","label":"Soonish","language":"en"})")
      << "in the language of the list, when there is one";
  EXPECT_EQ(original(R"({"c": "Q9", "fr": "Bientôt"})"),
            start + R"("Q9","label":"Bientôt","language":"fr"})");
  EXPECT_EQ(original(R"({"fr": "Bientôt"})"), start + R"("Bientôt","label":"Bientôt","language":"fr"})")
      << "words without a code are all that was said";
}

TEST(Codes, of_no_list_come_home_with_their_label) {
  const auto profile = with_needs(kLabelledThen, kLabels);
  const auto in = profile->to_canonical(national(R"("needs": [{"then": {"c": "Q9", "fr": "Bientôt"}}])"));
  const auto home = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(home.record, "/needs/0/then"), R"({"c":"Q9","fr":"Bientôt"})");
}

TEST(Codes, that_a_closed_list_cannot_hold_stand_in_the_review_list) {
  const auto profile = with_needs(R"({"type": "string", "enum": ["NOW", "SOON", "PRESSING", "ODD"]})");
  const Referral ours =
      canonical(R"("needs": {"items": [{"need": {"code": "food"}, "urgency": {"relation": "not-mapped",
      "original": {"system": "zz:referral_urgency", "code": "Next Tuesday"}}}]})");
  const auto out = profile->from_canonical(ours, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/needs/0/then"), "(absent)");
  EXPECT_EQ(at(out.record, "/review/0/original"), "\"Next Tuesday\"");
}

struct Foreign {
  const char* coded;
  const char* label;
  const char* reason;
};
void PrintTo(const Foreign& one, std::ostream* out) {
  *out << one.coded;
}
class ForeignCode : public testing::TestWithParam<Foreign> {};

TEST_P(ForeignCode, stands_in_the_review_list_with_its_label_for_a_person) {
  const Referral foreign =
      canonical(std::string(R"("needs": {"items": [{"need": {"code": "food"}, "urgency": )") +
                GetParam().coded + "}]}");
  const auto out = with_needs()->from_canonical(foreign, LanguageTag("en")).value();
  EXPECT_EQ(at(out.record, "/needs/0/then"), "(absent)");
  EXPECT_EQ(at(out.record, "/review/0/field"), "\"/needs/0/then\"");
  EXPECT_EQ(at(out.record, "/review/0/label"), GetParam().label);
  EXPECT_EQ(at(out.record, "/review/0/person"), "true");
  const auto line = line_from(out.report, kThen);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->fate, Fate::dropped);
  EXPECT_EQ(line->reason, GetParam().reason);
  EXPECT_EQ(line->target, "/review/0");
}

INSTANTIATE_TEST_SUITE_P(
    each, ForeignCode,
    testing::Values(Foreign{R"({"relation": "not-mapped", "original":
                        {"system": "qq:urgency", "code": "PRONTO", "label": "Prontito", "language": "es"}})",
                            "\"Prontito\"", "no_common_code"},
                    Foreign{R"({"code": "by_next_moon"})", "\"by_next_moon\"", "code_unknown"},
                    Foreign{R"({"code": "by_next_moon", "relation": "wider", "original":
                        {"system": "qq:urgency", "code": "LUNA", "label": "Luna nueva", "language": "es"}})",
                            "\"Luna nueva\"", "code_unknown"},
                    Foreign{R"({"relation": "not-mapped"})", "\"not-mapped\"", "no_common_code"},
                    Foreign{R"({"code": "tip_only"})", "\"Third-party concern, no known immediate danger\"",
                            "no_term"}));

TEST(Codes, that_are_missing_answer_no_question_about_them) {
  SmallProfile small;
  small.file("mapping.json") = SmallProfile::mapping("");
  small.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
               R"({"national": "/id", "canonical": "/id"}, {"national": "/woman", "canonical":
                   "/orientation_gender/gender", "as": "is_one_of", "of": ["woman"]})");
  small.file("schema.json") = SmallProfile::schema(R"("woman": {"type": "boolean"})");
  const auto out =
      loaded(small)->from_canonical(canonical(R"("orientation_gender": {"gender": {"relation": "not-mapped",
      "original": {"system": "qq:gender", "code": "muxe"}}})"),
                                    LanguageTag());
  EXPECT_EQ(at(out->record, "/woman"), "(absent)") << "neither yes nor no";
}

}  // namespace
}  // namespace hotline
