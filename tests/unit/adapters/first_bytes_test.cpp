// What decides how an input is read is read again.
#include "adapters/form/first_bytes.h"

#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "adapters/form/csv_form.h"

namespace hotline {
namespace {

std::string all_of(std::streambuf& bytes) {
  std::istream in(&bytes);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FirstBytes, are_looked_at_and_read_again) {
  for (const std::string text :
       {"", "a", "\xEF\xBB\xBF{\"a\": 1}", "\n\t {}", "prs_FirstName\nAna\n", "   "}) {
    std::istringstream given(text);
    FirstBytes bytes(given);
    EXPECT_EQ(text.substr(0, bytes.first().size()), bytes.first());
    EXPECT_EQ(all_of(bytes), text);
  }
  std::istringstream given(std::string(300000, 'x'));
  FirstBytes bytes(given);
  EXPECT_EQ(all_of(bytes).size(), 300000U);
}

TEST(FirstBytes, tell_json_from_a_table_whatever_stands_before) {
  const auto json = [](const std::string& text) {
    std::istringstream given(text);
    return looks_like_json(FirstBytes(given).first());
  };
  EXPECT_TRUE(json("\xEF\xBB\xBF{\"prs_FirstName\": \"Ana\"}"));
  EXPECT_TRUE(json("\n  [{}]"));
  EXPECT_FALSE(json("\xEF\xBB\xBFprs_FirstName\nAna\n"));
  EXPECT_FALSE(json("prs_FirstName,{\n"));
}

}  // namespace
}  // namespace hotline
