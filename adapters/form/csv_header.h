// The first row of a table: which column of the profile stands where.
#pragma once

#include <string>
#include <vector>

#include "adapters/form/columns.h"
#include "adapters/form/csv_rows.h"
#include "adapters/form/rows.h"

namespace hotline {

class CsvHeader {
 public:
  // Refused when no column is known (it may be no header at all, so that nothing of it is said again) or one
  // stands there twice.
  static Result<CsvHeader> read(const Columns& columns, const CsvRow& row);

  const Column* column(std::size_t cell) const { return cell < known_.size() ? known_[cell] : nullptr; }
  // The known cells in the order of the profile's columns.
  const std::vector<std::size_t>& order() const { return order_; }
  // How a cell is named to its reader: the header as it stands there, or /column_7 for one that is not known.
  std::string place(std::size_t cell) const;

  // Whether a row can be told apart into cells at all. The pointer is the cell's.
  Result<void> check(const CsvRow& row) const;
  // Columns under another name, columns that are left out, cells that are missing.
  void notes(const CsvRow& row, RowsToTree& tree) const;

  // The row of labels that published templates have below the names. The names count: where a label belongs
  // to another column, that is noted.
  bool is_labels(const CsvRow& row) const;
  std::vector<FormNote> label_notes(const CsvRow& row) const;

 private:
  explicit CsvHeader(const Columns& columns) : columns_(&columns) {}

  const Columns* columns_;
  std::vector<const Column*> known_;
  std::vector<std::string> names_;
  std::vector<std::size_t> order_;
};

}  // namespace hotline
