#include "adapters/form/rows.h"

#include <algorithm>

#include "adapters/form/cell.h"
#include "i18n/language_tag.h"

namespace hotline {

namespace {

using Places = std::map<std::string, std::string>;

// The nearest place above that is known.
PlaceOf place_in(std::shared_ptr<const Places> places) {
  return [places = std::move(places)](const std::string& pointer) {
    for (std::string path = pointer;; path.resize(path.rfind('/'))) {
      if (const auto found = places->find(path); found != places->end()) return found->second;
      if (path.empty() || path[0] != '/') return std::string();
    }
  };
}

JsonValue* find(JsonValue& object, std::string_view name) {
  for (auto& one : object.GetObject())
    if (as_text(one.name) == name) return &one.value;
  return nullptr;
}

}  // namespace

RowsToTree::RowsToTree(const Columns& columns)
    : columns_(columns), tree_(rapidjson::kObjectType), places_(std::make_shared<Places>()) {
  auto& allocator = tree_.GetAllocator();
  set_member(tree_, "case", JsonValue(rapidjson::kObjectType), allocator);
  set_member(tree_, "persons", JsonValue(rapidjson::kArrayType), allocator);
}

JsonValue& RowsToTree::person() {
  JsonValue& persons = *find(tree_, "persons");
  return persons[persons.Size() - 1];
}

void RowsToTree::start_row() {
  auto& allocator = tree_.GetAllocator();
  countries_.clear();
  JsonValue one(rapidjson::kObjectType);
  set_text(one, "row", std::to_string(++rows_), allocator);
  find(tree_, "persons")->PushBack(one, allocator);
}

void RowsToTree::note(const std::string& given, std::string reason, bool lost) {
  notes_.push_back({given, std::move(reason), lost});
}

Result<void> RowsToTree::cell(const Column& column, std::string_view text, const std::string& given) {
  const auto country = countries_.find(column.country_column);
  auto read = read_cell(column, text, country == countries_.end() ? std::string_view() : country->second,
                        tree_.GetAllocator());
  if (!read) {
    Error error = std::move(read.error());
    error.pointer = given;
    return fail(std::move(error));
  }
  for (std::string& reason : read->notes) note(given, std::move(reason));
  if (read->value.IsNull()) return {};
  if (column.kind == Column::Kind::review) {
    note(given, "for_review_only", true);
    return {};
  }
  return put(column, std::move(read->value), given, true);
}

Result<void> RowsToTree::value(const Column& column, const JsonValue& value, const std::string& given) {
  if (column.kind == Column::Kind::review) {
    note(given, "for_review_only", true);
    return {};
  }
  if (value.IsString()) return cell(column, as_text(value), given);
  if (value.IsNull()) {
    note(given, "empty", true);
    return {};
  }
  auto& allocator = tree_.GetAllocator();
  const bool typed = column.kind == Column::Kind::integer || column.kind == Column::Kind::boolean;
  if ((value.IsBool() || value.IsNumber()) && !typed) {
    note(given, "number_as_text");
    return cell(column, to_text(value), given);
  }
  if (!value.IsArray()) return put(column, JsonValue(value, allocator), given, true);
  if (column.kind != Column::Kind::list) {
    std::string joined;
    for (const JsonValue& one : value.GetArray()) {
      if (!one.IsString()) return fail(ErrorCode::type_mismatch, given, "text");
      joined += (joined.empty() ? "" : "; ") + std::string(as_text(one));
    }
    note(given, "list_as_text");
    return cell(column, joined, given);
  }
  if (value.Empty()) note(given, "empty", true);
  return put(column, JsonValue(value, allocator), given, false);
}

void RowsToTree::put_list(const std::string& name, const std::string& base, JsonValue& target,
                          JsonValue&& value, const std::string& given, bool one_place) {
  auto& allocator = tree_.GetAllocator();
  if (find(target, name) == nullptr) {
    set_member(target, name, JsonValue(rapidjson::kArrayType), allocator);
    (*places_)[base] = given;
  }
  JsonValue& list = *find(target, name);
  for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
    (*places_)[pointer_join(base, list.Size())] = one_place ? given : pointer_join(given, i);
    list.PushBack(std::move(value[i]), allocator);
  }
}

// The second row of a case may repeat what the first says; it may not say something else.
Result<void> RowsToTree::put_case(const Column& column, JsonValue&& value, const std::string& given) {
  JsonValue& known = *find(tree_, "case");
  if (const JsonValue* before = member(known, column.name)) {
    if (*before != value) return fail(ErrorCode::value_not_allowed, given, "same_in_all_rows");
    notes_.push_back({given, "repeated", false, true});
    return {};
  }
  (*places_)["/case/" + column.name] = given;
  set_member(known, column.name, std::move(value), tree_.GetAllocator());
  return {};
}

