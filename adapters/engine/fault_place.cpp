#include "adapters/engine/fault_place.h"

#include <filesystem>

#include "adapters/engine/plan.h"
#include "config/json_lines.h"
#include "i18n/base/json.h"
#include "i18n/base/text_files.h"

namespace hotline {

namespace {

constexpr std::size_t kMaxFile = 16u << 20;

// Where a schema declares the field at a path; the nearest place above when it stands behind a $ref.
std::string declared_at(const JsonValue& schema, const std::string& path) {
  const JsonValue* node = &schema;
  std::string pointer;
  for (const std::string& token : split_pointer(path)) {
    if (const JsonValue* ref = node == nullptr ? nullptr : member(*node, "$ref"))
      pointer = std::string(as_text(*ref).substr(1));
    std::string step = pointer_join(pointer, "items");
    if (token != "*") step = pointer_join(pointer_join(pointer, "properties"), token);
    const JsonValue* below = resolve_pointer(schema, step);
    if (below == nullptr) break;
    pointer = step;
    node = below;
  }
  return pointer;
}

// Takes the first word off.
std::string word(std::string& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  std::string first = rest.substr(0, end);
  rest.erase(0, end + 1);
  return first;
}

}  // namespace

FaultPlace place_of_fault(const std::string& folder, const Fault& fault) {
  const std::string id = std::filesystem::path(folder).filename().string();
  std::string rest = fault.expected;
  const bool named = rest.rfind(id + "/", 0) == 0;
  FaultPlace place{"adapters/" + (named ? word(rest) : id + "/mapping.json"), fault.pointer, rest};
  if (rest.rfind("national_without_rule ", 0) == 0) {
    place.file = "adapters/" + id + "/schema.json";
    if (const auto schema = read_json_file(folder + "/schema.json"))
      place.pointer = declared_at(*schema, fault.pointer);
  } else if (rest.rfind("canonical_without_rule ", 0) == 0) {
    place.pointer = "/unsupported";
  }
  return place;
}

std::string file_and_line(const std::string& folder, const FaultPlace& place) {
  const auto root = std::filesystem::path(folder).parent_path().parent_path();
  const auto text = read_file((root / place.file).string(), kMaxFile);
  return text ? place.file + ":" + std::to_string(line_of(*text, place.pointer)) : place.file;
}

}  // namespace hotline
