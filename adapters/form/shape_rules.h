// How the elements of one FHIR resource are laid out for a mapping, as data (adapters/fhir/form.json): what
// FHIR keeps in lists told apart by a member, in codings and in extensions gets one place each. Every rule
// goes both ways; none knows what a value means. The rules are described in adapters/fhir/README.md.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "adapters/form/node.h"

namespace hotline {

struct SliceRule {
  std::vector<std::string> list;
  // Tried one after another; the members are written from the first. A member with no value must be absent.
  std::vector<std::map<std::string, std::vector<std::string>>> where;
  std::string as;
  bool many = false;
};
struct ConceptRule {
  std::vector<std::string> at;
  std::vector<std::string> known;  // "system|code", "system|" for all of it, "*" for any; empty: any
  std::string otherwise;           // the token when none is known
  std::string system;              // where only one system makes sense: the token is the code alone
  bool bare = false;               // a Coding, not a CodeableConcept
};
struct JoinRule {
  std::vector<std::string> at;
  std::string with;
};
struct DayRule {
  std::vector<std::string> at;
};
struct DeriveRule {
  std::vector<std::string> at, from;
  std::map<std::string, std::string> values;
  std::string otherwise;  // FHIR wants some value; `assumed` then says that nobody said so
  std::string assumed;
};
struct UnfoldRule {
  // What a part of a complex extension holds: a value[x], or parts of its own.
  struct Part {
    std::string value;
    std::map<std::string, Part> parts;
    std::vector<std::string> order;
    bool many = false;
  };
  std::vector<std::string> at;
  std::string base;
  Part whole;
};
struct MoveRule {
  std::vector<std::string> from, to;
  std::vector<std::vector<std::string>> unless;
};
struct ComposeRule {
  std::vector<std::string> at;
  std::vector<std::string> from;
};
struct QualifyRule {
  std::vector<std::string> at;
  std::string by;
  std::map<std::string, std::string> countries;
};
// A value that no field of the record could hold is put aside, so that it is reported and does not stop the
// rest.
struct FitRule {
  std::vector<std::string> at;
  std::string format;                        // as x-format, or "phone"
  std::map<std::string, std::string> words;  // what others write -> what the format wants
  std::vector<std::string> region_at;        // of a phone number without its country
  std::string to;                            // the list that takes an element that does not fit; else "unfit"
};
struct DefaultRule {
  std::vector<std::string> at;
  std::string value;
};
struct TailRule {
  std::vector<std::string> at;  // put aside unless `of`, beside or above it, ends with it
  std::vector<std::string> of;
};
struct AbsentRule {
  std::vector<std::pair<std::string, std::string>> fields;        // member, what it is called in the record
  std::map<std::string, std::vector<std::string>> of_categories;  // withheld category -> members
};

using ShapeRule = std::variant<SliceRule, ConceptRule, JoinRule, DayRule, DeriveRule, UnfoldRule, MoveRule,
                               ComposeRule, QualifyRule, FitRule, DefaultRule, TailRule, AbsentRule>;

// The rules of one type of resource, in the order in which they take it apart.
class Shape {
 public:
  // data_invalid with the pointer of the rule that is none.
  static Result<Shape> read(const JsonValue& rules);
  void take(TreeNode& resource) const;
  void give(TreeNode& resource) const;  // the other way, last rule first

 private:
  std::vector<ShapeRule> rules_;
};

}  // namespace hotline
