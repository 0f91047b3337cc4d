#include "i18n/base/json.h"
#include "i18n/base/json_pointer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

Error refused(std::string_view text, JsonLimits limits = {}) {
  auto parsed = parse_json(text, limits);
  EXPECT_FALSE(parsed.has_value()) << text;
  return parsed ? Error{} : parsed.error();
}

TEST(ParseJson, ReadsAndWritesBack) {
  const std::string text = R"({"name":"Ñandú","list":[1,-2,true,null],"nested":{"empty":{}}})";
  const auto parsed = parse_json(text);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(to_text(*parsed), text);
}

TEST(ParseJson, SaysWhereASyntaxFaultIs) {
  const Error error = refused("{\"a\":\n [1, }");
  EXPECT_EQ(error.code, ErrorCode::json_syntax);
  EXPECT_EQ(error.pointer, "/a/0");
  EXPECT_EQ(error.expected, "2:6");
}

TEST(ParseJson, ReadsAFractionAsTextOnlyWhereThatIsAskedFor) {
  JsonLimits limits;
  limits.fractions_as_text = true;
  const auto parsed = parse_json(R"({"a":1.50,"b":-7,"c":[2e3,"x"],"d":0})", limits);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(to_text(*parsed), R"({"a":"1.50","b":-7,"c":["2e3","x"],"d":0})");
  EXPECT_EQ(refused(R"({"a":1.50})").code, ErrorCode::json_number_not_integer);
  EXPECT_EQ(refused(R"({"a":9007199254740993})", limits).code, ErrorCode::number_out_of_range);
  EXPECT_EQ(refused(R"([99999999999999999999])", limits).pointer, "/0");
}

TEST(ParseJson, RefusesWhatFollowsTheValue) {
  EXPECT_EQ(refused("{} {}").code, ErrorCode::json_syntax);
  EXPECT_EQ(refused("").code, ErrorCode::json_syntax);
  EXPECT_EQ(refused("{\"a\":1").code, ErrorCode::json_syntax);
}

TEST(ParseJson, RefusesANameGivenTwice) {
  const Error error = refused(R"({"persons":[{"a":1,"b":{"x":1},"a":2}]})");
  EXPECT_EQ(error.code, ErrorCode::json_duplicate_name);
  EXPECT_EQ(error.pointer, "/persons/0/a");
}

TEST(ParseJson, FindsANameGivenTwiceThroughAnEscape) {
  EXPECT_EQ(refused(R"({"a":1,"\u0061":2})").code, ErrorCode::json_duplicate_name);
}

TEST(ParseJson, BoundsDepthWithoutRecursing) {
  EXPECT_TRUE(parse_json("[[[]]]", {100, 3}).has_value());
  const Error error = refused("[[[[]]]]", {100, 3});
  EXPECT_EQ(error.code, ErrorCode::json_too_deep);
  EXPECT_EQ(error.pointer, "/0/0/0");
  const std::string deep(1'000'000, '[');
  EXPECT_EQ(refused(deep, {2'000'000, 32}).code, ErrorCode::json_too_deep);
  EXPECT_EQ(refused(deep, {2'000'000, 2'000'000}).code, ErrorCode::json_syntax);
}

TEST(ParseJson, BoundsSize) {
  EXPECT_EQ(refused("[1,2,3]", {6, 8}).code, ErrorCode::json_too_large);
}

TEST(ParseJson, TakesOnlyIntegersThatEveryReaderCanHold) {
  EXPECT_TRUE(parse_json("[9007199254740991,-9007199254740991,-0]").has_value());
  EXPECT_EQ(refused("[9007199254740992]").code, ErrorCode::number_out_of_range);
  EXPECT_EQ(refused("[-9007199254740992]").code, ErrorCode::number_out_of_range);
  EXPECT_EQ(refused("[123456789012345678901234567890]").code, ErrorCode::number_out_of_range);
  EXPECT_EQ(refused("[1e999]").code, ErrorCode::number_out_of_range);
  const Error fraction = refused(R"({"pay":{"amount":12.5}})");
  EXPECT_EQ(fraction.code, ErrorCode::json_number_not_integer);
  EXPECT_EQ(fraction.pointer, "/pay/amount");
  EXPECT_EQ(refused("[1.0]").code, ErrorCode::json_number_not_integer);
  EXPECT_EQ(refused("[NaN]").code, ErrorCode::json_syntax);
}

TEST(ParseJson, RefusesTextThatIsNotUtf8) {
  for (const char* bad : {"[\"\xC3\x28\"]", "[\"\xC0\xAF\"]", "[\"\xED\xA0\x80\"]", "[\"\xF5\x80\x80\x80\"]",
                          "[\"\xE2\x82\"]"}) {
    EXPECT_EQ(refused(bad).code, ErrorCode::json_not_utf8) << bad;
  }
}

