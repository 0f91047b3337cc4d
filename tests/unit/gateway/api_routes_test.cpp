// The table of routes and openapi.json say the same.
#include "gateway/api/routes.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/api/structured.h"

namespace hotline {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

class OpenApi : public testing::Test {
 protected:
  Json document = read_json_file(std::string(HOTLINE_ROOT) + "/gateway/api/openapi.json").value();
  const JsonValue* operation(const Route& route) {
    const auto* path = member(document["paths"], route.path);
    return path == nullptr ? nullptr : member(*path, lower(route.method));
  }
};

TEST_F(OpenApi, DescribesEveryRouteAndNoOther) {
  std::set<std::string> served, described;
  for (const auto& route : routes()) served.insert(lower(route.method) + ' ' + std::string(route.path));
  for (const auto& path : document["paths"].GetObject()) {
    for (const auto& method : path.value.GetObject()) {
      described.insert(std::string(as_text(method.name)) + ' ' + std::string(as_text(path.name)));
    }
  }
  EXPECT_EQ(served, described);
}

TEST_F(OpenApi, NamesTheScopeThatIsAskedFor) {
  for (const auto& route : routes()) {
    const auto* described = operation(route);
    ASSERT_NE(described, nullptr) << route.path;
    EXPECT_EQ(text_at(*described, "x-scope"), route.scope ? to_string(*route.scope) : std::string_view{})
        << route.path;
  }
}

TEST_F(OpenApi, SaysWhereAnIdempotencyKeyIsWanted) {
  for (const auto& route : routes()) {
    bool named = false, required = false;
    if (const auto* parameters = member(*operation(route), "parameters")) {
      for (const auto& parameter : parameters->GetArray()) {
        if (text_at(parameter, "name") != "Idempotency-Key") continue;
        named = true;
        required = flag_at(parameter, "required");
      }
    }
    EXPECT_EQ(named, route.key != NeedsKey::no) << route.path;
    EXPECT_EQ(required, route.key == NeedsKey::yes) << route.path;
  }
}

TEST_F(OpenApi, ListsTheProblemsOfEveryRouteThatHasAScope) {
  for (const auto& route : routes()) {
    if (!route.scope) continue;
    for (const char* status : {"401", "403", "404", "405", "503"}) {
      EXPECT_NE(member((*operation(route))["responses"], status), nullptr) << route.path << ' ' << status;
    }
  }
}

TEST_F(OpenApi, EveryReferenceInItLeadsSomewhere) {
  const std::string text = to_text(document);
  std::size_t at = 0, seen = 0;
  while ((at = text.find("\"$ref\":\"#", at)) != std::string::npos) {
    const auto begin = at + 9, end = text.find('"', begin);
    EXPECT_NE(resolve_pointer(document, text.substr(begin, end - begin)), nullptr)
        << text.substr(begin, end - begin);
    at = end;
    ++seen;
  }
  EXPECT_GT(seen, 50u);
}

TEST(Routes, AFixedPathIsNeverTakenForAnId) {
  EXPECT_EQ(match_route("POST", "/v1/referrals/preview").route->path, "/v1/referrals/preview");
  EXPECT_EQ(match_route("GET", "/v1/referrals/abc").id, "abc");
  EXPECT_EQ(match_route("POST", "/v1/inbox/abc/ack").id, "abc");
}

TEST(Routes, AnUnknownPathAndAWrongMethodAreToldApart) {
  EXPECT_FALSE(match_route("GET", "/v1/persons").path_known);
  EXPECT_FALSE(match_route("GET", "/v1/referrals/").path_known);
  EXPECT_FALSE(match_route("GET", "/v1/referrals/a/b").path_known);
  EXPECT_TRUE(match_route("DELETE", "/v1/inbox").path_known);
  EXPECT_EQ(match_route("DELETE", "/v1/inbox").route, nullptr);
}

TEST(Routes, NoneIsForSearching) {
  for (const auto& route : routes()) {
    EXPECT_EQ(route.path.find("search"), std::string_view::npos);
    EXPECT_EQ(route.path.find("person"), std::string_view::npos);
  }
}

TEST(StructuredFields, AKeyIsAStringOrABareToken) {
  EXPECT_EQ(parse_idempotency_key("\"8e03978e-40d5\""), "8e03978e-40d5");
  EXPECT_EQ(parse_idempotency_key("8e03978e-40d5"), "8e03978e-40d5");
  EXPECT_EQ(parse_idempotency_key(R"("a\"b\\c")"), R"(a"b\c)");
  for (const char* bad : {"", "\"\"", "\"a", "a b", "\"a\\n\"", "\"a\"b\"", "\"\x01\""}) {
    EXPECT_FALSE(parse_idempotency_key(bad)) << bad;
  }
  EXPECT_FALSE(parse_idempotency_key(std::string(256, 'a')));
}

TEST(StructuredFields, PreferWaitIsBounded) {
  EXPECT_EQ(parse_prefer_wait("wait=10"), 10);
  EXPECT_EQ(parse_prefer_wait("respond-async, wait=5"), 5);
  EXPECT_EQ(parse_prefer_wait("wait=100000"), 60);
  EXPECT_FALSE(parse_prefer_wait("wait=-1"));
  EXPECT_FALSE(parse_prefer_wait("wait=x"));
  EXPECT_FALSE(parse_prefer_wait("respond-async"));
}

TEST(StructuredFields, OnlyJsonIsJson) {
  EXPECT_TRUE(is_json_type("application/json"));
  EXPECT_TRUE(is_json_type("Application/JSON; charset=utf-8"));
  EXPECT_FALSE(is_json_type("application/jsonx"));
  EXPECT_FALSE(is_json_type("text/plain"));
  EXPECT_FALSE(is_json_type(""));
}

}  // namespace
}  // namespace hotline
