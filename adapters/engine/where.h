// The elements of a national list that a rule speaks of (README, `where`).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/engine/labelled.h"
#include "i18n/base/json.h"

namespace hotline {

struct WhereMember {
  Below at;                                    // below the element
  std::vector<std::optional<Literal>> one_of;  // nothing: the member is absent
  bool ruled = false;                          // a rule of the block reads and writes it too
  bool has(const JsonValue& element) const;
};
struct Where {
  std::vector<WhereMember> members;
  bool holds(const JsonValue& element) const;
};

// Which elements a slot, block or drop takes: all of them, those of its `where`, or, for `otherwise`, those
// that no `where` of the list holds for.
struct Selection {
  std::optional<Where> where;
  bool otherwise = false;
  std::vector<Where> taken;  // by the others, of an `otherwise`
  bool picks(const JsonValue& element) const;
};

// The members of `where` in the value that is written, save those that a rule has written.
void write_where(const Where& where, JsonValue& element, Json::AllocatorType& allocator);

}  // namespace hotline
