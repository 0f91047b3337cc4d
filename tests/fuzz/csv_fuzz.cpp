// Whatever bytes come in as a table: rows within their limits, each refused with a place or read; and what is
// read is written and read again the same.
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "adapters/form/csv_form.h"
#include "adapters/form/csv_rows.h"

namespace {

const hotline::Form& form() {
  static const auto one = hotline::CsvForm::make(std::string(HOTLINE_ROOT) + "/adapters/htcds").value();
  return *one;
}

void rows_stay_within_their_limits(const std::string& text) {
  std::istringstream in(text);
  const hotline::CsvLimits limits{600, 900, 20};
  hotline::CsvRows rows(in, limits);
  std::size_t before = 0;
  while (const auto row = rows.next()) {
    if (row->number <= before || row->cells.size() > limits.columns) std::abort();
    before = row->number;
    std::size_t bytes = 0;
    for (const std::string& cell : row->cells) {
      if (cell.size() > limits.cell_bytes) std::abort();
      bytes += cell.size();
    }
    if (bytes > limits.row_bytes) std::abort();
  }
}

void what_is_read_is_written_and_read_again(const std::string& text) {
  std::istringstream in(text);
  const auto reader = form().reader(in);
  while (const auto arrived = reader->next()) {
    if (!arrived->record) continue;
    const auto out = form().give(arrived->record->tree);
    std::ostringstream table;
    if (!out || !form().writer(table)->write(out->tree)) std::abort();
    const auto again = form().take(out->tree);
    if (!again || !*again) std::abort();
    if (table.str().find('\0') != std::string::npos) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  rows_stay_within_their_limits(text);
  what_is_read_is_written_and_read_again(text);
  return 0;
}
