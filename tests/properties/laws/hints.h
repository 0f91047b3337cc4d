// What a profile's mapping says about each place of its national record, read from the file itself.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "i18n/base/json.h"
#include "tests/properties/laws/world.h"

namespace hotline::laws {

// An element of the national list at `list` is meant only if it looks like this (`where` of the mapping);
// nullptr: any other element.
struct Guard {
  std::string list;
  const JsonValue* where;
};

struct Hint {
  const JsonValue* rule;
  std::string as;         // converter, or "value", "language_of" (a language that stands beside a text)
  std::string canonical;  // path with *, "" when there is none
  std::vector<Guard> guards;
};

struct Hints {
  std::multimap<std::string, Hint, std::less<>> leaves;              // national path with *
  std::multimap<std::string, const JsonValue*, std::less<>> wheres;  // of a list: each `where`
  std::vector<std::pair<std::string, std::string>> second_surnames;  // place of both, place of the second
  std::set<std::string, std::less<>>
      needed;  // what the canonical record cannot do without, and the way to it
  static Hints of(const ProfileFiles& files);
};

}  // namespace hotline::laws
