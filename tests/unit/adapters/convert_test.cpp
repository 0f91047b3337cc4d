// One converter at a time: what it reads, what it refuses, what it writes.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

JsonValue value_of(Json& pool, const std::string& text) {
  return make_text(text, pool.GetAllocator());
}

std::string read(const Converter& converter, const std::string& national) {
  Json pool;
  const auto value = read_value(converter, value_of(pool, national), pool.GetAllocator());
  return value ? to_text(*value) : std::string(to_string(value.error().code));
}
std::string write(const Converter& converter, const std::string& canonical) {
  Json pool;
  const auto value =
      write_value(converter, value_of(pool, canonical), LanguageTag("en-US"), pool.GetAllocator());
  return value ? to_text(*value) : "dropped: " + std::string(value.error());
}

DateAs dates(const std::vector<std::string>& patterns, const std::vector<std::string>& months = {}) {
  DateAs as;
  for (const std::string& pattern : patterns) as.forms.push_back(DateForm::parse(pattern, months).value());
  return as;
}

TEST(Date, is_read_in_any_form_and_written_with_the_same_precision) {
  const DateAs us = dates({"MM/DD/YYYY", "MM/YYYY", "YYYY"});
  EXPECT_EQ(read(us, "03/05/1991"), "\"1991-03-05\"");
  EXPECT_EQ(read(us, " 03/1991 "), "\"1991-03\"");
  EXPECT_EQ(read(us, "1991"), "\"1991\"");
  EXPECT_EQ(write(us, "1991-03-05"), "\"03/05/1991\"");
  EXPECT_EQ(write(us, "1991-03"), "\"03/1991\"");
  EXPECT_EQ(write(us, "1991"), "\"1991\"");
}

TEST(Date, that_cannot_be_is_refused) {
  const DateAs us = dates({"MM/DD/YYYY", "MM/YYYY", "YYYY"});
  for (const char* text :
       {"02/30/2024", "13/01/2024", "00/10/2024", "1/2/24", "March", "03/05/1991 10:00", ""})
    EXPECT_EQ(read(us, text), "date_impossible") << text;
}

TEST(Date, in_words_of_the_hotlines_language) {
  const DateAs mx = dates({"D de MMMM de YYYY", "MMMM de YYYY", "YYYY"},
                          {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
                           "septiembre", "octubre", "noviembre", "diciembre"});
  EXPECT_EQ(read(mx, "5 de mayo de 2024"), "\"2024-05-05\"");
  EXPECT_EQ(read(mx, "5 de Mayo de 2024"), "\"2024-05-05\"");
  EXPECT_EQ(read(mx, "mayo de 2024"), "\"2024-05\"");
  EXPECT_EQ(read(mx, "5 of May 2024"), "date_impossible");
  EXPECT_EQ(write(mx, "2024-11-15"), "\"15 de noviembre de 2024\"");
}

TEST(Date, without_a_form_for_its_precision_is_dropped_and_not_made_up) {
  EXPECT_EQ(write(dates({"MM/DD/YYYY"}), "1991"), "dropped: no_form_for_precision");
}

RC_GTEST_PROP(Date, of_any_day_comes_back, ()) {
  const int month = *rc::gen::inRange(1, 13), day = *rc::gen::inRange(1, 29),
            year = *rc::gen::inRange(1900, 2100);
  const DateAs as =
      dates({*rc::gen::element<std::string>("MM/DD/YYYY", "DD/MM/YYYY", "YYYY-MM-DD", "D.M.YYYY")});
  const std::string date = format_civil_date({year, month, day});
  std::string written = write(as, date);
  RC_ASSERT(read(as, written.substr(1, written.size() - 2)) == "\"" + date + "\"");
}

