// Finding the source's values, making the target's places, and telling which leaves nobody has looked at.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "adapters/engine/plan.h"
#include "adapters/engine/report.h"
#include "i18n/base/json.h"

namespace hotline {

// A member of an object; for the token 0 and other indices, an element of a list. nullptr when there is none.
const JsonValue* element_of(const JsonValue& list, std::string_view index);
inline const JsonValue* child_of(const JsonValue& value, std::string_view token) {
  return value.IsArray() ? element_of(value, token) : member(value, token);
}
const JsonValue* value_below(const JsonValue& base, const std::vector<std::string>& tokens);

// One element of the source seen through a scope's paths.
class View {
 public:
  View(const JsonValue& element, const Paths& paths) : found_(paths.size()) {
    look(element, Paths::kElement, paths);
  }
  const JsonValue* at(const Path& path) const { return found_[path.node]; }
  bool has(const Step& step) const { return found_[step.node] != nullptr; }

 private:
  void look(const JsonValue& value, std::size_t node, const Paths& paths);
  std::vector<const JsonValue*> found_;
};

// The value at the path below `base`, made on the way where it is missing (the token 0: in a list). A pointer
// is good until the next place.
JsonValue& make_place(JsonValue& base, const std::vector<std::string>& tokens,
                      Json::AllocatorType& allocator);
JsonValue& make_list(JsonValue& base, const std::vector<std::string>& tokens, Json::AllocatorType& allocator);
JsonValue to_json(const Literal& literal, Json::AllocatorType& allocator);
bool equals(const JsonValue& value, const Literal& literal);

// Moves what stands in `from` (members of an object, else the value) into the place.
void merge_into(JsonValue& place, JsonValue&& from, Json::AllocatorType& allocator);

// A coded object {code, relation, original} counts as one leaf, without a code too when it says not-mapped;
// an empty object or list counts as one as well.
bool is_coded_value(const JsonValue& value);

// Whether something stands at these tokens below `base`; `above` of them are left out at the end.
bool is_taken(const JsonValue& base, const std::vector<std::string>& tokens, std::size_t above = 0);

// What stands between the separators, trimmed; empty parts are none.
std::vector<std::string_view> split_text(std::string_view text, std::string_view separator);

// The values of the source that have been read. A container stands for everything in it.
class Seen {
 public:
  void add(const JsonValue& value);
  bool has(const JsonValue& value) const { return slots_[place_of(value)] == &value; }

 private:
  // Where the value stands in the table, or would.
  std::size_t place_of(const JsonValue& value) const;
  void grow();

  std::vector<const JsonValue*> slots_ = std::vector<const JsonValue*>(512);  // a power of two, half empty
  std::size_t count_ = 0;
};

// Calls `each` with every leaf below `value` that `seen` does not know (nullptr: every leaf) and its pointer.
// Depth is bounded by the reader's limit.
using LeafVisitor = std::function<void(const JsonValue& leaf, std::string&& pointer)>;
void visit_leaves(const JsonValue& value, const Seen* seen, bool coded_is_leaf, const LeafVisitor& each);

}  // namespace hotline
