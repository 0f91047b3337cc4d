#include "adapters/form/csv_form.h"

#include <algorithm>
#include <sstream>

#include "adapters/form/cell.h"
#include "adapters/form/csv_header.h"
#include "adapters/form/rows.h"
#include "i18n/base/utf8.h"

namespace hotline {

namespace {

std::string_view text_of(const JsonValue* value) {
  return value == nullptr ? std::string_view() : as_text(*value);
}

// The members of one object by column, in the order of the columns: whatever order they are given in, the
// same tree comes out.
Result<void> take_members(const Columns& columns, const JsonValue& object, const std::string& at,
                          RowsToTree& tree) {
  std::map<const Column*, const rapidjson::Value::Member*> given;
  for (const auto& one : object.GetObject()) {
    const std::string_view name = as_text(one.name);
    const std::string pointer = pointer_join(at, name);
    const Column* column = columns.find(name);
    if (column == nullptr) {
      if (name != "persons") tree.note(pointer, std::string(columns.why_unknown(name)), true);
      continue;
    }
    if (!given.emplace(column, &one).second) return fail(ErrorCode::json_duplicate_name, pointer);
    if (column->name != name) tree.note(pointer, "column_renamed");
    tree.country(*column, text_of(&one.value));
  }
  for (const Column& column : columns.all())
    if (const auto found = given.find(&column); found != given.end())
      if (auto done =
              tree.value(column, found->second->value, pointer_join(at, as_text(found->second->name)));
          !done)
        return done;
  return {};
}

class CsvReader final : public RecordReader {
 public:
  CsvReader(std::shared_ptr<const Columns> columns, std::istream& in)
      : columns_(std::move(columns)), rows_(in) {}

  std::optional<Arrived> next() override {
    if (ended_) return std::nullopt;
    if (!header_) {
      const auto first = rows_.next();
      if (!first) return end({1, fail(ErrorCode::field_missing, "", "header")});
      auto header = CsvHeader::read(*columns_, *first);
      if (!header) return end({first->number, fail(std::move(header.error()))});
      header_ = std::move(*header);
    }
    auto row = rows_.next();
    if (row && header_->is_labels(*row)) {
      notes_ = header_->label_notes(*row);
      row = rows_.next();
    }
    if (!row) {
      ended_ = true;
      return std::nullopt;
    }
    return Arrived{row->number, shape(*row)};
  }

 private:
  std::optional<Arrived> end(Arrived last) {
    ended_ = true;
    return last;
  }

  Result<Shaped> shape(const CsvRow& row) {
    if (auto whole = header_->check(row); !whole) return fail(std::move(whole.error()));
    RowsToTree tree(*columns_);
    file_notes(tree);
    tree.start_row();
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (const Column* column = header_->column(i)) tree.country(*column, row.cells[i]);
    for (const std::size_t i : header_->order())
      if (i < row.cells.size())
        if (auto done = tree.cell(*header_->column(i), row.cells[i], header_->place(i)); !done)
          return fail(std::move(done.error()));
    header_->notes(row, tree);
    return tree.finish();
  }

  // What was put right in the file as such stands in the report of its first record.
  void file_notes(RowsToTree& tree) {
    if (told_) return;
    told_ = true;
    if (rows_.was_utf16())
      tree.note("", "utf_16");
    else if (rows_.had_mark())
      tree.note("", "byte_order_mark");
    if (rows_.separator() == ';') tree.note("", "separator_semicolon");
    if (rows_.separator() == '\t') tree.note("", "separator_tab");
    if (rows_.had_carriage_returns()) tree.note("", "carriage_returns");
    for (FormNote& note : notes_) tree.note(note.place, std::move(note.reason), note.lost);
  }

  std::shared_ptr<const Columns> columns_;
  CsvRows rows_;
  std::optional<CsvHeader> header_;
  std::vector<FormNote> notes_;
  bool ended_ = false, told_ = false;
};

class CsvWriter final : public RecordWriter {
 public:
  CsvWriter(std::shared_ptr<const Columns> columns, std::ostream& out)
      : columns_(std::move(columns)), out_(out) {}

  Result<void> write(const JsonValue& record) override {
    header();
    if (record.IsArray())
      for (const JsonValue& one : record.GetArray()) row(one);
    else
      row(record);
    return {};
  }
  // A table has no place for it: whoever converts says it elsewhere.
  void skip(std::string_view) override { header(); }

