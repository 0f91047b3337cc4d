#include "adapters/form/csv_rows.h"

#include <csv.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <new>

#include "adapters/form/text_source.h"

namespace hotline {

namespace {

constexpr std::size_t kHeaderLook = 1 << 16;  // how far the separator is looked for

// libcsv grows one buffer for a cell and asks for memory here; beyond the limit it is refused, so that a cell
// of 100 MB costs no more than one that is just too long. It has no place for a context, and the limit is the
// same for the life of a parser.
thread_local std::size_t cell_limit = 0;
void* bounded_realloc(void* memory, std::size_t size) {
  return size > cell_limit ? nullptr : std::realloc(memory, size);
}

int is_line_feed(unsigned char c) {
  return c == CSV_LF ? 1 : 0;
}

class Parser {
 public:
  explicit Parser(char separator) {
    if (csv_init(&parser_, CSV_REPALL_NL) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    csv_set_term_func(&parser_, is_line_feed);
    csv_set_realloc_func(&parser_, bounded_realloc);
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  csv_parser* get() { return &parser_; }

 private:
  csv_parser parser_{};
};

char most_of(std::string_view line) {
  constexpr std::string_view kSeparators = ",;\t";
  std::size_t counts[3] = {0, 0, 0};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (const auto which = kSeparators.find(c); which != std::string_view::npos && !quoted) ++counts[which];
  }
  const auto most = std::max_element(counts, counts + 3) - counts;
  return kSeparators[static_cast<std::size_t>(most)];
}

}  // namespace

struct CsvRows::Impl {
  Impl(std::istream& in, CsvLimits bounds) : source(in), limits(bounds) {
    while (first.size() < kHeaderLook && first.find('\n') == std::string::npos) {
      const auto piece = source.next();
      if (piece.empty()) break;
      first += piece;
    }
    const bool named =
        first.size() > 4 && first.compare(0, 4, "sep=") == 0 && (first.size() == 5 || first[5] == '\n');
    separator = named ? first[4] : most_of(first);
    if (named) {
      first.erase(0, std::min<std::size_t>(6, first.size()));
      ++number;
    }
    if (separator == '"' || separator == '\n') separator = ',';
    parser.emplace(separator);
  }

  void cell(const char* text, std::size_t size) {
    if (row.fault == CsvRow::Fault::none) {
      bytes += size;
      if (row.cells.size() >= limits.columns)
        mark(CsvRow::Fault::too_many_cells);
      else if (bytes > limits.row_bytes)
        mark(CsvRow::Fault::row_too_long);
      else if (size > limits.cell_bytes)
        mark(CsvRow::Fault::cell_too_long);
      else
        row.cells.emplace_back(text, size);
    }
  }
  void mark(CsvRow::Fault fault) {
    if (row.fault != CsvRow::Fault::none) return;
    row.fault = fault;
    row.fault_cell = row.cells.size();
  }
  void end_row() {
    ++number;
    const bool empty =
        row.fault == CsvRow::Fault::none &&
        std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return c.empty(); });
    if (!empty) {
      row.number = number;
      ready.push_back(std::move(row));
    }
    row = {};
    bytes = 0;
  }
  static void on_cell(void* text, std::size_t size, void* self) {
    static_cast<Impl*>(self)->cell(static_cast<const char*>(text), size);
  }
  static void on_row(int, void* self) { static_cast<Impl*>(self)->end_row(); }

  void parse(std::string_view text) {
    // libcsv asks in steps; one step more than the limit is room enough to see that a cell is too long.
    cell_limit = limits.cell_bytes + 512;
    csv_parser* p = parser->get();
    while (!text.empty()) {
      const std::size_t done = csv_parse(p, text.data(), text.size(), on_cell, on_row, this);
      text.remove_prefix(std::min(done, text.size()));
      if (text.empty()) break;
      mark(CsvRow::Fault::cell_too_long);  // out of room: what the cell has so far is forgotten, its end is
                                           // looked for
      p->spaces = 0;
      p->entry_pos = 1;  // it may already hold the quote that closes it
    }
  }
  void finish() {
    csv_parser* p = parser->get();
    csv_set_opts(p, CSV_STRICT | CSV_STRICT_FINI);  // only now: inside a row a stray quote is a quote
    if (csv_fini(p, on_cell, on_row, this) == 0) {
      if (!row.cells.empty() || row.fault != CsvRow::Fault::none) end_row();
      return;
    }
    mark(CsvRow::Fault::quote_not_closed);
    end_row();
  }

  std::optional<CsvRow> next() {
    while (ready.empty() && !ended) {
      if (!first.empty()) {
        const std::string piece = std::move(first);
        first.clear();
        parse(piece);
        continue;
      }
      const auto piece = source.next();
      ended = piece.empty();
      if (ended)
        finish();
      else
        parse(piece);
    }
    if (ready.empty()) return std::nullopt;
    CsvRow one = std::move(ready.front());
    ready.pop_front();
    return one;
  }

  TextSource source;
  CsvLimits limits;
  std::string first;
  char separator = ',';
  std::optional<Parser> parser;
  CsvRow row;
  std::size_t bytes = 0, number = 0;
  std::deque<CsvRow> ready;
  bool ended = false;
};

CsvRows::CsvRows(std::istream& in, CsvLimits limits) : impl_(std::make_unique<Impl>(in, limits)) {}
CsvRows::~CsvRows() = default;
CsvRows::CsvRows(CsvRows&&) noexcept = default;
CsvRows& CsvRows::operator=(CsvRows&&) noexcept = default;

std::optional<CsvRow> CsvRows::next() {
  return impl_->next();
}
char CsvRows::separator() const {
  return impl_->separator;
}
bool CsvRows::had_mark() const {
  return impl_->source.had_mark();
}
bool CsvRows::was_utf16() const {
  return impl_->source.was_utf16();
}
bool CsvRows::had_carriage_returns() const {
  return impl_->source.had_carriage_returns();
}

std::string csv_cell(const std::string& text) {
  const bool plain = text.find_first_of(",;\t\"\r\n") == std::string::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return text;
  std::string quoted(csv_write(nullptr, 0, text.data(), text.size()), '\0');
  csv_write(quoted.data(), quoted.size(), text.data(), text.size());
  return quoted;
}

}  // namespace hotline
