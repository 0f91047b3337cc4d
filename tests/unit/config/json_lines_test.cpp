#include "config/json_lines.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

constexpr std::string_view kText =
    "{\n"
    "  \"a\": [1, {\"b\": \"x ] } \\\" ,\"},\n"
    "        [[], {}],\n"
    "        {\n"
    "          \"/~\": true}],\n"
    "  \"c\": {\"d\": null},\n"
    "  \"e\": -1\n"
    "}\n";

TEST(LineOf, APlaceIsTheLineOnWhichItBegins) {
  EXPECT_EQ(line_of(kText, ""), 1u);
  EXPECT_EQ(line_of(kText, "/a"), 2u);
  EXPECT_EQ(line_of(kText, "/a/1/b"), 2u);
  EXPECT_EQ(line_of(kText, "/a/2/1"), 3u);
  EXPECT_EQ(line_of(kText, "/a/3"), 4u);
  EXPECT_EQ(line_of(kText, "/a/3/~1~0"), 5u);
  EXPECT_EQ(line_of(kText, "/c/d"), 6u);
  EXPECT_EQ(line_of(kText, "/e"), 7u);
}

TEST(LineOf, APlaceThatIsNotThereIsItsContainers) {
  EXPECT_EQ(line_of(kText, "/c/missing"), 6u);
  EXPECT_EQ(line_of(kText, "/a/3/x/y"), 4u);
  EXPECT_EQ(line_of(kText, "/a/9"), 2u);
  EXPECT_EQ(line_of(kText, "/nowhere"), 1u);
}

TEST(LineOf, TextThatIsNoJsonStillHasLines) {
  EXPECT_EQ(line_of("", "/a"), 1u);
  EXPECT_EQ(line_of("{\n\"a\": [", "/a/0"), 2u);
  EXPECT_EQ(line_of("{\"a\" \n\n", "/b"), 1u);
  EXPECT_EQ(line_of("]]]", "/0/1"), 1u);
}

}  // namespace
}  // namespace hotline
