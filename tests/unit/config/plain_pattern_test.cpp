// Patterns that need no engine say the same as the engine would, or are left to it.
#include "config/plain_pattern.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <string>
#include <vector>

namespace hotline {
namespace {

const std::vector<std::string> kPlain = {"^[A-Za-z0-9._-]+$", "^[0-9a-f]{64}$", "^[a-z0-9_]+$", "^[0-9]{4}$",
                                         "^[-a]+$",           "^[a-c.x-z]+$",   "^[A-Z]{2}$"};

// Every byte alone, between others, and twice; and each length about those that patterns state.
std::vector<std::string> texts() {
  std::vector<std::string> all = {"", "Case-7_b.2", "a\n", "\na", "a b", "é", "\xC3", "2026"};
  for (int c = 0; c < 256; ++c)
    for (const char* around : {"", "a", "7"})
      all.push_back(around + std::string(1, static_cast<char>(c)) + around);
  for (std::size_t size = 1; size < 70; ++size) all.emplace_back(size, size % 2 == 0 ? 'a' : '7');
  return all;
}

TEST(PlainPattern, SaysWhatTheEngineSays) {
  for (const std::string& pattern : kPlain) {
    const auto plain = PlainPattern::of(pattern);
    ASSERT_TRUE(plain) << pattern;
    const RE2 engine(pattern);
    for (const std::string& text : texts())
      EXPECT_EQ(plain->accepts(text), RE2::PartialMatch(text, engine)) << pattern << " of " << text;
  }
}

TEST(PlainPattern, LeavesTheRestToTheEngine) {
  for (const char* pattern :
       {"^1\\.[0-9]+\\.[0-9]+$", "^[a-z_]+(/[a-z_]+)*$", "^([0-9]{2}/)?[0-9]{4}$", "^[^a]+$", "^[\\d]+$",
        "^[[:alpha:]]+$", "^[a-z]*$", "^[a-z]{2,3}$", "[a-z]+", "^[a-z]+", "[a-z]+$", "^[]+$", "^[z-a]+$",
        "^[a-z]{}$", "^[a-z]+[0-9]+$", "^[a-z]$", "^[+--]+$", ""})
    EXPECT_FALSE(PlainPattern::of(pattern)) << pattern;
}

}  // namespace
}  // namespace hotline
