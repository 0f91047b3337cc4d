#include "adapters/engine/profile_data.h"

#include <filesystem>
#include <set>

#include "adapters/engine/data_file.h"
#include "i18n/base/data_fault.h"
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
  if (const std::string name = folder.filename().string(); who.id != name)
    return bad_data("/id", file, "profile_id_differs", name);
  if (!is_version(who.version)) return bad_data("/version", file, "version_form");
  const JsonValue* languages = member(*document, "languages");
  if (languages == nullptr || !languages->IsArray() || languages->Empty())
    return bad_data("/languages", file, "languages_missing");
  for (rapidjson::SizeType i = 0; i < languages->Size(); ++i) {
    auto tag = parse_language(as_text((*languages)[i]));
    if (!tag) return bad_data(pointer_join("/languages", i), file, "language_unknown");
    who.languages.push_back(*tag);
  }
  if (const JsonValue* months = member(*document, "months"); months != nullptr && months->IsArray())
    for (const JsonValue& one : months->GetArray()) who.months.emplace_back(as_text(one));
  if (!who.months.empty() && who.months.size() != 12) return bad_data("/months", file, "months_not_twelve");
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
    return bad_file(std::move(valid.error()), name + "/mapping.json");
  auto schema = Schema::load((folder / "schema.json").string(), nullptr);
  if (!schema) return bad_file(std::move(schema.error()), name + "/schema.json");
  std::map<std::string, std::shared_ptr<const CodeMap>, std::less<>> maps;
  for (const fs::path& path : json_files(folder / "codes")) {
    const std::string file = name + "/codes/" + path.filename().string();
    auto map = CodeMap::load(path.string(), file, codes);
    if (!map) return tl::make_unexpected(map.error());
    if (map->system() != path.stem().string())
      return bad_data("/system", file, "system_differs", path.stem().string());
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
