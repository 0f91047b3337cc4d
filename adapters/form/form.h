// The form of a profile: what bytes its records come in, and how those become the one tree that the profile's
// schema and mapping speak of. `profile.json` names it: "json" (the default), "csv", "fhir_bundle".
//
// A form only moves things; what they mean is the mapping's business. It never makes a value up, and whatever
// it puts right it says in a note.
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

// Something about what was handed in that was put right on the way. Never a value.
struct FormNote {
  std::string place;   // JSON Pointer into what was handed in; "" is all of it
  std::string reason;  // a token, as in reports: "byte_order_mark", "column_renamed"
  bool lost = false;   // it was left out, not put right
  bool line = false;   // the form itself read what stands there: a line of the report, not a note
};

// A pointer on one side of a form, said as a pointer on the other side. Total: what has no counterpart gives
// the nearest place that has one.
using PlaceOf = std::function<std::string(const std::string& pointer)>;

struct Shaped {
  Json tree;
  PlaceOf place;  // empty: the pointers are the same on both sides
  std::vector<FormNote> notes;
  // Why there is a value of which `place` says "": it stands nowhere in what was handed in.
  std::string_view placeless = "position";  // the number of a row
};

// One record of a stream, or why it is none; the stream goes on after either. `line` is the line of a text,
// the row of a table (the header is row 1), counted from 1.
struct Arrived {
  std::size_t line = 0;
  Result<Shaped> record;
};

// Records one at a time, in memory that does not grow with their number. The stream outlives the reader.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  // Nothing when the stream has ended. A stream that cannot be read at all (a header that makes no sense,
  // bytes of another encoding) gives one error and ends.
  virtual std::optional<Arrived> next() = 0;
};

class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  // A tree as take() makes it, handed out. Whether the stream took it is the stream's to say.
  virtual Result<void> write(const JsonValue& record) = 0;
  // In place of a record that could not be made, so that what comes out has as many lines as what went in.
  virtual void skip(std::string_view instead) = 0;
};

class Form {
 public:
  virtual ~Form() = default;
  virtual std::string_view name() const = 0;

  // JSON as handed in (an API body, a document, one row of a table) -> the tree; `place` says a pointer into
  // the tree as one into `given`. Nothing: `given` is the tree already.
  virtual Result<std::optional<Shaped>> take(const JsonValue& given) const = 0;
  // The tree -> JSON as handed out; `place` says a pointer into the tree as one into what is handed out.
  // Nothing: `tree` is that already.
  virtual std::optional<Shaped> give(const JsonValue& tree) const = 0;

  // Many records in the form's own text, one at a time; nullptr when it has none but JSON.
  virtual std::unique_ptr<RecordReader> reader(std::istream&) const { return nullptr; }
  virtual std::unique_ptr<RecordWriter> writer(std::ostream&) const { return nullptr; }

  // A whole text that holds one record. JSON text always does; a form that has another text accepts it too.
  virtual Result<Shaped> read(std::string_view text) const;
  // What give() made, as text.
  virtual std::string write(const JsonValue& given_out) const;
};

// Records as they are, in JSON.
std::unique_ptr<const Form> make_json_form();

// The form that a profile asks for. `folder` is e.g. <root>/adapters/htcds, `schema` that of its records.
// data_invalid (at /form) for a form that nobody knows; `expected` is the file.
Result<std::shared_ptr<const Form>> make_form(const std::string& folder, std::string_view name,
                                              const Schema& schema);

}  // namespace hotline
