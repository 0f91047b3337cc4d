// One cell of a table, read as its column says: put right where there is one way to read it, refused where
// there are two.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/form/columns.h"
#include "i18n/base/json.h"

namespace hotline {

struct CellRead {
  JsonValue value;  // null: the cell is empty
  std::vector<std::string> notes;
};

// `country` is that of the row's country column as ISO 3166-1, for a postal code. The error has no pointer,
// its `expected` says what to do:
//   json_not_utf8 save_as_csv_utf_8 | text_not_allowed | date_impossible two_ways / excel_number / date_form
//   | phone_invalid +countrycode_number | type_mismatch integer / boolean
Result<CellRead> read_cell(const Column& column, std::string_view text, std::string_view country,
                           Json::AllocatorType& allocator);

// A cell that a spreadsheet would take for a formula gets an apostrophe in front, which read_cell takes off
// again. A phone number in E.164 (+ and digits only) stays as it is: no formula can be made of it.
std::string safe_cell(std::string_view text);

}  // namespace hotline