 private:
  void header() {
    if (begun_) return;
    begun_ = true;
    std::string line;
    for (const Column& column : columns_->all()) line += (line.empty() ? "" : ",") + column.name;
    out_ << line << "\r\n";
  }
  void row(const JsonValue& one) {
    std::string line;
    bool first = true;
    for (const Column& column : columns_->all()) {
      if (!first) line += ',';
      first = false;
      if (const JsonValue* value = member(one, column.name)) line += csv_cell(cell(*value));
    }
    out_ << line << "\r\n";
  }
  // One entry of the review list, for the person who opens the table.
  static std::string flag(const JsonValue& entry) {
    std::string field(text_at(entry, "field"));
    const std::string label(text_at(entry, "label"));
    // The column, for which a position in its list says nothing.
    while (field.rfind('/') != std::string::npos &&
           field.find_first_not_of("0123456789", field.rfind('/') + 1) == std::string::npos)
      field.resize(field.rfind('/'));
    return field.substr(field.rfind('/') + 1) + ": " + label + " (" +
           std::string(text_at(entry, "relation")) + ")";
  }
  static std::string cell(const JsonValue& value) {
    if (value.IsArray()) {
      std::string joined;
      for (const JsonValue& one : value.GetArray())
        joined += (joined.empty() ? "" : ";") + (one.IsObject() ? flag(one) : std::string(as_text(one)));
      return safe_cell(joined);
    }
    return value.IsString() ? safe_cell(as_text(value)) : to_text(value);
  }

  std::shared_ptr<const Columns> columns_;
  std::ostream& out_;
  bool begun_ = false;
};

}  // namespace

bool looks_like_json(std::string_view start) {
  const auto first = start.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && (start[first] == '{' || start[first] == '[');
}

Result<std::shared_ptr<const Form>> CsvForm::make(const std::string& folder) {
  auto columns = Columns::load(folder);
  if (!columns) return fail(std::move(columns.error()));
  return std::shared_ptr<const Form>(
      std::make_shared<CsvForm>(std::make_shared<const Columns>(std::move(*columns))));
}

Result<std::optional<Shaped>> CsvForm::take(const JsonValue& given) const {
  RowsToTree tree(*columns_);
  const auto row = [&](const JsonValue& one, const std::string& at) -> Result<void> {
    if (!one.IsObject()) return fail(ErrorCode::type_mismatch, at, "object");
    tree.start_row();
    return take_members(*columns_, one, at, tree);
  };
  const JsonValue* persons = given.IsObject() ? member(given, "persons") : nullptr;
  const JsonValue* list = given.IsArray()                            ? &given
                          : persons != nullptr && persons->IsArray() ? persons
                                                                     : nullptr;
  const std::string at = given.IsArray() ? "" : "/persons";
  if (given.IsObject() && given.ObjectEmpty()) return fail(ErrorCode::field_missing, "", "persons");
  if (list == nullptr && persons != nullptr) return fail(ErrorCode::type_mismatch, at, "array");
  if (list != nullptr && list->Empty()) return fail(ErrorCode::length_out_of_range, at, "minItems");
  if (list == nullptr) {
    if (auto done = row(given, ""); !done) return fail(std::move(done.error()));
  } else {
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
      if (auto done = row((*list)[i], pointer_join(at, i)); !done) return fail(std::move(done.error()));
    if (given.IsObject())
      if (auto done = take_members(*columns_, given, "", tree); !done) return fail(std::move(done.error()));
  }
  return std::optional<Shaped>(tree.finish());
}

std::optional<Shaped> CsvForm::give(const JsonValue& tree) const {
  return tree_to_rows(*columns_, tree);
}

Result<Shaped> CsvForm::read(std::string_view text) const {
  if (looks_like_json(text)) return Form::read(text);
  std::istringstream in{std::string(text)};
  const auto rows = reader(in);
  auto only = rows->next();
  if (!only) return fail(ErrorCode::field_missing, "", "row");
  if (!only->record) return std::move(only->record);
  if (rows->next()) return fail(ErrorCode::value_not_allowed, "", "one_row");
  return std::move(only->record);
}

std::unique_ptr<RecordReader> CsvForm::reader(std::istream& in) const {
  return std::make_unique<CsvReader>(columns_, in);
}

std::unique_ptr<RecordWriter> CsvForm::writer(std::ostream& out) const {
  return std::make_unique<CsvWriter>(columns_, out);
}

}  // namespace hotline
