// A small hotline's records, in and out: fields, lists, slots, and what the report says.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

TEST(Translate, a_field_goes_both_ways_and_both_are_reported) {
  const auto profile = loaded(SmallProfile());
  const auto in = profile->to_canonical(national(R"("case_no": "A-1")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), "/case/source_record"), "\"A-1\"");
  const auto line = line_from(in->report, "/case_no");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->target, "/case/source_record");
  EXPECT_EQ(line->fate, Fate::carried);
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(to_canonical(out.record), to_canonical(national(R"("case_no": "A-1")")));
}

TEST(Translate, a_record_that_its_own_schema_refuses_is_refused_in_its_own_words) {
  const auto profile = loaded(SmallProfile());
  auto unknown = profile->to_canonical(national(R"("hobby": "chess")"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::field_unknown);
  EXPECT_EQ(unknown.error().pointer, "/hobby");
  auto wrong = profile->to_canonical(json(R"({"id": "p1", "kind": "gossip", "level": "SOON"})"));
  ASSERT_FALSE(wrong) << "the canonical schema refuses it; the place is said as the national one";
  EXPECT_EQ(wrong.error().pointer, "/kind");
}

TEST(Translate, a_canonical_field_that_the_form_lacks_is_in_the_report) {
  const auto profile = loaded(SmallProfile());
  const auto out =
      profile->from_canonical(canonical(R"("health": {"medication": "insulin"})"), LanguageTag()).value();
  const auto line = line_from(out.report, "/persons/0/health/medication");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->fate, Fate::dropped);
  EXPECT_EQ(line->reason, "not_kept");
  EXPECT_EQ(line->target, "");
}

TEST(Translate, a_text_of_blanks_was_never_said) {
  const auto in = loaded(SmallProfile())->to_canonical(national(R"("case_no": "  ")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), "/case/source_record"), "(absent)");
  EXPECT_EQ(line_from(in->report, "/case_no")->reason, "empty");
}

TEST(Translate, an_extension_that_no_field_holds_is_told_as_dropped) {
  SmallProfile small;
  small.field(R"("desk": {"type": "string", "maxLength": 40})",
              R"({"national": "/desk", "canonical": "/case/worker/phone", "as": "phone", "region": "US"})");
  const auto profile = loaded(small);
  const auto told = [&](const std::string& number) {
    const auto in = profile->to_canonical(national(R"("desk": ")" + number + "\""));
    EXPECT_TRUE(in);
    EXPECT_EQ(at(in->referral.json(), "/case/worker/phone"), "\"+12025550147\"");
    const std::vector<ReportLine> lines = in->report.lines();
    return std::count_if(lines.begin(), lines.end(), [](const ReportLine& line) {
      return line.source == "/desk" && line.fate == Fate::dropped && line.reason == "phone_extension";
    });
  };
  EXPECT_EQ(told("(202) 555-0147 x45"), 1);
  EXPECT_EQ(told("(202) 555-0147"), 0);
}

TEST(Surnames, are_split_by_what_the_record_says_and_by_nothing_else) {
  SmallProfile small;
  person_rule(small, R"("last": {"type": "string"}, "second": {"type": "string"})",
              R"({"national": "/last", "canonical": "/identity", "as": "surnames", "first": "/first_surname",
                  "second": "/second_surname", "second_at": "/second"})");
  const auto profile = loaded(small);
  const auto both = profile->to_canonical(national(R"("last": "de la Cruz Pérez", "second": "Pérez")"));
  ASSERT_TRUE(both);
  EXPECT_EQ(at(both->referral.json(), "/persons/0/identity"),
            R"({"second_surname":"Pérez","first_surname":"de la Cruz"})");
  EXPECT_EQ(at(profile->from_canonical(both->referral, LanguageTag()).value().record, "/last"),
            "\"de la Cruz Pérez\"");
  const auto whole = profile->to_canonical(national(R"("last": "Reyes Ortiz")"));
  EXPECT_EQ(at(whole->referral.json(), "/persons/0/identity"), R"({"first_surname":"Reyes Ortiz"})");
  const auto other = profile->to_canonical(national(R"("last": "Reyes Ortiz", "second": "Gómez")"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().pointer, "/second");
  const auto part = profile->to_canonical(national(R"("last": "Reyes DeOrtiz", "second": "Ortiz")"));
  EXPECT_FALSE(part) << "a part of a word is no surname";
}

TEST(Surnames, a_second_one_alone_comes_home_as_the_second) {
  SmallProfile small;
  person_rule(small, R"("last": {"type": "string"}, "second": {"type": "string"})",
              R"({"national": "/last", "canonical": "/identity", "as": "surnames", "first": "/first_surname",
                  "second": "/second_surname", "second_at": "/second"})");
  const auto profile = loaded(small);
  const auto alone = profile->to_canonical(national(R"("second": "Pérez")"));
  ASSERT_TRUE(alone);
  EXPECT_EQ(at(alone->referral.json(), "/persons/0/identity"), R"({"second_surname":"Pérez"})");
  const auto written = profile->from_canonical(alone->referral, LanguageTag()).value();
  EXPECT_EQ(at(written.record, "/last"), "\"Pérez\"") << "readable where surnames are looked for";
  EXPECT_EQ(at(written.record, "/second"), "\"Pérez\"");
  const auto home = profile->to_canonical(written.record);
  ASSERT_TRUE(home);
  EXPECT_EQ(at(home->referral.json(), "/persons/0/identity"), R"({"second_surname":"Pérez"})");
}