TEST(Instant, is_read_with_any_offset_and_written_in_the_hotlines_form) {
  EXPECT_EQ(read(InstantAs{true}, "2026-11-20T15:00:00.000+0000"), "\"2026-11-20T15:00:00Z\"");
  EXPECT_EQ(read(InstantAs{true}, "2026-11-20T09:00:00.000-0600"), "\"2026-11-20T15:00:00Z\"");
  EXPECT_EQ(read(InstantAs{}, "2026-11-20T09:00:00-06:00"), "\"2026-11-20T15:00:00Z\"");
  EXPECT_EQ(write(InstantAs{true}, "2026-11-20T15:00:00Z"), "\"2026-11-20T15:00:00.000+0000\"");
  EXPECT_EQ(write(InstantAs{}, "2026-11-20T15:00:00Z"), "\"2026-11-20T15:00:00Z\"");
  EXPECT_EQ(read(InstantAs{}, "2026-11-20"), "date_impossible");
  EXPECT_EQ(read(InstantAs{true}, "+0000"), "date_impossible");
}

TEST(Phone, is_written_as_its_reader_dials) {
  const PhoneAs us{"US", PhoneAs::Out::national};
  EXPECT_EQ(read(us, "(312) 555-0142"), "\"+13125550142\"");
  EXPECT_EQ(read(us, "312 555 0142"), "\"+13125550142\"");
  EXPECT_EQ(read(us, "+52 55 0000 0017"), "\"+525500000017\"");
  EXPECT_EQ(read(us, "call my sister"), "phone_invalid");
  EXPECT_EQ(write(us, "+13125550142"), "\"(312) 555-0142\"");
  EXPECT_EQ(write(us, "+525500000017").substr(0, 4), "\"+52");
  EXPECT_EQ(write(PhoneAs{"US", PhoneAs::Out::international}, "+13125550142").substr(0, 3), "\"+1");
  EXPECT_EQ(write(PhoneAs{"US", PhoneAs::Out::e164}, "+13125550142"), "\"+13125550142\"");
}

TEST(Decimal, keeps_every_digit) {
  const DecimalAs us{",", "."}, fr{" ", ","}, plain{"", "."};
  EXPECT_EQ(read(us, "4,860.50"), "\"4860.50\"");
  EXPECT_EQ(read(us, "1,234,567"), "\"1234567\"");
  EXPECT_EQ(read(fr, "12 500,00"), "\"12500.00\"");
  EXPECT_EQ(write(us, "1234567.05"), "\"1,234,567.05\"");
  EXPECT_EQ(write(us, "-1234"), "\"-1,234\"");
  EXPECT_EQ(write(us, "315"), "\"315\"");
  EXPECT_EQ(write(fr, "12500.00"), "\"12 500,00\"");
  for (const char* text : {"", "-", ".", "12.", "1.2.3", "USD 5", "1e3", ",5"})
    EXPECT_EQ(read(plain, text), "value_not_allowed") << text;
}

TEST(Boolean, in_the_hotlines_words) {
  const BooleanAs mx{{"Sí", "No", {"S"}, {}}};
  EXPECT_EQ(read(mx, "Sí"), "true");
  EXPECT_EQ(read(mx, "s"), "true");
  EXPECT_EQ(read(mx, "no"), "false");
  EXPECT_EQ(read(mx, "quizás"), "value_not_allowed");
  EXPECT_EQ(read(BooleanAs{}, "true"), "value_not_allowed") << "a word is no JSON boolean";
}

TEST(Integer, is_no_other_number) {
  EXPECT_EQ(read(IntegerAs{true}, " 12 "), "12");
  EXPECT_EQ(read(IntegerAs{true}, "12a"), "type_mismatch");
  EXPECT_EQ(read(IntegerAs{true}, ""), "type_mismatch");
  EXPECT_EQ(read(IntegerAs{}, "12"), "type_mismatch");
}

TEST(Enum, has_a_word_or_a_reason_for_each_value) {
  const EnumAs as{{{"yes", "Y"}}, {{"y", "yes"}, {"yep", "yes"}}, {{"some", "not_asked_here"}}};
  EXPECT_EQ(read(as, "Y"), "\"yes\"");
  EXPECT_EQ(read(as, " YEP "), "\"yes\"");
  EXPECT_EQ(read(as, "maybe"), "value_not_allowed");
  EXPECT_EQ(write(as, "yes"), "\"Y\"");
  EXPECT_EQ(write(as, "some"), "dropped: not_asked_here");
}

}  // namespace
}  // namespace hotline
