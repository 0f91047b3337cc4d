#include "adapters/form/columns.h"

#include <algorithm>
#include <filesystem>

#include "i18n/base/data_fault.h"
#include "i18n/base/json.h"

namespace hotline {

namespace {

const std::map<std::string, Column::Kind, std::less<>> kKinds = {
    {"text", Column::Kind::text},       {"list", Column::Kind::list},       {"date", Column::Kind::date},
    {"integer", Column::Kind::integer}, {"boolean", Column::Kind::boolean}, {"phone", Column::Kind::phone},
    {"postal", Column::Kind::postal},   {"known", Column::Kind::known},     {"said", Column::Kind::said},
    {"review", Column::Kind::review}};

using Words = std::map<std::string, std::string, std::less<>>;

void add_word(Words& words, const JsonValue& word, std::string_view meaning = {}) {
  words.emplace(fold_name(as_text(word)), meaning);
}

void add_entry(Words& words, const JsonValue& one) {
  const std::string_view meaning = text_at(one, "canonical");
  for (const char* name : {"code", "national", "canonical"})
    if (const JsonValue* word = member(one, name)) add_word(words, *word, meaning);
  if (const JsonValue* also = member(one, "also"); also != nullptr && also->IsArray())
    for (const JsonValue& word : also->GetArray()) add_word(words, word, meaning);
}

// The words of a code map or of a table, all spellings.
Result<void> add_words(Words& words, const std::string& path) {
  const auto document = read_json_file(path);
  if (!document) return fail(document.error());
  for (const char* list : {"national", "entries"}) {
    const JsonValue* all = member(*document, list);
    if (all == nullptr || !all->IsArray()) continue;
    for (const JsonValue& one : all->GetArray()) {
      add_entry(words, one);
      if (const JsonValue* narrower = member(one, "narrower"); narrower != nullptr && narrower->IsArray())
        for (const JsonValue& each : narrower->GetArray())
          if (each.IsObject()) add_entry(words, each);
    }
  }
  return {};
}

std::string file_in(const std::string& folder) {
  return std::filesystem::path(folder).filename().string() + "/columns.json";
}

}  // namespace

std::string_view Column::meaning(std::string_view word) const {
  const auto found = words.find(fold_name(word));
  return found == words.end() ? std::string_view() : std::string_view(found->second);
}

std::string fold_name(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z')
      folded += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      folded += c;
  }
  return folded;
}

Result<Columns> Columns::load(const std::string& folder) {
  const std::string file = file_in(folder);
  auto document = read_json_file(folder + "/columns.json");
  if (!document) return bad_file(std::move(document.error()), file);
  const JsonValue* list = member(*document, "columns");
  if (list == nullptr || !list->IsArray()) return bad_data("/columns", file, "list_missing", "columns");
  Columns columns;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const JsonValue& given = (*list)[i];
    const std::string pointer = pointer_join("/columns", i);
    const auto kind = kKinds.find(text_at(given, "kind", "text"));
    if (kind == kKinds.end())
      return bad_data(pointer + "/kind", file, "kind_unknown", text_at(given, "kind"));
    Column column;
    column.name = text_at(given, "name");
    column.label = text_at(given, "label");
    column.kind = kind->second;
    column.of_case = text_at(given, "of") == "case";
    column.country_column = text_at(given, "country");
    column.otherwise = text_at(given, "otherwise");
    column.joined_to = text_at(given, "joined_to");
    column.merged_into = text_at(given, "merged_into");
    for (const char* name : {"values", "words"})
      if (const JsonValue* values = member(given, name); values != nullptr && values->IsArray())
        for (const JsonValue& one : values->GetArray()) {
          if (*name == 'v') column.values.emplace(as_text(one));
          add_word(column.words, one);
        }
    if (const std::string_view from = text_at(given, "words_from"); !from.empty())
      if (!add_words(column.words, folder + "/" + std::string(from)))
        return bad_data(pointer + "/words_from", file, "table_missing", from);
    bool fresh = !column.name.empty() && columns.names_.emplace(fold_name(column.name), i).second;
    if (const JsonValue* also = member(given, "also"); also != nullptr && also->IsArray())
      for (const JsonValue& one : also->GetArray())
        fresh = fresh && columns.names_.emplace(fold_name(as_text(one)), i).second;
    if (!fresh) return bad_data(pointer + "/name", file, "column_twice", column.name);
    columns.columns_.push_back(std::move(column));
  }
  if (const JsonValue* prefixes = member(*document, "out_of_scope");
      prefixes != nullptr && prefixes->IsObject())
    for (const auto& one : prefixes->GetObject())
      columns.prefixes_.emplace(as_text(one.name), as_text(one.value));
  for (std::size_t i = 0; i < columns.columns_.size(); ++i) {
    const Column& column = columns.columns_[i];
    for (const std::string* other : {&column.country_column, &column.joined_to, &column.merged_into})
      if (!other->empty() && columns.find(*other) == nullptr)
        return bad_data(pointer_join("/columns", i), file, "column_missing", *other);
  }
  return columns;
}

Result<void> columns_in_schema(const std::string& folder, const Schema& national) {
  const auto columns = Columns::load(folder);
  if (!columns) return fail(columns.error());
  const auto& all = columns->all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Column& column = all[i];
    const bool in_another = !column.joined_to.empty() || !column.merged_into.empty();
    if (in_another || column.kind == Column::Kind::review) continue;
    if (national.at((column.of_case ? "/case/" : "/persons/*/") + column.name) != nullptr) continue;
    return bad_data(pointer_join(pointer_join("/columns", i), "name"), file_in(folder),
                    "column_not_in_schema", column.name);
  }
  return {};
}

const Column* Columns::find(std::string_view header) const {
  const auto found = names_.find(fold_name(header));
  return found == names_.end() ? nullptr : &columns_[found->second];
}

std::string_view Columns::why_unknown(std::string_view header) const {
  for (const auto& [prefix, reason] : prefixes_)
    if (header.substr(0, prefix.size()) == prefix) return reason;
  return "column_unknown";
}

bool Columns::is_label(std::string_view text, const Column& of) const {
  const std::string folded = fold_name(text);
  return !folded.empty() && folded == fold_name(of.label);
}

}  // namespace hotline
