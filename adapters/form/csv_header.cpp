#include "adapters/form/csv_header.h"

#include <algorithm>

#include "i18n/base/utf8.h"

namespace hotline {

Result<CsvHeader> CsvHeader::read(const Columns& columns, const CsvRow& row) {
  CsvHeader header(columns);
  bool any = false;
  for (const std::string& cell : row.cells) {
    const Column* column = columns.find(cell);
    if (column != nullptr &&
        std::find(header.known_.begin(), header.known_.end(), column) != header.known_.end())
      return fail(ErrorCode::json_duplicate_name, pointer_join("", column->name));
    header.known_.push_back(column);
    header.names_.push_back(cell);
    any = any || column != nullptr;
  }
  if (row.fault != CsvRow::Fault::none) return fail(header.check(row).error());
  if (!any) return fail(ErrorCode::field_unknown, "", "header");
  for (const Column& column : columns.all())
    for (std::size_t i = 0; i < header.known_.size(); ++i)
      if (header.known_[i] == &column) header.order_.push_back(i);
  return header;
}

std::string CsvHeader::place(std::size_t cell) const {
  if (const Column* known = column(cell); known != nullptr) {
    const bool plain = first_invalid_utf8(names_[cell]) == names_[cell].size() && is_clean_text(names_[cell]);
    return pointer_join("", plain ? names_[cell] : known->name);
  }
  return "/column_" + std::to_string(cell + 1);
}

Result<void> CsvHeader::check(const CsvRow& row) const {
  const std::string at = place(row.fault_cell);
  switch (row.fault) {
    case CsvRow::Fault::none:
      break;
    case CsvRow::Fault::cell_too_long:
      return fail(ErrorCode::length_out_of_range, at, "cell");
    case CsvRow::Fault::row_too_long:
      return fail(ErrorCode::length_out_of_range, at, "row");
    case CsvRow::Fault::too_many_cells:
      return fail(ErrorCode::length_out_of_range, at, "columns");
    case CsvRow::Fault::quote_not_closed:
      return fail(ErrorCode::json_syntax, at, "closing_quote");
  }
  // More cells than columns: a separator stands in a text that is not quoted, and everything behind it is in
  // the wrong column.
  for (std::size_t i = names_.size(); i < row.cells.size(); ++i)
    if (!row.cells[i].empty()) return fail(ErrorCode::field_unknown, place(i), "one_cell_per_column");
  return {};
}

void CsvHeader::notes(const CsvRow& row, RowsToTree& tree) const {
  for (std::size_t i = 0; i < std::min(row.cells.size(), names_.size()); ++i) {
    if (row.cells[i].empty()) continue;
    if (known_[i] == nullptr)
      tree.note(place(i), std::string(columns_->why_unknown(names_[i])), true);
    else if (known_[i]->name != names_[i])
      tree.note(place(i), "column_renamed");
  }
  if (row.cells.size() < names_.size()) tree.note("", "cells_missing_at_the_end");
}

bool CsvHeader::is_labels(const CsvRow& row) const {
  std::size_t labels = 0, filled = 0;
  for (const std::string& cell : row.cells) {
    if (cell.empty()) continue;
    ++filled;
    const auto& all = columns_->all();
    labels +=
        std::any_of(all.begin(), all.end(), [&](const Column& one) { return columns_->is_label(cell, one); });
  }
  return filled >= 3 && labels * 5 >= filled * 4;
}

std::vector<FormNote> CsvHeader::label_notes(const CsvRow& row) const {
  std::vector<FormNote> notes{{"", "labels_row_skipped"}};
  for (std::size_t i = 0; i < std::min(row.cells.size(), names_.size()); ++i)
    if (known_[i] != nullptr && !row.cells[i].empty() && !columns_->is_label(row.cells[i], *known_[i]))
      notes.push_back({place(i), "label_says_otherwise"});
  return notes;
}

}  // namespace hotline
