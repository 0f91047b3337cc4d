// Plain UTF-8: checking, stepping, counting. Everything here is linear and knows nothing of languages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline {

// The byte offset of the first ill-formed sequence (overlong, surrogate, above U+10FFFF, cut off), else
// text.size().
std::size_t first_invalid_utf8(std::string_view text);

// Well-formed, and free of what no text of ours may hold: C0 and C1 controls but tab, LF and CR, DEL,
// noncharacters.
bool is_clean_text(std::string_view text);

// The offset of the first byte at or after `at` that is not ASCII, else text.size().
std::size_t skip_ascii(std::string_view text, std::size_t at);

// The code point that starts at `at`, which moves behind it. An ill-formed byte gives U+FFFD and one step.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_utf8(char32_t code_point, std::string& out);
std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);

// Code points before the byte offset: what an editor or a browser calls a position.
std::size_t code_point_index(std::string_view text, std::size_t byte_offset);

}  // namespace hotline
