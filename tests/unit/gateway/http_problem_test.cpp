// An error as a client reads it.
#include "gateway/http/problem.h"

#include <gtest/gtest.h>

#include "i18n/base/json.h"

namespace hotline {
namespace {

const Catalog& catalog() {
  static const Catalog loaded = Catalog::load(HOTLINE_ROOT).value();
  return loaded;
}

TEST(Problem, HasTypeTitleStatusDetailAndPointers) {
  Error error{
      ErrorCode::field_missing, "/persons/0/a~1b c", "name", {{ErrorCode::code_unknown, "/x", "gender"}}};
  const auto reply = problem_reply(error, catalog(), "en");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.content_type, "application/problem+json");
  const auto body = parse_json(reply.body).value();
  EXPECT_EQ(text_at(body, "type"), "tag:hotline-gateway.example,2026:problem:field_missing");
  EXPECT_EQ(integer_at(body, "status"), 422);
  ASSERT_EQ(body["errors"].Size(), 2u);
  EXPECT_EQ(text_at(body["errors"][0], "pointer"), "#/persons/0/a~1b%20c");
  EXPECT_EQ(text_at(body["errors"][1], "code"), "code_unknown");
}

// Who reads it knows a field by its name, and not by its pointer.
TEST(Problem, NamesTheFieldWhereItHasAName) {
  const Error error{ErrorCode::field_missing, "/a", "name", {{ErrorCode::code_unknown, "/b", "gender"}}};
  const auto titles = [](std::string_view pointer, const LanguageTag& language) {
    return pointer == "/a" ? "Nom (" + language.get() + ")" : std::string();
  };
  const auto body = parse_json(problem_reply(error, catalog(), "fr-CA", titles).body).value();
  EXPECT_EQ(text_at(body["errors"][0], "field"), "Nom (fr)");
  EXPECT_FALSE(body["errors"][1].HasMember("field"));
  const auto plain = parse_json(problem_reply(error, catalog(), "fr").body).value();
  EXPECT_FALSE(plain["errors"][0].HasMember("field"));
}

TEST(Problem, SpeaksTheLanguageThatIsAskedFor) {
  const Error error{ErrorCode::not_found, {}, {}, {}};
  const auto language = [&](std::string_view accept) {
    return *find_header(problem_reply(error, catalog(), accept).headers, "Content-Language");
  };
  EXPECT_EQ(language("es-MX, en;q=0.1"), "es");
  EXPECT_EQ(language("fr-CA"), "fr");
  EXPECT_EQ(language("de"), "en");
  EXPECT_NE(problem_reply(error, catalog(), "es").body, problem_reply(error, catalog(), "fr").body);
}

TEST(Problem, SaysNothingOfWhatWentWrongInside) {
  const Error error{ErrorCode::store_corrupt, "/secret", "where", {}};
  const auto reply = problem_reply(error, catalog(), "en");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body, problem_reply(Error{ErrorCode::internal, {}, {}, {}}, catalog(), "en").body);
}

TEST(Problem, EveryCodeHasAStatusOfAnErrorAndATypeOfItsOwn) {
  std::vector<std::string> types;
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_GE(http_status(code), 400);
    EXPECT_LT(http_status(code), 600);
    types.push_back(problem_type(code));
  }
  std::sort(types.begin(), types.end());
  EXPECT_EQ(std::unique(types.begin(), types.end()), types.end());
}

}  // namespace
}  // namespace hotline
