#include "adapters/engine/profile_data.h"

#include <filesystem>
#include <set>

#include "adapters/engine/data_file.h"
#include "i18n/language_tag.h"

namespace hotline {

namespace fs = std::filesystem;

namespace {

// The .json files of a folder by name; none when there is no such folder.
std::vector<fs::path> json_files(const fs::path& folder) {
  std::set<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") files.insert(entry.path());
  return {files.begin(), files.end()};
}

struct Identity {
  std::string id, version, member, country, form;
  std::vector<LanguageTag> languages;
  std::vector<std::string> months;
};

Result<Identity> read_identity(const fs::path& folder) {
  const std::string file = folder.filename().string() + "/profile.json";
  auto document = read_data_file((folder / "profile.json").string(), file);
  if (!document) return tl::make_unexpected(document.error());
  Identity who{std::string(text_at(*document, "id")),
               std::string(text_at(*document, "version")),
               std::string(text_at(*document, "member")),
               std::string(text_at(*document, "country")),
               std::string(text_at(*document, "form", "json")),
               {},
               {}};
  if (who.id != folder.filename().string()) return fail(ErrorCode::data_invalid, "/id", file);
  if (!is_version(who.version)) return fail(ErrorCode::data_invalid, "/version", file + " version_form");
  const JsonValue* languages = member(*document, "languages");
  if (languages == nullptr || !languages->IsArray() || languages->Empty())
    return fail(ErrorCode::data_invalid, "/languages", file);
  for (const JsonValue& one : languages->GetArray()) {
    auto tag = parse_language(as_text(one));
    if (!tag) return fail(ErrorCode::data_invalid, "/languages", file);
    who.languages.push_back(*tag);
  }
  if (const JsonValue* months = member(*document, "months"); months != nullptr && months->IsArray())
    for (const JsonValue& one : months->GetArray()) who.months.emplace_back(as_text(one));
  if (!who.months.empty() && who.months.size() != 12) return fail(ErrorCode::data_invalid, "/months", file);
  return who;
}

}  // namespace

Result<ProfileData> ProfileData::load(const std::string& folder_name, const CodeSystems& codes,
                                      const Schema& mappings) {
  const fs::path folder(folder_name);
  const std::string name = folder.filename().string();
  auto who = read_identity(folder);
  if (!who) return tl::make_unexpected(who.error());
  auto mapping = read_data_file((folder / "mapping.json").string(), name + "/mapping.json");
  if (!mapping) return tl::make_unexpected(mapping.error());
  if (auto valid = mappings.validate(*mapping); !valid)
    return fail(ErrorCode::data_invalid, valid.error().pointer, name + "/mapping.json");
  auto schema = Schema::load((folder / "schema.json").string(), nullptr);
  if (!schema) return fail(ErrorCode::data_invalid, schema.error().pointer, name + "/schema.json");
  std::map<std::string, std::shared_ptr<const CodeMap>, std::less<>> maps;
  for (const fs::path& path : json_files(folder / "codes")) {
    const std::string file = name + "/codes/" + path.filename().string();
    auto map = CodeMap::load(path.string(), file, codes);
    if (!map) return tl::make_unexpected(map.error());
    if (map->system() != path.stem().string()) return fail(ErrorCode::data_invalid, "/system", file);
    maps.emplace(path.stem().string(), std::make_shared<const CodeMap>(std::move(*map)));
  }
  std::map<std::string, std::shared_ptr<const WordTable>, std::less<>> tables;
  for (const fs::path& path : json_files(folder / "tables")) {
    auto table = WordTable::load(path.string(), name + "/tables/" + path.filename().string());
    if (!table) return tl::make_unexpected(table.error());
    tables.emplace(path.stem().string(), std::make_shared<const WordTable>(std::move(*table)));
  }
  return ProfileData{who->id,         who->version,      who->member,       who->country,
                     who->form,       who->languages,    who->months,       std::move(*mapping),
                     std::move(maps), std::move(tables), std::move(*schema)};
}

}  // namespace hotline
