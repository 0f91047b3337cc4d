// The ways out. All three recurse once per level: what was read is no deeper than its limit, and what we
// build ourselves has the shape of a schema.
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "i18n/base/json.h"

namespace hotline {
namespace {

using Block = std::uint64_t;  // eight bytes at a time

constexpr Block each_byte(unsigned char value) {
  return Block{value} * 0x0101010101010101u;
}

constexpr Block zero_bytes(Block block) {
  return (block - each_byte(1)) & ~block;
}

// Whether none of the eight bytes from `at` on needs an escape.
bool plain_block(std::string_view text, std::size_t at) {
  Block block = 0;
  std::memcpy(&block, text.data() + at, sizeof block);
  const Block odd = ((block - each_byte(' ')) & ~block) | zero_bytes(block ^ each_byte('"')) |
                    zero_bytes(block ^ each_byte('\\'));
  return (odd & each_byte(0x80)) == 0;
}

// To where nothing needs an escape for sure. The last block may overlap the one before.
std::size_t skip_plain(std::string_view text, std::size_t at) {
  constexpr std::size_t kSize = sizeof(Block);
  for (; at + kSize <= text.size(); at += kSize)
    if (!plain_block(text, at)) return at;
  const bool rest = text.size() >= kSize && plain_block(text, text.size() - kSize);
  return rest ? text.size() : at;
}

void append_escape(char c, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  static constexpr std::string_view kShort = "\"\\\b\f\n\r\t", kLetter = "\"\\bfnrt";
  out += '\\';
  if (const auto found = kShort.find(c); found != std::string_view::npos) {
    out += kLetter[found];
  } else {
    out += "u00";
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[c & 15];
  }
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Where the first character at or after `at` stands that needs an escape, else text.size().
std::size_t next_escape(std::string_view text, std::size_t at) {
  while ((at = skip_plain(text, at)) < text.size()) {
    const std::size_t end = std::min(at + sizeof(Block), text.size());
    for (; at < end; ++at)
      if (needs_escape(text[at])) return at;
  }
  return at;
}

// RFC 8785 section 3.2.2.2: the short escapes, \u00xx in lower case, everything else as it is.
void append_string(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = next_escape(text, at);
    out.append(text.substr(at, end - at));
    if (end < text.size()) append_escape(text[end], out);
    at = end;
  }
  out += '"';
}

// UTF-16 order differs from UTF-8 order in one place: U+E000..U+FFFF (lead bytes EE, EF) sort after
// everything above U+FFFF (lead bytes F0..F4), because those are written with surrogates.
bool utf16_less(std::string_view a, std::string_view b) {
  const auto weight = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return weight(x) < weight(y); });
}

void append_number(const JsonValue& value, std::string& out) {
  char digits[32];
  std::to_chars_result end{};
  if (value.IsInt64()) {
    end = std::to_chars(digits, digits + sizeof digits, value.GetInt64());
  } else if (value.IsUint64()) {
    end = std::to_chars(digits, digits + sizeof digits, value.GetUint64());
  } else {
    end = std::to_chars(digits, digits + sizeof digits,
                        value.GetDouble());  // never in what we read: fractions are refused
  }
  out.append(digits, end.ptr);
}

// `members` calls its argument with each member of an object, in the order in which they are to stand.
template <class Members>
void append_value(const JsonValue& value, std::string& out, const Members& members) {
  if (value.IsString()) return append_string(as_text(value), out);
  if (value.IsNumber()) return append_number(value, out);
  if (value.IsObject()) {
    out += '{';
    members(value, [&](const JsonValue::Member& each) {
      if (out.back() != '{') out += ',';
      append_string(as_text(each.name), out);
      out += ':';
      append_value(each.value, out, members);
    });
    out += '}';
  } else if (value.IsArray()) {
    out += '[';
    for (const JsonValue& each : value.GetArray()) {
      if (&each != value.Begin()) out += ',';
      append_value(each, out, members);
    }
    out += ']';
  } else {
    out += value.IsNull() ? "null" : value.IsTrue() ? "true" : "false";
  }
}

constexpr auto kInTheirOrder = [](const JsonValue& object, const auto& each) {
  std::for_each(object.MemberBegin(), object.MemberEnd(), each);
};

constexpr auto kSorted = [](const JsonValue& object, const auto& each) {
  std::vector<const JsonValue::Member*> members;
  members.reserve(object.MemberCount());
  for (const auto& one : object.GetObject()) members.push_back(&one);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return utf16_less(as_text(a->name), as_text(b->name)); });
  for (const auto* one : members) each(*one);
};

}  // namespace

std::string to_text(const JsonValue& value) {
  std::string out;
  append_value(value, out, kInTheirOrder);
  return out;
}

std::string to_pretty(const JsonValue& value) {
  rapidjson::StringBuffer out;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(out);
  writer.SetIndent(' ', 2);
  value.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

std::string to_canonical(const JsonValue& value) {
  std::string out;
  append_value(value, out, kSorted);
  return out;
}

}  // namespace hotline
