// The bytes of one member of a JSON object as they stand in the text: what was signed, not what a writer
// would make of it again.
#pragma once

#include <optional>
#include <string_view>

namespace hotline {

// `text` must be a valid JSON object (parse_json has taken it). Nothing when no top-level member has that
// name spelled without escapes.
std::optional<std::string_view> raw_member(std::string_view text, std::string_view name);

}  // namespace hotline
