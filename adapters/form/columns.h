// The columns of a profile whose records are rows: adapters/<profile>/columns.json. It says how a cell is
// read, never what it means.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"
#include "i18n/base/result.h"

namespace hotline {

struct Column {
  enum class Kind { text, list, date, integer, boolean, phone, postal, known, said, review };
  std::string name;   // as published
  std::string label;  // as published in the row below the names; "" when there is none
  Kind kind = Kind::text;
  bool of_case = false;        // of the case, which the rows of several persons share; else of the person
  std::string country_column;  // of a postal code
  std::string otherwise;    // where a word goes that is not one of `words`, so that it is kept as it was said
  std::string joined_to;    // this text goes behind that column's: a middle name behind the first
  std::string merged_into;  // this list is part of that one; `values` says which of its values stand here
  std::set<std::string, std::less<>> values;
  // Folded: what may stand in a list, so that it can be told apart, and what a table says that it means ("":
  // no table speaks of it).
  std::map<std::string, std::string, std::less<>> words;
  std::string_view meaning(std::string_view word) const;
};

class Columns {
 public:
  // data_invalid; `expected` as in config/data_fault.h.
  static Result<Columns> load(const std::string& folder);

  // By name or another spelling, capitals, spaces and underscores ignored; nullptr for one that nobody knows.
  const Column* find(std::string_view header) const;
  const std::vector<Column>& all() const { return columns_; }
  // Why a column that is not known is left out: the reason of the longest prefix that fits, else
  // "column_unknown".
  std::string_view why_unknown(std::string_view header) const;
  bool is_label(std::string_view text, const Column& of) const;

 private:
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> names_;
  std::map<std::string, std::string, std::less<>> prefixes_;
};

// That every column has its field in the profile's schema: a misspelt one would lead nowhere.
Result<void> columns_in_schema(const std::string& folder, const Schema& national);

// Letters in lower case and digits only: prs_First_Name and PRS FirstName are one name.
std::string fold_name(std::string_view text);

}  // namespace hotline