TEST(ParseJson, RefusesControlsNoncharactersAndLoneSurrogates) {
  using namespace std::string_view_literals;
  for (const auto bad : {R"(["\u0000"])"sv, R"(["\u0007"])"sv, R"(["\u0085"])"sv, R"(["\uFFFE"])"sv,
                         R"(["\ud800"])"sv, R"(["\udc00"])"sv, R"(["\ud800\u0041"])"sv, "[\"a\x01\"]"sv,
                         "[\"a\0\"]"sv, "[1]\0"sv, R"({"\u0001":1})"sv}) {
    EXPECT_EQ(refused(bad).code, ErrorCode::text_not_allowed) << bad;
  }
  EXPECT_EQ(refused(R"({"a":[1,"\u0001"]})").pointer, "/a/1");
  EXPECT_TRUE(parse_json(R"(["tab\t line\n return\r \ud83d\ude00"])").has_value());
}

TEST(ParseJson, TextsSurviveWritingAndReading) {
  rc::check([](const std::vector<char32_t>& raw) {
    std::u32string clean;
    for (char32_t c : raw) {
      const char32_t point = c % 0x3000;
      if (point >= 0x20 && (point < 0x7F || point > 0x9F)) clean += point;
    }
    Json document(rapidjson::kArrayType);
    std::string text;
    for (char32_t c : clean) text += c < 0x80 ? std::string(1, static_cast<char>(c)) : "é\"\\/";
    document.PushBack(make_text(text, document.GetAllocator()), document.GetAllocator());
    for (const std::string& written : {to_text(document), to_pretty(document), to_canonical(document)}) {
      const auto again = parse_json(written);
      RC_ASSERT(again.has_value());
      RC_ASSERT(as_text((*again)[0]) == text);
    }
  });
}

TEST(CanonicalJson, SortsByUtf16AndKeepsTextAsItIs) {
  // The example of RFC 8785, section 3.2.3, without its fraction.
  const auto parsed = parse_json(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
      R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080x":"refused"})");
  EXPECT_FALSE(parsed.has_value());
  const auto good = parse_json(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u00f6":6})");
  ASSERT_TRUE(good.has_value());
  EXPECT_EQ(to_canonical(*good), "{\"\\r\":2,\"1\":4,\"ö\":6,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
}

TEST(JsonPointer, FindsWhatItNames) {
  const auto parsed = parse_json(R"({"a/b":{"m~n":[10,{"":7}]}})");
  ASSERT_TRUE(parsed.has_value());
  const std::string pointer = pointer_join(pointer_join("", "a/b"), "m~n");
  EXPECT_EQ(pointer, "/a~1b/m~0n");
  ASSERT_NE(resolve_pointer(*parsed, pointer_join(pointer, 0u)), nullptr);
  EXPECT_EQ(resolve_pointer(*parsed, pointer_join(pointer, 0u))->GetInt(), 10);
  EXPECT_EQ(resolve_pointer(*parsed, "/a~1b/m~0n/1/")->GetInt(), 7);
  EXPECT_EQ(resolve_pointer(*parsed, ""), &*parsed);
  for (const char* nowhere :
       {"/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/-", "a", "/a~2b", "/a~1b/m~0n/0/x"}) {
    EXPECT_EQ(resolve_pointer(*parsed, nowhere), nullptr) << nowhere;
  }
}

TEST(JsonPointer, ComesApartTokenByToken) {
  std::string_view pointer = "/a~1b//0";
  EXPECT_EQ(pointer_next(pointer), "a~1b");
  EXPECT_EQ(pointer_next(pointer), "");
  EXPECT_EQ(pointer_next(pointer), "0");
  EXPECT_EQ(pointer, "");
  EXPECT_EQ(pointer_unescape("a~1b~0~01"), "a/b~~1");
  for (const char* broken : {"~", "a~", "~2"}) EXPECT_EQ(pointer_unescape(broken), std::nullopt) << broken;
}

TEST(JsonGetters, FallBackAndNeverAssert) {
  auto parsed = parse_json(R"({"text":"x","yes":true,"n":5})");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(text_at(*parsed, "text"), "x");
  EXPECT_EQ(text_at(*parsed, "n", "none"), "none");
  EXPECT_TRUE(flag_at(*parsed, "yes"));
  EXPECT_EQ(integer_at(*parsed, "n"), 5);
  EXPECT_EQ(integer_at(*parsed, "absent", 9), 9);
  EXPECT_EQ(member((*parsed)["text"], "x"), nullptr);
  EXPECT_EQ(member(*parsed, {}), nullptr);
  set_text(*parsed, "text", "new", parsed->GetAllocator());
  EXPECT_EQ(to_text(*parsed), R"({"text":"new","yes":true,"n":5})");
}

}  // namespace
}  // namespace hotline
