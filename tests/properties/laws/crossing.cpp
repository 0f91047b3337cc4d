#include "tests/properties/laws/crossing.h"

#include <algorithm>

#include "tests/properties/laws/world.h"

namespace hotline::laws {

namespace {

void collect(const JsonValue& value, const std::string& at, std::vector<std::string>& found) {
  if (value.IsObject() && !value.ObjectEmpty()) {
    for (const auto& one : value.GetObject()) collect(one.value, pointer_join(at, as_text(one.name)), found);
  } else if (value.IsArray() && !value.Empty()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) collect(value[i], pointer_join(at, i), found);
  } else {
    found.push_back(at);
  }
}

bool accounted(std::string leaf, const std::set<std::string, std::less<>>& places) {
  for (; !leaf.empty(); leaf.resize(leaf.rfind('/')))
    if (places.count(leaf) > 0) return true;
  return false;
}

}  // namespace

std::string say(const Error& error) {
  return std::string(to_string(error.code)) + " at " + error.pointer + " (" + error.expected + ")";
}

std::optional<Referral> referral_of(const Json& record) {
  Json copy;
  copy.CopyFrom(record, copy.GetAllocator());
  auto referral = Referral::from(std::move(copy), World::get().canonical);
  if (!referral) return std::nullopt;
  return std::move(*referral);
}

const Profile& profile(const std::string& id) {
  return *World::get().profiles.find(id);
}

std::vector<std::string> leaves_of(const JsonValue& record) {
  std::vector<std::string> found;
  collect(record, "", found);
  return found;
}

std::string field_of(std::string_view pointer) {
  std::string field;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    const bool index = !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
    field += "/";
    field += index ? std::string_view("*") : token;
  }
  return field;
}

bool holds(std::string_view above, std::string_view pointer) {
  return pointer.starts_with(above) && (pointer.size() == above.size() || pointer[above.size()] == '/');
}

std::optional<std::string> unaccounted(const MappingReport& report, const JsonValue& source,
                                       const JsonValue& target) {
  std::set<std::string, std::less<>> sources, targets;
  for (const ReportLine& line : report.lines()) {
    if (!line.source.empty() && resolve_pointer(source, line.source) == nullptr)
      return "a line speaks of a source that is not there: " + line.source;
    if (!line.target.empty() && resolve_pointer(target, line.target) == nullptr)
      return "a line speaks of a target that is not there: " + line.source + " -> " + line.target;
    if (line.source.empty() && line.reason.empty()) return "nothing brought " + line.target;
    if (line.fate == Fate::dropped && line.reason.empty()) return "dropped without a reason: " + line.source;
    if (line.reason == "not_mapped" || line.reason == "no_place") return line.reason + ": " + line.source;
    sources.insert(line.source);
    targets.insert(line.target);
  }
  for (const std::string& leaf : leaves_of(source))
    if (!accounted(leaf, sources)) return "no line for the source's " + leaf;
  for (const std::string& leaf : leaves_of(target))
    if (!leaf.empty() && !accounted(leaf, targets)) return "no line for the target's " + leaf;
  return std::nullopt;
}

std::size_t share() {
  const std::size_t parts = 2 * profile_ids().size();
  return (records_for_a_law() + parts - 1) / parts;
}

}  // namespace hotline::laws
