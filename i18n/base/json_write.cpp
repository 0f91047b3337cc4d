// The ways out. All three recurse once per level: what was read is no deeper than its limit, and what we
// build ourselves has the shape of a schema.
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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

// Whether one of the eight bytes may need an escape; never false for one that does.
constexpr bool is_odd(Block block) {
  const Block odd = ((block - each_byte(' ')) & ~block) | zero_bytes(block ^ each_byte('"')) |
                    zero_bytes(block ^ each_byte('\\'));
  return (odd & each_byte(0x80)) != 0;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// What has been written so far. Room is made once for each text, so that its bytes are only stored.
class Output {
 public:
  std::string take() const { return {room_.get(), size_}; }

  void add(char c) {
    make_room(1);
    room_[size_++] = c;
  }
  void add(std::string_view plain) {
    make_room(plain.size());
    std::memcpy(room_.get() + size_, plain.data(), plain.size());
    size_ += plain.size();
  }

  // RFC 8785 section 3.2.2.2: the short escapes, \u00xx in lower case, everything else as it is.
  void add_string(std::string_view text) {
    make_room(text.size() + 2);
    room_[size_++] = '"';
    for (std::size_t at = copy_plain(text); at < text.size();) {
      const std::size_t end = std::min(at + sizeof(Block), text.size());
      for (; at < end; ++at)
        if (needs_escape(text[at]))
          add_escape(text[at], text.size() - at);
        else
          room_[size_++] = text[at];
      at += copy_plain(text.substr(at));
    }
    room_[size_++] = '"';
  }

 private:
  static constexpr std::size_t kFirst = 4096;

  // Copies the bytes at the front that need no escape for sure; how many. There is room for all of them.
  std::size_t copy_plain(std::string_view text) {
    char* const to = room_.get() + size_;
    std::size_t at = 0;
    Block block = 0;
    for (; at + sizeof block <= text.size(); at += sizeof block) {
      std::memcpy(&block, text.data() + at, sizeof block);
      if (is_odd(block)) break;
      std::memcpy(to + at, &block, sizeof block);
    }
    // What is left of a text without an odd byte: a last block that overlaps the one before, or two halves.
    if (at + sizeof block > text.size() && at < text.size()) {
      if (text.size() >= sizeof block) {
        std::memcpy(&block, text.data() + text.size() - sizeof block, sizeof block);
        if (!is_odd(block)) {
          std::memcpy(to + text.size() - sizeof block, &block, sizeof block);
          at = text.size();
        }
      } else if (text.size() >= sizeof block / 2) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, text.data(), sizeof first);
        std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
        if (!is_odd(Block{last} << 32 | first)) {
          std::memcpy(to, &first, sizeof first);
          std::memcpy(to + text.size() - sizeof last, &last, sizeof last);
          at = text.size();
        }
      }
    }
    size_ += at;
    return at;
  }

  void make_room(std::size_t bytes) {
    if (bytes > capacity_ - size_) grow(bytes);
  }
  void grow(std::size_t bytes) {
    const std::size_t wanted = std::max({kFirst, 2 * capacity_, size_ + bytes});
    std::unique_ptr<char[]> larger(new char[wanted]);
    if (size_ > 0) std::memcpy(larger.get(), room_.get(), size_);
    room_ = std::move(larger);
    capacity_ = wanted;
  }
  // `rest`: bytes of the text that are still to come, this one among them.
  void add_escape(char c, std::size_t rest) {
    static constexpr char kHex[] = "0123456789abcdef";
    static constexpr std::string_view kShort = "\"\\\b\f\n\r\t", kLetter = "\"\\bfnrt";
    constexpr std::size_t kLongest = std::string_view("\\u0000").size();
    make_room(kLongest + rest + 1);
    room_[size_++] = '\\';
    if (const auto found = kShort.find(c); found != std::string_view::npos) {
      room_[size_++] = kLetter[found];
      return;
    }
    add("u00");
    room_[size_++] = kHex[static_cast<unsigned char>(c) >> 4];
    room_[size_++] = kHex[c & 15];
  }

  std::unique_ptr<char[]> room_;
  std::size_t size_ = 0, capacity_ = 0;
};

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

void append_number(const JsonValue& value, Output& out) {
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
  out.add({digits, static_cast<std::size_t>(end.ptr - digits)});
}

// `members` calls its argument with each member of an object, in the order in which they are to stand.
template <class Members>
void append_value(const JsonValue& value, Output& out, const Members& members) {
  if (value.IsString()) return out.add_string(as_text(value));
  if (value.IsNumber()) return append_number(value, out);
  if (value.IsObject()) {
    char before = '{';
    members(value, [&](const JsonValue::Member& each) {
      out.add(before);
      out.add_string(as_text(each.name));
      out.add(':');
      append_value(each.value, out, members);
      before = ',';
    });
    out.add(value.ObjectEmpty() ? std::string_view("{}") : std::string_view("}"));
  } else if (value.IsArray()) {
    out.add('[');
    for (const JsonValue& each : value.GetArray()) {
      if (&each != value.Begin()) out.add(',');
      append_value(each, out, members);
    }
    out.add(']');
  } else {
    out.add(value.IsNull() ? "null" : value.IsTrue() ? "true" : "false");
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
  Output out;
  append_value(value, out, kInTheirOrder);
  return out.take();
}

std::string to_pretty(const JsonValue& value) {
  rapidjson::StringBuffer out;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(out);
  writer.SetIndent(' ', 2);
  value.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

std::string to_canonical(const JsonValue& value) {
  Output out;
  append_value(value, out, kSorted);
  return out.take();
}

}  // namespace hotline
