// The scanner: what is known of a case in whatever spelling, what is known from nowhere, and one reading of
// all of it.
#include "consent/scan/scanner.h"

#include <gtest/gtest.h>

#include "consent/scan/known.h"

namespace hotline {
namespace {

const ScanData& data() {
  static const ScanData all = ScanData::load(HOTLINE_ROOT).value();
  return all;
}

FindableValue known(std::string_view type, std::string_view text) {
  Json value(rapidjson::kObjectType);
  set_text(value, "type", type, value.GetAllocator());
  set_text(value, "text", text, value.GetAllocator());
  return read_known(value, 1).value();
}

// The words of each finding, as "type words".
std::vector<std::string> found(std::string_view text, const std::vector<FindableValue>& values = {}) {
  std::vector<std::string> out;
  for (const FoundSpan& span : Scanner(data(), values).scan(text, LanguageTag("en")))
    out.push_back(std::string(to_string(span.type)) + " " +
                  std::string(text.substr(span.begin, span.size())));
  return out;
}

struct Disguise {
  const char* type;
  const char* value;
  const char* text;   // holds `words`
  const char* words;  // what is found
};
void PrintTo(const Disguise& one, std::ostream* out) {
  *out << one.words;
}

class Disguised : public testing::TestWithParam<Disguise> {};

TEST_P(Disguised, is_found_all_the_same) {
  const Disguise& one = GetParam();
  const auto all = found(one.text, {known(one.type, one.value)});
  EXPECT_NE(std::find(all.begin(), all.end(), std::string(one.type) + " " + one.words), all.end())
      << testing::PrintToString(all);
}

INSTANTIATE_TEST_SUITE_P(
    known, Disguised,
    testing::Values(Disguise{"name", "María Elena Hernández", "HERNANDEZ, maria elena called",
                             "HERNANDEZ, maria elena"},
                    Disguise{"name", "Kateryna Hrytsenko", "then hrytsneko left", "hrytsneko"},
                    Disguise{"name", "Ana Belén Díaz", "see A.B.D. there", "A.B.D"},
                    Disguise{"name", "Alejandra Cortés", "dijo alejandrita que no", "alejandrita"},
                    Disguise{"name", "Fernanda Duarte", "ask Fer first", "Fer"},
                    Disguise{"name", "Delroy Campbell", "at Delroy's place", "Delroy's"},
                    Disguise{"phone", "+12025550147", "two oh two, triple five, oh one four seven now",
                             "two oh two, triple five, oh one four seven"},
                    Disguise{"phone", "+15815550131", "cinq huit un cinq cinq cinq zéro un trente et un ok",
                             "cinq huit un cinq cinq cinq zéro un trente et un"},
                    Disguise{"phone", "+529565550129", "nueve cinco seis, 555, cero uno dos nueve",
                             "nueve cinco seis, 555, cero uno dos nueve"},
                    Disguise{"phone", "+13055550184", "on 3o5*555*o184 today", "3o5*555*o184"},
                    Disguise{"email", "fab.laguerre@example.com", "write fab dot laguerre at example dot com",
                             "fab dot laguerre at example dot com"}));

TEST(Scanner, takes_one_in_small_letters_for_no_initials) {
  EXPECT_TRUE(found("it was bad and sad", {known("name", "Bertha Ana Delgado")}).empty());
}

TEST(Scanner, finds_what_stands_in_no_field) {
  const auto all =
      found("Her brother Ezequiel Barrera drives a white Ford Transit, lives at 418 Dunmore Cres, apt 2.");
  for (const char* one :
       {"name Ezequiel Barrera", "vehicle white Ford Transit", "address 418 Dunmore Cres, apt 2"})
    EXPECT_NE(std::find(all.begin(), all.end(), one), all.end())
        << one << " in " << testing::PrintToString(all);
}

TEST(Scanner, finds_nobody_in_states_languages_forms_and_public_numbers) {
  const auto all = found(
      "She speaks Spanish and some Mixteco, came from Oaxaca to Texas in 2024, has form I-94 and knows 988.");
  EXPECT_TRUE(all.empty()) << testing::PrintToString(all);
}

TEST(Scanner, says_the_same_twice_and_wherever_the_text_stands) {
  const std::string text = "Ask Ezequiel Barrera, 202 555 0147.";
  EXPECT_EQ(found(text), found(text));
}

TEST(Resolve, takes_the_surer_reading_and_what_is_left_of_the_other) {
  const std::string text = "Ana Bell 12";
  const FoundSpan name{0, 8, SpanType::place, SpanReason::model, 0.6};
  const FoundSpan known_name{0, 3, SpanType::name, SpanReason::known_value, 1};
  const auto spans = resolve({name, known_name}, text);
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0], known_name);
  EXPECT_EQ(spans[1].begin, 3u);
  EXPECT_EQ(spans[1].end, 8u);
}

TEST(Resolve, makes_one_of_what_stands_side_by_side) {
  const FoundSpan one{0, 3, SpanType::name, SpanReason::model, 0.6},
      other{4, 8, SpanType::name, SpanReason::model, 0.7};
  EXPECT_EQ(resolve({one, other}, "Ana Bell 12"),
            std::vector<FoundSpan>({{0, 8, SpanType::name, SpanReason::model, 0.7}}));
}

TEST(Resolve, leaves_no_blank_behind_as_a_finding) {
  const FoundSpan whole{0, 4, SpanType::name, SpanReason::model, 0.6};
  const FoundSpan most{0, 3, SpanType::name, SpanReason::known_value, 1};
  EXPECT_EQ(resolve({whole, most}, "Ana ").size(), 1u);
}

TEST(FoundSpan, is_counted_in_code_points_where_a_page_needs_it) {
  const std::string text = "¡Él, José!";
  const auto spans = in_code_points({{7, 12, SpanType::name, SpanReason::model, 1}}, text);
  EXPECT_EQ(spans[0].begin, 5u);
  EXPECT_EQ(spans[0].end, 9u);
}

TEST(Known, that_is_no_kind_we_know_is_refused_with_its_place) {
  Json value(rapidjson::kObjectType);
  set_text(value, "type", "mood", value.GetAllocator());
  set_text(value, "text", "x", value.GetAllocator());
  const auto read = read_known(value, 0);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().pointer, "/type");
}

}  // namespace
}  // namespace hotline
