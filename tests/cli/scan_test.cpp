// scan: texts in, places out, and never a word of the text.
#include <gtest/gtest.h>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

TEST(Scan, TellsWhereInCodePointsAndNotWhat) {
  const auto out = run_gateway_command({"scan"}, "¡Llamó Ezequiel Barrera!");
  ASSERT_EQ(out.status, 0) << out.err;
  const auto said = parse_json(out.out, {1 << 20, 32, true}).value();
  ASSERT_EQ(said["spans"].Size(), 1u) << out.out;
  EXPECT_EQ(said["spans"][0]["start"].GetInt(), 7);
  EXPECT_EQ(said["spans"][0]["end"].GetInt(), 23);
  EXPECT_EQ(out.out.find("Ezequiel"), std::string::npos);
}

TEST(Scan, AnswersEachLineAndGoesOnBehindABadOne) {
  const std::string lines =
      "{\"id\":\"a\",\"lang\":\"es\",\"text\":\"habla Lupita\",\"known\":[\"Guadalupe Lupita Gil\"]}\n"
      "{\"id\":\"b\",\"text\":7}\n"
      "{\"id\":\"c\",\"text\":\"nothing here\"}\n";
  const auto out = run_gateway_command({"scan", "--jsonl"}, lines);
  EXPECT_NE(out.status, 0);
  EXPECT_NE(out.out.find("{\"id\":\"a\",\"spans\":[{\"start\":6,\"end\":12,\"type\":\"name\",\"score\":1,"),
            std::string::npos)
      << out.out;
  EXPECT_NE(out.out.find("{\"line\":2,\"problem\":"), std::string::npos);
  EXPECT_NE(out.out.find("{\"id\":\"c\",\"spans\":[]}"), std::string::npos);
}

}  // namespace
}  // namespace hotline::test
