#include "adapters/engine/where.h"

#include <algorithm>

#include "adapters/engine/walk.h"

namespace hotline {

bool WhereMember::has(const JsonValue& element) const {
  const JsonValue* value = value_below(element, at.tokens);
  return std::any_of(one_of.begin(), one_of.end(), [&](const std::optional<Literal>& wanted) {
    return wanted ? value != nullptr && equals(*value, *wanted) : value == nullptr;
  });
}

bool Where::holds(const JsonValue& element) const {
  return std::all_of(members.begin(), members.end(),
                     [&](const WhereMember& one) { return one.has(element); });
}

bool Selection::picks(const JsonValue& element) const {
  if (where) return where->holds(element);
  return std::none_of(taken.begin(), taken.end(), [&](const Where& one) { return one.holds(element); });
}

void write_where(const Where& where, JsonValue& element, Json::AllocatorType& allocator) {
  for (const WhereMember& one : where.members) {
    if (one.one_of.empty() || !one.one_of.front() || value_below(element, one.at.tokens) != nullptr) continue;
    make_place(element, one.at.tokens, allocator) = to_json(*one.one_of.front(), allocator);
  }
}

}  // namespace hotline
