#include "adapters/engine/data_file.h"

#include <algorithm>
#include <optional>

#include "i18n/base/data_fault.h"
#include "i18n/hygiene.h"

namespace hotline {

namespace {

bool hides_something(std::string_view text) {
  if (is_plain(text)) return false;
  const TidyText tidy = tidy_text(text, TextUse::value);
  return std::any_of(tidy.notes.begin(), tidy.notes.end(), [](TextNote note) {
    return note == TextNote::invisible_removed || note == TextNote::composed;
  });
}

// The first text, or name of a member, that hides something.
std::optional<std::string> hidden(const JsonValue& value) {
  if (value.IsString() && hides_something(as_text(value))) return "";
  if (value.IsArray())
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      if (const auto found = hidden(value[i])) return pointer_join("", i) + *found;
  if (value.IsObject())
    for (const auto& one : value.GetObject()) {
      if (hides_something(as_text(one.name))) return pointer_join("", as_text(one.name));
      if (const auto found = hidden(one.value)) return pointer_join("", as_text(one.name)) + *found;
    }
  return std::nullopt;
}

}  // namespace

Result<Json> read_data_file(const std::string& path, const std::string& file) {
  auto document = read_json_file(path);
  if (!document) return bad_file(std::move(document.error()), file);
  if (auto place = hidden(*document)) return bad_data(std::move(*place), file, "hidden_characters");
  return document;
}

bool is_version(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= 20 && digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
         });
}

}  // namespace hotline
