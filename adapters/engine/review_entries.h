// The review list on its way in: what a code was that had no word of the profile's own. A record that we
// delivered can be read back by it as long as nobody has settled the field (README, `review`).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/engine/plan.h"

namespace hotline {

class ReviewEntries {
 public:
  // The record outlives this.
  ReviewEntries(const Plan& plan, const JsonValue& national);

  struct Entry {
    std::string pointer;     // of the entry in the record
    const JsonValue* value;  // nullptr: there is none
  };
  bool empty() const { return by_place_.empty(); }
  // The entry that speaks of this place. Elements that had nothing but a code of no word left no element, so
  // several may name one place: the last is of the element that stands there.
  Entry at(const std::string& place) const;

  // The coded object as it was before it was delivered; null when the list does not hold it: the map has a
  // word for that code, so a person has emptied the field. A code whose relation is no longer known is
  // `related` to its original.
  JsonValue coded(const CodeMap& map, const JsonValue& entry, Json::AllocatorType& allocator) const;

  // Where the entry has what `coded` is made of.
  std::string source_of(const Entry& entry) const;

 private:
  const Review& review_;
  std::unordered_map<std::string_view, Entry> by_place_;
};

}  // namespace hotline
