// Records that are rows: CSV text, or JSON objects with the same names.
#pragma once

#include <istream>
#include <memory>
#include <ostream>
#include <string>

#include "adapters/form/columns.h"
#include "adapters/form/csv_rows.h"
#include "adapters/form/form.h"

namespace hotline {

class CsvForm final : public Form {
 public:
  static Result<std::shared_ptr<const Form>> make(const std::string& folder);
  explicit CsvForm(std::shared_ptr<const Columns> columns) : columns_(std::move(columns)) {}

  std::string_view name() const override { return "csv"; }
  // An object is one person; a list of objects are the persons of one case, as is an object with a list
  // "persons".
  Result<std::optional<Shaped>> take(const JsonValue& given) const override;
  std::optional<Shaped> give(const JsonValue& tree) const override;
  // JSON, or a table with a header and one row.
  Result<Shaped> read(std::string_view text) const override;

  // One row is one record. Errors of the header come once and end the reading; errors of a row are its own.
  std::unique_ptr<RecordReader> reader(std::istream& in) const override;
  // All published columns, in their order; several persons of one record are several rows.
  std::unique_ptr<RecordWriter> writer(std::ostream& out) const override;

 private:
  std::shared_ptr<const Columns> columns_;
};

// Whether a text begins as a table of this form and not as JSON.
bool looks_like_json(std::string_view start);

}  // namespace hotline
