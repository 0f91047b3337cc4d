// The second opinion says no to a schema that it cannot take; it does not end the process.
#include "config/structure.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

class NoSchema : public testing::TestWithParam<const char*> {};

TEST_P(NoSchema, is_an_error_and_no_end) {
  const Json schema = parse_json(GetParam()).value();
  const auto structure = Structure::build(schema);
  ASSERT_FALSE(structure);
  EXPECT_EQ(structure.error().code, ErrorCode::data_invalid);
}

INSTANTIATE_TEST_SUITE_P(structure, NoSchema,
                         testing::Values(R"({"type": "string", "maxLength": -1})",
                                         R"({"type": "array", "minItems": "many"})",
                                         R"({"type": "object", "required": "all"})", R"({"type": 7})",
                                         R"({"type": "string", "enum": 7})"));

}  // namespace
}  // namespace hotline
