// Which leaves of both schemas a mapping speaks of.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"

namespace hotline {

class Coverage {
 public:
  explicit Coverage(const Schema& schema);

  // In all paths * is an index, and so is 0.
  bool is_leaf(std::string_view path) const { return leaves_.count(starred(path)) > 0; }
  bool is_open() const;  // some object takes fields that the schema does not name
  const SchemaNode* node(
      std::string_view path) const;  // nullptr when the schema has no such place; * is an index
  static std::string starred(std::string_view path);  // every 0 said as *
  void cover(std::string_view leaf) { covered_.insert(starred(leaf)); }
  bool cover_below(std::string_view prefix);  // false when there is no leaf below
  std::vector<std::string> open() const;      // leaves nobody covered, in schema order

 private:
  const Schema& schema_;
  std::set<std::string, std::less<>> leaves_, covered_;
};

}  // namespace hotline
