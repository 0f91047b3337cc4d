// The words that a schema may use, and what they stand for.
#pragma once

#include <optional>
#include <string_view>

#include "config/schema.h"
#include "config/schema_node.h"

namespace hotline {

// The only type that a keyword may stand beside (any: all of them); nullopt outside the subset.
std::optional<NodeType> keyword_type(std::string_view name);

std::optional<NodeType> type_from(std::string_view text);
std::optional<Generaliser> generaliser_from(std::string_view text);
std::optional<FindAs> find_from(std::string_view text);

}  // namespace hotline