TEST(Lists, in_one_text_are_taken_apart_and_put_together) {
  SmallProfile small;
  person_rule(small, R"("names": {"type": "string"})",
              R"({"national": "/names", "canonical": "/identity/aliases/*", "separator": ";"})");
  const auto profile = loaded(small);
  const auto in = profile->to_canonical(national(R"("names": "Lu ; Chela;; Nena")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), "/persons/0/identity/aliases"), R"(["Lu","Chela","Nena"])");
  EXPECT_EQ(at(profile->from_canonical(in->referral, LanguageTag()).value().record, "/names"),
            "\"Lu;Chela;Nena\"");
}

TEST(Lists, in_one_text_leave_out_what_would_come_back_as_two) {
  SmallProfile small;
  person_rule(small, R"("names": {"type": "string"})",
              R"({"national": "/names", "canonical": "/identity/aliases/*", "separator": ";"})");
  const auto profile = loaded(small);
  const Referral aliases = canonical(R"("identity": {"aliases": ["Lu;Chela", "Nena"]})");
  const auto out = profile->from_canonical(aliases, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/names"), "\"Nena\"");
  const auto why = line_from(out.report, "/persons/0/identity/aliases/0");
  ASSERT_TRUE(why);
  EXPECT_EQ(why->reason, "holds_separator");
}

TEST(Slots, take_the_element_that_they_can_hold) {
  SmallProfile small;
  person_rule(
      small,
      R"("mobile": {"type": "string"}, "phones": {"type": "array", "items": {"type": "object", "properties":
                  {"number": {"type": "string"}, "note": {"type": "string"}, "kind": {"type": "string"}},
                  "additionalProperties": false}})",
      R"({"canonical": "/contact/phones/*", "slots": [
                  {"national": "/mobile", "when": {"/kind": "mobile", "/note": null},
                   "fields": [{"national": "", "canonical": "/number", "as": "phone"}]},
                  {"national": "/phones/*", "fields": [{"national": "/number", "canonical": "/number", "as": "phone"},
                   {"national": "/note", "canonical": "/note"}, {"national": "/kind", "canonical": "/kind"}]}]})");
  const auto profile = loaded(small);
  const Referral two =
      canonical(R"("contact": {"phones": [{"number": "+13125550101", "kind": "mobile", "note": "nights"},
      {"number": "+13125550102", "kind": "mobile"}, {"number": "+13125550103", "kind": "mobile"}]})");
  const auto out = profile->from_canonical(two, LanguageTag()).value();
  EXPECT_EQ(at(out.record, "/mobile"), "\"(312) 555-0102\"") << "the first that has no note";
  EXPECT_EQ(at(out.record, "/phones/0/note"), "\"nights\"");
  EXPECT_EQ(at(out.record, "/phones/1/number"), "\"(312) 555-0103\"");
  const auto back = profile->to_canonical(out.record);
  ASSERT_TRUE(back) << back.error().pointer;
  EXPECT_EQ(at(back->referral.json(), "/persons/0/contact/phones/0"),
            R"({"kind":"mobile","number":"+13125550102"})");
}

TEST(Said, always_says_its_language) {
  SmallProfile small;
  person_rule(small, R"("wish": {"type": "string"}, "wish_language": {"type": "string"})",
              R"({"national": "/wish", "canonical": "/safety/what_would_make_it_safe", "as": "said",
                  "language_at": "/wish_language", "language": "es-MX"})");
  const auto profile = loaded(small);
  const auto in = profile->to_canonical(national(R"("wish": "une place", "wish_language": "fr-CA")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(at(in->referral.json(), "/persons/0/safety/what_would_make_it_safe/language"), "\"fr-CA\"");
  const auto bad =
      profile->to_canonical(national(R"("wish": "a place", "wish_language": "klingonish-speak")"));
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().pointer, "/wish_language");
}

TEST(Constant, that_is_not_what_the_record_says_is_reported_and_not_hidden) {
  SmallProfile small;
  small.change("mapping.json", R"({"canonical": "/envelope/purpose", "value": "services"})",
               R"({"canonical": "/envelope/purpose", "value": "legal"})");
  const auto out = loaded(small)->from_canonical(canonical(""), LanguageTag()).value();
  EXPECT_EQ(line_from(out.report, "/envelope/purpose")->fate, Fate::dropped);
  EXPECT_EQ(line_from(out.report, "/envelope/purpose")->reason, "fixed_value");
}

TEST(Report, names_places_and_codes_and_never_a_value) {
  const auto in = loaded(SmallProfile())->to_canonical(national(R"("case_no": "SECRET-417")"));
  const std::string text = to_text(in->report.to_json());
  EXPECT_EQ(text.find("SECRET"), std::string::npos);
  EXPECT_NE(text.find(R"("from":"zz@7.0.0")"), std::string::npos);
  EXPECT_NE(text.find("/case/source_record"), std::string::npos);
}

}  // namespace
}  // namespace hotline
