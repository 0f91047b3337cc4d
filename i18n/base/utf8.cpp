#include "i18n/base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace hotline {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0u) == 0x80u;
}

struct Sequence {
  char32_t code_point;
  std::size_t size;  // 0 when ill-formed
};

// Unicode 15.0, table 3-7.
Sequence decode(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {kReplacement, 0};
  char32_t value = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text, at + i)) return {kReplacement, 0};
    value = (value << 6) | (byte_at(text, at + i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {kReplacement, 0};
  return {value, size};
}

using Block = std::uint64_t;  // eight bytes at a time: nearly all of our text is ASCII

constexpr Block each_byte(unsigned char value) {
  return Block{value} * 0x0101010101010101u;
}

Block block_at(std::string_view text, std::size_t at) {
  Block block = 0;
  std::memcpy(&block, text.data() + at, sizeof block);
  return block;
}

// The last eight bytes, of a shorter text all of it: some of them twice, or blanks in between.
Block last_block(std::string_view text) {
  if (text.size() >= sizeof(Block)) return block_at(text, text.size() - sizeof(Block));
  std::uint32_t first = 0x20202020, last = first;
  if (text.size() >= sizeof first) {
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  } else if (!text.empty()) {
    first = byte_at(text, 0) | byte_at(text, text.size() / 2) << 8 | byte_at(text, text.size() - 1) << 16 |
            static_cast<std::uint32_t>(' ') << 24;
  }
  return Block{last} << 32 | first;
}

// Whether all eight are ASCII and no controls. A byte below the space borrows from the next one, which may
// then look odd as well: the answer is the same.
bool is_printable(Block block) {
  return ((block | (block - each_byte(' ')) | (block + each_byte(1))) & each_byte(0x80)) == 0;
}

bool is_clean(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c < 0x7F) return true;
  if (c <= 0x9F) return false;
  return !(c >= 0xFDD0 && c <= 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

}  // namespace

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  while (at + sizeof(Block) <= text.size() && (block_at(text, at) & each_byte(0x80)) == 0)
    at += sizeof(Block);
  const bool near_end = at < text.size() && text.size() - at < sizeof(Block);
  if (near_end && (last_block(text) & each_byte(0x80)) == 0) return text.size();
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while ((at = skip_ascii(text, at)) < text.size()) {
    const Sequence sequence = decode(text, at);
    if (sequence.size == 0) return at;
    at += sequence.size;
  }
  return text.size();
}

bool is_clean_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (at + sizeof(Block) <= text.size() && is_printable(block_at(text, at))) {
      at += sizeof(Block);
      continue;
    }
    if (text.size() - at < sizeof(Block) && is_printable(last_block(text))) return true;
    const unsigned byte = byte_at(text, at);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    const Sequence sequence = decode(text, at);
    if (sequence.size == 0 || !is_clean(sequence.code_point)) return false;
    at += sequence.size;
  }
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const Sequence sequence = decode(text, at);
  at += std::max<std::size_t>(sequence.size, 1);
  return sequence.code_point;
}

void append_utf8(char32_t c, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char32_t c : text) append_utf8(c, out);
  return out;
}

std::size_t code_point_index(std::string_view text, std::size_t byte_offset) {
  const std::string_view before = text.substr(0, std::min(byte_offset, text.size()));
  return static_cast<std::size_t>(std::count_if(
      before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace hotline