// What is not on the list is not refused with the whole record, and not guessed: it stands in a text beside.
void RowsToTree::keep_unknown(const Column& column, JsonValue& value, const std::string& given) {
  auto& allocator = tree_.GetAllocator();
  const auto known = [&](const JsonValue& one) { return column.words.count(fold_name(as_text(one))) > 0; };
  std::string unknown;
  if (value.IsString() && !known(value)) {
    unknown = as_text(value);
    value.SetNull();
  } else if (value.IsArray()) {
    JsonValue rest(rapidjson::kArrayType);
    for (JsonValue& one : value.GetArray()) {
      if (!one.IsString() || known(one))
        rest.PushBack(std::move(one), allocator);
      else
        unknown += (unknown.empty() ? "" : ";") + std::string(as_text(one));
    }
    value = std::move(rest);
    if (value.Empty()) value.SetNull();
  }
  if (unknown.empty()) return;
  (*places_)["/persons/" + std::to_string(rows_ - 1) + "/" + column.otherwise] = given;
  set_text(person(), column.otherwise, unknown, allocator);
  note(given, "word_unknown");
}

// "[es-MX] …": the language of a text, which has no column of its own.
Result<void> RowsToTree::put_said(const Column& column, std::string_view text, const std::string& given) {
  auto& allocator = tree_.GetAllocator();
  const auto end = text.find("] ");
  if (!text.empty() && text[0] == '[' && end != std::string_view::npos && end < 40) {
    if (const auto language = parse_language(text.substr(1, end - 1))) {
      Column beside;
      beside.name = column.name + "Language";
      beside.of_case = column.of_case;
      if (auto done = put(beside, make_text(language->get(), allocator), given, true); !done) return done;
      text.remove_prefix(end + 2);
    }
  }
  Column plain;
  plain.name = column.name;
  plain.of_case = column.of_case;
  return put(plain, make_text(text, allocator), given, true);
}

Result<void> RowsToTree::put(const Column& column, JsonValue&& value, const std::string& given,
                             bool one_place) {
  auto& allocator = tree_.GetAllocator();
  if (column.kind == Column::Kind::said && value.IsString())
    return put_said(column, std::string(as_text(value)), given);
  if (!column.otherwise.empty()) keep_unknown(column, value, given);
  if (value.IsNull()) return {};
  if (column.of_case) return put_case(column, std::move(value), given);
  const std::string row = "/persons/" + std::to_string(rows_ - 1) + "/";
  if (value.IsArray()) {
    const std::string& name = column.merged_into.empty() ? column.name : column.merged_into;
    put_list(name, row + name, person(), std::move(value), given, one_place);
    return {};
  }
  if (!column.joined_to.empty() && value.IsString())
    if (JsonValue* first = find(person(), column.joined_to); first != nullptr && first->IsString()) {
      *first = make_text(std::string(as_text(*first)) + " " + std::string(as_text(value)), allocator);
      notes_.push_back({given, "joined", false, true});
      return {};
    }
  const std::string& name = column.joined_to.empty() ? column.name : column.joined_to;
  (*places_)[row + name] = given;
  set_member(person(), name, std::move(value), allocator);
  return {};
}

Shaped RowsToTree::finish() {
  return Shaped{std::move(tree_), place_in(std::move(places_)), std::move(notes_)};
}

namespace {

class TreeToRows {
 public:
  explicit TreeToRows(const Columns& columns) : columns_(columns), places_(std::make_shared<Places>()) {}

  Shaped run(const JsonValue& tree) {
    static const JsonValue none(rapidjson::kObjectType);
    const JsonValue* persons = member(tree, "persons");
    const JsonValue* of_case = member(tree, "case");
    const std::size_t count = persons != nullptr && persons->IsArray() ? persons->Size() : 0;
    (*places_)[""] = "";
    Json rows(rapidjson::kArrayType);
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
      const std::string to = count > 1 ? "/" + std::to_string(i) : "";
      const std::string from = "/persons/" + std::to_string(i);
      (*places_)[from] = to;
      if (count > 1) notes_.push_back({to, "row"});
      const JsonValue& person = count == 0 ? none : (*persons)[static_cast<rapidjson::SizeType>(i)];
      rows.PushBack(row(person, from, of_case == nullptr ? none : *of_case, to, rows.GetAllocator()),
                    rows.GetAllocator());
    }
    review(tree, count > 1 ? "/0" : "", rows[0], rows.GetAllocator());
    // A row of nothing stands in its list: alone it would be about nobody.
    const bool nothing = rows[0].ObjectEmpty();
    if (nothing && count <= 1) notes_.push_back({"/0", "row"});
    if (count > 1 || nothing) return Shaped{std::move(rows), place_in(places_), std::move(notes_)};
    Json one;
    one.CopyFrom(rows[0], one.GetAllocator());
    return Shaped{std::move(one), place_in(places_), {}};
  }

