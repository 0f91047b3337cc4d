#include <gtest/gtest.h>

#include "config/schema.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

const CodeSystems& codes() {
  static const CodeSystems loaded = CodeSystems::load(HOTLINE_ROOT).value();
  return loaded;
}

struct Case {
  const char* why;
  const char* schema;
  const char* place;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.why;
}

class SchemaRefusedTest : public testing::TestWithParam<Case> {};

TEST_P(SchemaRefusedTest, AtLoadAndAtItsPlace) {
  const auto schema = Schema::parse(parse_json(GetParam().schema).value(), &codes());
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().code, ErrorCode::data_invalid);
  EXPECT_EQ(schema.error().pointer, GetParam().place);
}

INSTANTIATE_TEST_SUITE_P(
    WhatHasNoMeaning, SchemaRefusedTest,
    testing::Values(
        Case{"a keyword outside the subset", R"({"type": "string", "format": "email"})", "/format"},
        Case{"if, which many validators pass over", R"({"type": "string", "if": {}})", "/if"},
        Case{"our own label, misspelt", R"({"type": "string", "x-categroy": "identity"})", "/x-categroy"},
        Case{"a keyword of another type", R"({"type": "string", "maxItems": 3})", "/maxItems"},
        Case{"an unknown type", R"({"type": "number"})", "/type"},
        Case{"a list of types", R"({"type": ["string"]})", "/type"},
        Case{"an object that does not say whether it is open", R"({"type": "object", "properties": {}})", ""},
        Case{"an array of anything", R"({"type": "array"})", ""},
        Case{"a required field that is not declared",
             R"({"type": "object", "properties": {}, "additionalProperties": false, "required": ["a"]})",
             "/required"},
        Case{"a $ref to elsewhere", R"({"$ref": "https://example.org/schema"})", "/$ref"},
        Case{"a $ref to nothing", R"({"$ref": "#/$defs/a", "$defs": {}})", "/$ref"},
        Case{
            "a rule beside a $ref, which would be lost",
            R"({"type": "array", "items": {"$ref": "#/$defs/a", "maxLength": 3}, "$defs": {"a": {"type": "string"}}})",
            "/items/maxLength"},
        Case{"a bound that is no number", R"({"type": "string", "maxLength": "3"})", "/maxLength"},
        Case{"fewer than nothing", R"({"type": "string", "maxLength": -1})", "/maxLength"},
        Case{"fewer than nothing, at least", R"({"type": "string", "minLength": -1})", "/minLength"},
        Case{"a list of fewer than nothing",
             R"({"type": "array", "items": {"type": "string"}, "maxItems": -2})", "/maxItems"},
        Case{"more at least than at most", R"({"type": "string", "minLength": 3, "maxLength": 2})", ""},
        Case{"a range that holds no number", R"({"type": "integer", "minimum": 3, "maximum": 2})", ""},
        Case{"a pattern that is none", R"({"type": "string", "pattern": "("})", "/pattern"},
        Case{"a back-reference", R"({"type": "string", "pattern": "(a)\\1"})", "/pattern"},
        Case{"an enum of numbers", R"({"type": "string", "enum": [1]})", "/enum"},
        Case{"an unknown format", R"({"type": "string", "x-format": "uri"})", "/x-format"},
        Case{"an unknown generaliser", R"({"type": "string", "x-generalise": "blur"})", "/x-generalise"},
        Case{"an unknown search", R"({"type": "string", "x-find": "everything"})", "/x-find"},
        Case{"an unknown code system", R"({"type": "string", "x-codes": "colours"})", "/x-codes"},
        Case{"codes on what holds none", R"({"type": "boolean", "x-codes": "gender"})", "/x-codes"},
        Case{"an age band that goes nowhere",
             R"({"type": "object", "properties": {"born": {"type": "string", "x-generalise": "age_band",
                 "x-generalise-to": "band", "x-category": "identity"}}, "additionalProperties": false})",
             "/properties/born"},
        Case{"a definition that nobody uses, broken", R"({"type": "string", "$defs": {"a": {"oneOf": []}}})",
             "/$defs/a/oneOf"},
        Case{"a field without category among fields that have one",
             R"({"type": "object", "properties": {"a": {"type": "string", "x-category": "identity"},
                 "b": {"type": "string"}}, "additionalProperties": false})",
             "/b"}));

TEST(SchemaCompileTest, ADefinitionThatContainsItselfIsRefused) {
  const auto schema = Schema::parse(parse_json(R"({"type": "array", "items": {"$ref": "#/$defs/tree"},
      "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}})")
                                        .value(),
                                    nullptr);
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().expected, "depth");
}

TEST(SchemaCompileTest, CodesNeedTheirSystems) {
  const Json schema = parse_json(R"({"type": "string", "x-codes": "gender"})").value();
  EXPECT_TRUE(Schema::parse(schema, &codes()));
  EXPECT_FALSE(Schema::parse(schema, nullptr));
}

TEST(SchemaCompileTest, AMapSaysWhatItsValuesAre) {
  const Schema schema = Schema::parse(parse_json(R"({"type": "object", "additionalProperties":
      {"type": "integer", "maximum": 3}})")
                                          .value(),
                                      nullptr)
                            .value();
  EXPECT_TRUE(schema.validate(parse_json(R"({"a": 1, "b": 3})").value()));
  const auto refused = schema.validate(parse_json(R"({"a": 1, "b": 4})").value());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().pointer, "/b");
}

TEST(SchemaCompileTest, NothingIsKeptBelowWhatIsDropped) {
  const Schema schema =
      Schema::parse(parse_json(R"({"type": "object", "x-category": "legal", "x-generalise": "drop",
      "properties": {"a": {"type": "string", "x-generalise": "keep"}}, "additionalProperties": false})")
                        .value(),
                    nullptr)
          .value();
  EXPECT_EQ(schema.at("/a")->labels().generalise, Generaliser::drop);
}

TEST(SchemaCompileTest, PatternsOfHostileTextStayLinear) {
  // std::regex recurses once per character here and ends the process.
  const Schema schema =
      Schema::parse(parse_json(R"({"type": "string", "pattern": "^(a|b|ab)*c$"})").value(), nullptr).value();
  const Json text = parse_json('"' + std::string(900'000, 'a') + '"').value();
  const auto refused = schema.validate(text);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::pattern_mismatch);
}

}  // namespace
}  // namespace hotline
