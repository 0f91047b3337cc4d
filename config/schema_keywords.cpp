#include "config/schema_keywords.h"

#include <algorithm>
#include <array>

namespace hotline {
namespace {

struct Keyword {
  std::string_view name;
  NodeType type;
};
constexpr std::array kKeywords = std::to_array<Keyword>({
    {"$ref", NodeType::any},
    {"type", NodeType::any},
    {"title", NodeType::any},
    {"description", NodeType::any},
    {"properties", NodeType::object},
    {"required", NodeType::object},
    {"additionalProperties", NodeType::object},
    {"items", NodeType::array},
    {"minItems", NodeType::array},
    {"maxItems", NodeType::array},
    {"minLength", NodeType::string},
    {"maxLength", NodeType::string},
    {"enum", NodeType::string},
    {"pattern", NodeType::string},
    {"minimum", NodeType::integer},
    {"maximum", NodeType::integer},
    {"x-category", NodeType::any},
    {"x-generalise", NodeType::any},
    {"x-generalise-to", NodeType::any},
    {"x-find", NodeType::any},
    {"x-prose", NodeType::string},
    {"x-codes", NodeType::any},
    {"x-closed", NodeType::any},
    {"x-about", NodeType::array},
    {"x-htcds", NodeType::any},
    {"x-fhir", NodeType::any},
    {"x-title", NodeType::any},
    {"x-description", NodeType::any},
    {"x-format", NodeType::string},
});

}  // namespace

std::optional<NodeType> keyword_type(std::string_view name) {
  const auto* known = std::find_if(kKeywords.begin(), kKeywords.end(),
                                   [&](const Keyword& each) { return each.name == name; });
  return known == kKeywords.end() ? std::nullopt : std::optional<NodeType>(known->type);
}

std::optional<Generaliser> generaliser_from(std::string_view text) {
  if (text == "drop") return Generaliser::drop;
  if (text == "keep") return Generaliser::keep;
  if (text == "month") return Generaliser::month;
  if (text == "age_band") return Generaliser::age_band;
  if (text == "masked_text") return Generaliser::masked_text;
  return std::nullopt;
}

std::optional<FindAs> find_from(std::string_view text) {
  if (text == "none") return FindAs::none;
  if (text == "name") return FindAs::name;
  if (text == "text") return FindAs::text;
  if (text == "phone") return FindAs::phone;
  if (text == "email") return FindAs::email;
  if (text == "identifier") return FindAs::identifier;
  if (text == "date") return FindAs::date;
  if (text == "place") return FindAs::place;
  if (text == "postal_code") return FindAs::postal_code;
  return std::nullopt;
}

std::optional<NodeType> type_from(std::string_view text) {
  for (const NodeType type :
       {NodeType::object, NodeType::array, NodeType::string, NodeType::integer, NodeType::boolean}) {
    if (to_string(type) == text) return type;
  }
  return std::nullopt;
}

}  // namespace hotline