 private:
  using Allocator = Json::AllocatorType;

  JsonValue row(const JsonValue& person, const std::string& from, const JsonValue& of_case,
                const std::string& to, Allocator& allocator) {
    JsonValue made(rapidjson::kObjectType);
    for (const Column& column : columns_.all()) {
      const std::string place = to + "/" + column.name;
      const std::string& name = column.merged_into.empty() ? column.name : column.merged_into;
      const JsonValue& where = column.of_case ? of_case : person;
      const JsonValue* value = member(where, name);
      const JsonValue* unknown = column.otherwise.empty() ? nullptr : member(where, column.otherwise);
      if (value == nullptr && unknown != nullptr) {
        places_->emplace(from + "/" + column.otherwise, place);
        set_member(made, column.name, JsonValue(*unknown, allocator), allocator);
      }
      if (value == nullptr) continue;
      if (column.of_case && from != "/persons/0") notes_.push_back({place, "repeated"});
      if (column.kind == Column::Kind::said) {
        said(column, where, as_text(*value), place, made, allocator);
      } else if (value->IsArray()) {
        list(column, *value, from + "/" + name, place, made, allocator);
      } else if (column.merged_into.empty()) {
        places_->emplace((column.of_case ? "/case" : from) + "/" + name, place);
        set_member(made, column.name, JsonValue(*value, allocator), allocator);
      }
    }
    return made;
  }

  void said(const Column& column, const JsonValue& where, std::string_view text, const std::string& place,
            JsonValue& made, Allocator& allocator) {
    const std::string beside = column.name + "Language";
    const std::string_view language = text_at(where, beside);
    places_->emplace("/case/" + column.name, place);
    const std::string mark = language.empty() || language == "mis" ? "" : "[" + std::string(language) + "] ";
    places_->emplace("/case/" + beside,
                     mark.empty() ? "" : place);  // a language that nobody said is not written
    set_text(made, column.name, mark + std::string(text), allocator);
  }

  const Column* part_for(const Column& column, std::string_view value) const {
    for (const Column& part : columns_.all())
      if (part.merged_into == column.name && part.values.count(value) > 0) return &part;
    return &column;
  }

  // What a person has to look at has no published column; it stands in the first row, in one of ours.
  void review(const JsonValue& tree, const std::string& to, JsonValue& first, Allocator& allocator) {
    const auto& all = columns_.all();
    const auto column = std::find_if(all.begin(), all.end(),
                                     [](const Column& one) { return one.kind == Column::Kind::review; });
    const JsonValue* list = member(tree, "review");
    if (column == all.end() || list == nullptr) return;
    const PlaceOf place = place_in(places_);
    JsonValue copy(*list, allocator);
    for (JsonValue& one : copy.GetArray())
      if (JsonValue* field = find(one, "field"))
        *field = make_text(place(std::string(as_text(*field))), allocator);
    (*places_)["/review"] = to + "/" + column->name;
    set_member(first, column->name, std::move(copy), allocator);
  }

  // Each value once, in the column that it stands in.
  void list(const Column& column, const JsonValue& value, const std::string& from, const std::string& to,
            JsonValue& made, Allocator& allocator) {
    const Column& whole = column.merged_into.empty() ? column : *columns_.find(column.merged_into);
    std::vector<std::string_view> written;
    JsonValue all(rapidjson::kArrayType);
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (part_for(whole, as_text(value[i])) != &column) continue;
      const auto known = std::find(written.begin(), written.end(), as_text(value[i]));
      (*places_)[pointer_join(from, i)] = pointer_join(to, static_cast<std::size_t>(known - written.begin()));
      if (known != written.end()) continue;
      written.push_back(as_text(value[i]));
      all.PushBack(JsonValue(value[i], allocator), allocator);
    }
    if (!all.Empty()) set_member(made, column.name, std::move(all), allocator);
  }

  const Columns& columns_;
  std::shared_ptr<Places> places_;
  std::vector<FormNote> notes_;
};

}  // namespace

Shaped tree_to_rows(const Columns& columns, const JsonValue& tree) {
  return TreeToRows(columns).run(tree);
}

}  // namespace hotline
