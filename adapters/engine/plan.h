// A mapping, compiled: what apply.cpp walks. Paths are split, tables are loaded, blocks that are plain
// objects are melted into their surroundings; only lists (and the one element that may stand in for a list)
// remain as blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/engine/convert.h"
#include "adapters/engine/where.h"
#include "config/formats.h"
#include "config/schema.h"
#include "i18n/base/name_index.h"

namespace hotline {

std::vector<std::string> split_pointer(std::string_view pointer);  // of a mapping: no ~ in national names
bool take_star(std::string& pointer);  // takes "/*" off the end; whether there was one

// A place relative to the element that a scope is about.
struct Path {
  std::string pointer;  // "/identity/given_names"; "" is the element itself
  std::vector<std::string> tokens;
  std::size_t node = 0;  // among the scope's Paths
};

// All paths of one scope as a tree, so that one walk of an element finds the values of all of them.
class Paths {
 public:
  static constexpr std::size_t kElement = 0;  // the element itself

  Path path(const std::string& pointer);
  std::size_t size() const { return nodes_.size(); }
  bool is_leaf(std::size_t node) const { return nodes_[node].children.empty(); }
  // kElement when no path goes there.
  std::size_t child(std::size_t node, std::string_view name) const {
    const std::uint32_t found = nodes_[node].names.find(name);
    return found == NameIndex::kNone ? kElement : found;
  }
  template <class Each>
  void each_child(std::size_t node, const Each& each) const {
    for (const auto& [name, child] : nodes_[node].children) each(name, child);
  }

 private:
  struct Node {
    std::vector<std::pair<std::string, std::size_t>> children;
    NameIndex names;  // of the same
  };
  std::vector<Node> nodes_ = std::vector<Node>(1);
};

struct Field {
  Path national, canonical;
  bool national_list = false, canonical_list = false;
  std::string separator;  // the national text holds a list
  Converter converter;
  Path aside;                // national: language_at of `said`, second_at of `surnames`
  std::vector<Path> joined;  // national: texts that follow this one, with a space between
  bool in = true, out = true;
  bool fallback = false;         // inbound only where no other rule has written
  bool required_code = false;    // the canonical record must have it: an empty one is noted
  bool keep_unread = false;      // what cannot be read stays in /extensions and refuses nothing
  Format format = Format::none;  // of the canonical place, for a word that no table knows
  std::string reason;            // of a field that is not read: what the report says
  std::string at;                // the rule in mapping.json; so in all that follows
};
// The name under which /extensions keep what was said there.
inline std::string_view kept_name(const Field& rule) {
  return rule.national.pointer.empty() ? std::string_view("value") : std::string_view(rule.national.pointer);
}

struct Drop {
  Path national;
  std::string reason;
  bool each = false;  // a list, element by element, as `select` says
  Selection select;
  std::string at;
};
struct Extend {
  Path national;
  std::string name;
  std::string at;
};
struct Constant {
  bool canonical = true;  // else national
  Path at;
  Literal value;
  std::optional<Path> only_if;  // of the other side
  bool fallback = false;        // inbound only, where no other rule has written
  bool coded = false;           // at the /code of a coded object, which is one leaf of the report
  std::string at_rule;
};

struct Block;
using Item = std::variant<Field, Drop, Extend, Constant, std::unique_ptr<Block>>;

// An item as a walk comes to it (steps.h): to be looked at when there is a value at `node` of the source, or,
// with `otherwise`, when the record has entries that may stand for it (a review list, values kept aside).
struct Step {
  std::uint32_t item, node;
  bool otherwise;
};

struct RuleScope {
  Paths nationals, canonicals;
  std::vector<Item> items;
  std::vector<Step> inward = {}, outward = {};  // of items, in their order
};

struct When {
  Path canonical;
  std::optional<Literal> value;  // nothing: the member must be absent
  bool differs = false;          // any other value, or none, will do; says nothing on the way in
};
struct Slot {
  Path national;
  bool list = false;
  std::vector<When> when;
  Selection select;  // of the national list's elements
  RuleScope scope;
  bool in = true, out = true;
  std::string reason;  // of a slot that is not read
  std::string at;
};
// A canonical list and the national places of its elements; or one element of a national list that stands for
// an object of the record (`single`): then the slot's scope sees the record from where the block stands.
struct Block {
  Path canonical;
  bool single = false;
  std::vector<Slot> slots;
  std::string rest;  // what the report says of an element that finds no slot
  std::string at;
};

// Where codes stand that did not carry, and what was originally said.
struct Review {
  std::string national;  // pointer of the list in the record, "" when the profile has none
  std::vector<std::string> tokens;
  std::string field, code, label, relation, suggested, needs_person;
  std::string original_system, original_code, original_label, original_language;
  std::map<std::string, std::string, std::less<>> relation_words;
  YesNo words;
};

struct Plan {
  std::string profile, version, canonical_version;
  RuleScope root;
  std::optional<Schema> national;  // tells the fields that it knows from others
  std::string others;              // what the report says of those
  Review review;
  std::vector<std::pair<std::string, std::string>> unsupported;  // canonical path with *, reason
};

}  // namespace hotline
