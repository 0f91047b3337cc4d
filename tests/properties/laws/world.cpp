#include "tests/properties/laws/world.h"

#include <filesystem>
#include <set>
#include <stdexcept>

#include "i18n/language_tag.h"
#include "tests/support/shipped_data.h"

namespace hotline::laws {

namespace fs = std::filesystem;

namespace {

const std::string kRoot = HOTLINE_ROOT;

using test::must;

std::vector<std::string> texts(const JsonValue& object, const char* name) {
  std::vector<std::string> all;
  if (const JsonValue* list = member(object, name))
    for (const JsonValue& one : list->GetArray()) all.emplace_back(as_text(one));
  return all;
}

std::map<std::string, Json, std::less<>> files_below(const fs::path& folder) {
  std::map<std::string, Json, std::less<>> found;
  std::error_code none;
  for (const auto& one : fs::directory_iterator(folder, none))
    if (one.path().extension() == ".json")
      found.emplace(one.path().stem().string(), must(read_json_file(one.path().string())));
  return found;
}

ProfileFiles read_profile(const fs::path& folder) {
  const Json about = must(read_json_file((folder / "profile.json").string()));
  ProfileFiles files;
  files.id = text_at(about, "id");
  files.country = text_at(about, "country", "US");
  files.form = text_at(about, "form", "json");
  files.languages = texts(about, "languages");
  files.months = texts(about, "months");
  files.schema = must(read_json_file((folder / "schema.json").string()));
  files.mapping = must(read_json_file((folder / "mapping.json").string()));
  files.codes = files_below(folder / "codes");
  files.tables = files_below(folder / "tables");
  return files;
}

World load() {
  static const CodeSystems codes = must(CodeSystems::load(kRoot));
  Schema canonical = must(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot, canonical, codes));
  World world{codes, canonical, profiles, must(read_json_file(kRoot + "/config/schema/referral.schema.json")),
              {},    {},        {},       {}};
  std::set<std::string> languages{"en", "es", "fr", "ht", "fr-CA", "es-419", "ase", "cr", "iu", "zh-Hant"};
  std::set<std::string> subdivisions{"US-WA", "CA-QC", "MX-PUE", "GT-13", "GB-ENG", "HT-OU"};
  for (const std::string& folder : profile_folders(kRoot)) {
    ProfileFiles files = read_profile(folder);
    for (const auto& [name, table] : files.tables)
      for (const JsonValue& entry : table["entries"].GetArray()) {
        const std::string value(text_at(entry, "canonical"));
        if (const auto tag = parse_language(value); tag && tag->get() == value && value[0] >= 'a')
          languages.insert(value);
        if (value.size() > 3 && value[2] == '-' && value[0] < 'a' && value[3] < 'a')
          subdivisions.insert(value);
      }
    world.nationals.emplace(files.id, must(Schema::load(folder + "/schema.json", &world.codes)));
    world.files.push_back(std::move(files));
  }
  world.languages.assign(languages.begin(), languages.end());
  world.subdivisions.assign(subdivisions.begin(), subdivisions.end());
  return world;
}

}  // namespace

const World& World::get() {
  static const World world = load();
  return world;
}

const ProfileFiles& World::of(const std::string& id) const {
  for (const ProfileFiles& one : files)
    if (one.id == id) return one;
  throw std::out_of_range(id);
}

const Schema& World::national(const std::string& id) const {
  return nationals.at(id);
}

std::vector<std::string> profile_ids() {
  std::vector<std::string> ids;
  for (const std::string& folder : profile_folders(kRoot))
    ids.push_back(fs::path(folder).filename().string());
  return ids;
}

}  // namespace hotline::laws
