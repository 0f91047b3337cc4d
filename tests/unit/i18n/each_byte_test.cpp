// Texts are looked at eight bytes at a time. Each odd byte is held against what a look at every single byte
// says, at each place of texts that are shorter and longer than that.
#include <gtest/gtest.h>

#include <string>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"
#include "i18n/hygiene.h"

namespace hotline {
namespace {

constexpr std::size_t kLongest = 27;

// Calls `check` with a text of every length that has `odd` at every place, and with its place.
template <class Check>
void at_each_place(char odd, const Check& check) {
  for (std::size_t size = 1; size <= kLongest; ++size)
    for (std::size_t at = 0; at < size; ++at) {
      std::string text;
      for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i % 26);
      text[at] = odd;
      check(text, at);
    }
}

std::string written(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  static constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 ? std::string("\\u00") + kHex[byte >> 4] + kHex[byte & 15] : std::string(1, c);
}

TEST(EachByte, IsWrittenWithTheEscapeThatItNeeds) {
  for (int odd = 0; odd < 0x100; ++odd)
    at_each_place(static_cast<char>(odd), [&](const std::string& text, std::size_t at) {
      const JsonValue value(rapidjson::StringRef(text.data(), text.size()));
      ASSERT_EQ(to_text(value), '"' + text.substr(0, at) + written(text[at]) + text.substr(at + 1) + '"');
    });
}

TEST(EachByte, OfATextFullOfEscapesFindsRoom) {
  const std::string text(10000, '\x01');
  const JsonValue value(rapidjson::StringRef(text.data(), text.size()));
  EXPECT_EQ(to_text(value).size(), 6 * text.size() + 2);
}

TEST(EachByte, IsCleanOrNot) {
  for (int odd = 0; odd < 0x80; ++odd) {
    const bool clean = odd == '\t' || odd == '\n' || odd == '\r' || (odd >= 0x20 && odd < 0x7F);
    at_each_place(static_cast<char>(odd), [&](const std::string& text, std::size_t) {
      ASSERT_EQ(is_clean_text(text), clean) << odd << " in " << text.size();
      ASSERT_EQ(is_plain(text), odd != '\r') << odd << " in " << text.size();
    });
  }
}

TEST(EachByte, BeyondAsciiIsSeen) {
  at_each_place('\xC3', [](const std::string& text, std::size_t at) {
    ASSERT_EQ(first_invalid_utf8(text), at);
    ASSERT_EQ(skip_ascii(text, 0), at);
    ASSERT_EQ(skip_ascii(text, at + 1), text.size());
    ASSERT_FALSE(is_clean_text(text));
    ASSERT_FALSE(is_plain(text));
  });
}

}  // namespace
}  // namespace hotline
