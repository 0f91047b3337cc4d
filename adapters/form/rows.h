// Rows as the tree of a mapping: {"case": {…}, "persons": [{…}, …]}. A row holds one person and what is known
// of the case; the rows of several persons of one case repeat the case.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/form/columns.h"
#include "adapters/form/form.h"

namespace hotline {

// Makes one tree out of rows. Pointers in errors and notes are into what was handed in.
class RowsToTree {
 public:
  explicit RowsToTree(const Columns& columns);

  // Before the first cell of a person. The person gets the member `row`: its number from 1, which is all of
  // an id that a row has.
  void start_row();
  // `given`: the cell's place as handed in. The country of a postal code comes from country().
  Result<void> cell(const Column& column, std::string_view text, const std::string& given);
  // A value that is no text (out of JSON); a list element by element.
  Result<void> value(const Column& column, const JsonValue& value, const std::string& given);
  void country(const Column& column, std::string_view text) {
    countries_[column.name] = column.meaning(text);
  }
  void note(const std::string& given, std::string reason, bool lost = false);

  Shaped finish();

 private:
  Result<void> put(const Column& column, JsonValue&& value, const std::string& given, bool one_place);
  Result<void> put_case(const Column& column, JsonValue&& value, const std::string& given);
  void put_list(const std::string& name, const std::string& base, JsonValue& target, JsonValue&& value,
                const std::string& given, bool one_place);
  void keep_unknown(const Column& column, JsonValue& value, const std::string& given);
  Result<void> put_said(const Column& column, std::string_view text, const std::string& given);
  JsonValue& person();

  const Columns& columns_;
  Json tree_;
  std::size_t rows_ = 0;
  std::map<std::string, std::string, std::less<>> countries_;
  std::shared_ptr<std::map<std::string, std::string>> places_;  // pointer in the tree -> as handed in
  std::vector<FormNote> notes_;
};

// The tree -> an object for one person, a list of them for several; lists that were merged are apart again,
// each value once.
Shaped tree_to_rows(const Columns& columns, const JsonValue& tree);

}  // namespace hotline
