// Bad input on the command line: exit 3, a problem document with a pointer to the fault, and no word of the
// record.
#include <gtest/gtest.h>

#include <sstream>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kName = "Celerino";  // stands in the record below and must stand in no answer

std::string good_record() {
  return read_whole(repository() +
                    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = good_record();
  const auto at = text.find(from);
  if (at == text.npos) throw std::runtime_error("the record no longer holds " + from);
  return text.replace(at, from.size(), to);
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

struct Bad {
  const char* what;
  std::string input;
  const char* type;  // the last part of the problem's type
};

class BadInputTest : public testing::TestWithParam<Bad> {};

TEST_P(BadInputTest, IsAProblemDocumentWithExitStatusThree) {
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"convert", "--from", "ca", "--to", "canonical", "-"},
                                             {"preview", "--from", "ca", "--to", "mx", "-"},
                                             {"redact", "--from", "ca", "--to", "mx", "-"}}) {
    const Outcome outcome = run_gateway_command(command, GetParam().input);
    EXPECT_EQ(outcome.status, 3) << command[0] << ": " << outcome.err;
    EXPECT_EQ(outcome.out, "") << command[0] << " printed a part of an answer";
    const auto problem = parse_json(outcome.err);
    ASSERT_TRUE(problem) << outcome.err;
    const std::string type(text_at(*problem, "type"));
    EXPECT_EQ(type.substr(type.rfind(':') + 1), GetParam().type) << outcome.err;
    EXPECT_NE(text_at(*problem, "title"), "");
    EXPECT_EQ(outcome.err.find(kName), std::string::npos) << "a value out of the record";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, BadInputTest,
    testing::Values(Bad{"nothing", " ", "json_syntax"},
                    Bad{"cut_off", good_record().substr(0, good_record().size() / 2), "json_syntax"},
                    Bad{"something_after", good_record() + "{}", "json_syntax"},
                    Bad{"nested_a_hundred_thousand_deep", nested(100'000), "json_too_deep"},
                    Bad{"a_name_twice", "{\"form_version\":\"1.0\",\"form_version\":\"1.0\"}",
                        "json_duplicate_name"},
                    Bad{"invalid_utf8", replaced(kName, "\xC3\x28"), "json_not_utf8"},
                    Bad{"overlong_utf8", replaced(kName, "\xC0\xAF"), "json_not_utf8"},
                    Bad{"wrong_type", "[1,2,3]", "type_mismatch"},
                    Bad{"unknown_field", "{\"zz_unknown\":1," + good_record().substr(1), "field_unknown"},
                    Bad{"fifty_megabytes", std::string(50u << 20, ' ') + "{}", "json_too_large"}),
    [](const auto& info) { return std::string(info.param.what); });

TEST(BadInput, SaysWhereTheFaultIs) {
  const Outcome outcome = run_gateway_command({"convert", "--from", "ca", "--to", "canonical", "-"},
                                              "{\"zz_unknown\":1," + good_record().substr(1));
  const auto problem = parse_json(outcome.err);
  ASSERT_TRUE(problem) << outcome.err;
  EXPECT_EQ(text_at((*problem)["errors"][0], "pointer"), "#/zz_unknown");
}

TEST(BadInput, IsSaidInThePersonsLanguage) {
  const auto title = [](const char* language) {
    const Outcome outcome =
        run_gateway_command({"convert", "--from", "ca", "--to", "canonical", "--lang", language, "-"}, "{");
    const auto problem = parse_json(outcome.err);
    return problem ? std::string(text_at(*problem, "title")) : outcome.err;
  };
  const std::string english = title("en"), french = title("fr-CA"), spanish = title("es-MX");
  EXPECT_NE(english, french);
  EXPECT_NE(english, spanish);
  EXPECT_NE(french, spanish);
  EXPECT_EQ(title("xh"), english) << "a language that is not there is answered in English";
}

TEST(BadInput, ABadLineDoesNotEndARunOfLines) {
  std::string line;
  for (const char c : good_record()) {
    if (c != '\n') line += c;
  }
  const Outcome outcome =
      run_gateway_command({"convert", "--from", "ca", "--to", "canonical", "--jsonl", "-"},
                          line + "\n{\"broken\"\n" + line + "\n");
  EXPECT_EQ(outcome.status, 3);
  std::istringstream lines(outcome.out);
  std::string first, second, third;
  std::getline(lines, first);
  std::getline(lines, second);
  std::getline(lines, third);
  EXPECT_EQ(first, third);
  const auto error = parse_json(second);
  ASSERT_TRUE(error) << second;
  EXPECT_EQ(integer_at(*error, "line"), 2);
  EXPECT_NE(member(*error, "problem"), nullptr);
}

TEST(BadInput, WrongWordsAreExitStatusTwo) {
  EXPECT_EQ(run_gateway_command({}).status, 2);
  EXPECT_EQ(run_gateway_command({"no-such-command"}).status, 2);
  EXPECT_EQ(run_gateway_command({"convert", "--from", "ca"}).status, 2);
  EXPECT_EQ(
      run_gateway_command({"preview", "--from", "ca", "--to", "mx", "--format", "pdf", "-"}, "{}").status, 2);
}

TEST(BadInput, AnUnknownProfileOrHotlineIsExitStatusThreeOrOne) {
  EXPECT_EQ(run_gateway_command({"convert", "--from", "zz", "--to", "ca", "-"}, "{}").status, 3);
  EXPECT_NE(run_gateway_command({"preview", "--from", "ca", "--to", "zz", "-"}, good_record()).status, 0);
}

}  // namespace
}  // namespace hotline::test
