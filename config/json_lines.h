// Where in a file something stands: people look for a line, not for a JSON Pointer.
#pragma once

#include <cstddef>
#include <string_view>

namespace hotline {

// The line, counted from 1, on which the value at an RFC 6901 pointer begins (for a member: its name); of the
// nearest container when the text has no such place. Total: text that is no JSON gives the line of what could
// be followed. Reads the text once.
std::size_t line_of(std::string_view text, std::string_view pointer);

}  // namespace hotline
