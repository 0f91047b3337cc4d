#include "adapters/engine/word_table.h"

#include "adapters/engine/code_map.h"
#include "adapters/engine/data_file.h"
#include "i18n/base/data_fault.h"
#include "i18n/base/json.h"

namespace hotline {

Result<WordTable> WordTable::load(const std::string& path, const std::string& file) {
  auto document = read_data_file(path, file);
  if (!document) return tl::make_unexpected(document.error());
  const JsonValue* entries = member(*document, "entries");
  if (entries == nullptr || !entries->IsArray()) return bad_data("/entries", file, "list_missing", "entries");
  WordTable table;
  for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
    const JsonValue& given = (*entries)[i];
    Entry entry{std::string(text_at(given, "canonical")), std::string(text_at(given, "national")), {}, {}};
    if (const JsonValue* labels = member(given, "labels"))
      for (const auto& label : labels->GetObject())
        entry.labels.emplace(std::string(as_text(label.name)), std::string(as_text(label.value)));
    if (const JsonValue* narrower = member(given, "narrower"))
      for (const auto& value : narrower->GetArray())
        entry.narrower.emplace_back(value.IsObject() ? text_at(value, "canonical") : as_text(value));
    bool fresh = !entry.canonical.empty() && !entry.national.empty();
    fresh = fresh && table.canonicals_.add(entry.canonical, i);
    fresh = fresh && table.nationals_.add(fold_code(entry.national), i);
    if (const JsonValue* also = member(given, "also"))
      for (const auto& spelling : also->GetArray())
        fresh = fresh && table.nationals_.add(fold_code(as_text(spelling)), i);
    for (const std::string& value : entry.narrower) fresh = fresh && table.canonicals_.add(value, i);
    fresh = fresh && table.read_narrower(given);
    if (!fresh) return bad_data(pointer_join("/entries", i), file, "entry_twice_or_empty");
    if (trimmed(entry.national) == entry.national) table.words_.add(entry.national, i);
    table.entries_.push_back(std::move(entry));
  }
  return table;
}

// Words that are read as the narrower value, although the wider word is written.
bool WordTable::read_narrower(const JsonValue& entry) {
  const JsonValue* narrower = member(entry, "narrower");
  if (narrower == nullptr) return true;
  for (const auto& value : narrower->GetArray()) {
    if (!value.IsObject()) continue;
    own_words_.push_back(
        {std::string(text_at(value, "canonical")), std::string(text_at(entry, "national")), {}, {}});
    if (const JsonValue* also = member(value, "also"))
      for (const auto& word : also->GetArray())
        if (!own_.add(fold_code(as_text(word)), static_cast<std::uint32_t>(own_words_.size() - 1)))
          return false;
  }
  return true;
}

const WordTable::Entry* WordTable::of_canonical(std::string_view canonical) const {
  const std::uint32_t found = canonicals_.find(canonical);
  return found == NameIndex::kNone ? nullptr : &entries_[found];
}

bool WordTable::is_narrower(std::string_view canonical) const {
  const Entry* entry = of_canonical(canonical);
  return entry != nullptr && entry->canonical != canonical;
}

const WordTable::Entry* WordTable::of_national(std::string_view text) const {
  if (const std::uint32_t found = words_.find(text); found != NameIndex::kNone) return &entries_[found];
  const std::string word = fold_code(text);
  if (const std::uint32_t found = nationals_.find(word); found != NameIndex::kNone) return &entries_[found];
  const std::uint32_t own = own_.find(word);
  return own == NameIndex::kNone ? nullptr : &own_words_[own];
}

}  // namespace hotline
