// The rows of a table in text (RFC 4180 and what spreadsheets make of it), one at a time.
#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotline {

struct CsvLimits {
  std::size_t cell_bytes = 64 << 10;
  std::size_t row_bytes = 1 << 20;
  std::size_t columns = 1000;
};

struct CsvRow {
  std::size_t number = 0;  // as a spreadsheet counts: from 1, empty rows too, a row may have several lines
  std::vector<std::string> cells;  // bytes as they are; not checked for UTF-8
  // What is wrong with the row as such. The cells after the fault are missing, its own is empty.
  enum class Fault {
    none,
    cell_too_long,
    row_too_long,
    too_many_cells,
    quote_not_closed
  } fault = Fault::none;
  std::size_t fault_cell = 0;  // counted from 0
};

// Memory is bounded by the limits whatever comes. The separator is the one of comma, semicolon and tab that
// the first row has most of, or what a first line `sep=;` names; a byte order mark, UTF-16 and CRLF are put
// right (text_source.h). An empty row is skipped, but counted.
class CsvRows {
 public:
  explicit CsvRows(std::istream& in, CsvLimits limits = {});
  ~CsvRows();
  CsvRows(CsvRows&&) noexcept;
  CsvRows& operator=(CsvRows&&) noexcept;

  std::optional<CsvRow> next();

  char separator() const;
  bool had_mark() const;
  bool was_utf16() const;
  bool had_carriage_returns() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One cell, quoted where it has to be.
std::string csv_cell(const std::string& text);

}  // namespace hotline
