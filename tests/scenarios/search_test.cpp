// The search that the scenario tests rest on finds what is hidden, and does not find what is not there.
#include "tests/scenarios/search.h"

#include <gtest/gtest.h>

namespace hotline::test {
namespace {

struct Hidden {
  const char* how;
  const char* text;
  const char* value;
  bool found;
};

class SearchTest : public testing::TestWithParam<Hidden> {};

TEST_P(SearchTest, SeesThroughWriting) {
  Haystack haystack;
  haystack.add("here", GetParam().text);
  EXPECT_EQ(haystack.find(GetParam().value).has_value(), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Writing, SearchTest,
    testing::Values(Hidden{"as_it_is", "she is Yolanda Nuñez", "Yolanda Nuñez", true},
                    Hidden{"case_and_accents", "YOLANDA NUNEZ", "Yolanda Núñez", true},
                    Hidden{"decomposed",
                           "Nun\xCC\x83"
                           "ez Yolanda",
                           "Nuñez Yolanda", true},
                    Hidden{"full_width", "\xEF\xBC\xB9olanda", "Yolanda", true},
                    Hidden{"zero_width",
                           "Yol\xE2\x80\x8B"
                           "anda",
                           "Yolanda", true},
                    Hidden{"spaced", "Y o l a n d a  N u ñ e z", "Yolanda Nuñez", true},
                    Hidden{"json_escape", R"("Nu\u00f1ez Yol\u0061nda")", "Nuñez Yolanda", true},
                    Hidden{"percent", "name=Nu%C3%B1ez%20Yolanda", "Nuñez Yolanda", true},
                    Hidden{"base64", "x: WW9sYW5kYSBOdcOxZXo=", "Yolanda Nuñez", true},
                    Hidden{"base64_twice", "V1c5c1lXNWtZU0JPZGNPeFpYbz0", "Yolanda Nuñez", true},
                    Hidden{"digits", "call +1 (773) 555-01.26 now", "773-555-0126", true},
                    Hidden{"inside_a_word", "Yolandas", "Yolanda", true},
                    Hidden{"short_as_a_word", "so Ana left", "Ana", true},
                    Hidden{"short_inside_a_word", "mañana", "Ana", false},
                    Hidden{"short_number_inside_a_number", "1885001", "88500", false},
                    Hidden{"other_name", "Yolotl Nuñez", "Yolanda Nuñez", false},
                    Hidden{"other_digits", "773-555-0127", "773-555-0126", false}),
    [](const auto& info) { return std::string(info.param.how); });

TEST(Search, SaysWhere) {
  Haystack haystack;
  haystack.add("first", "nothing");
  haystack.add("second", "Yolanda");
  EXPECT_EQ(haystack.find("yolanda"), "second");
}

}  // namespace
}  // namespace hotline::test
