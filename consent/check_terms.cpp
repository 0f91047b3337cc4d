// Words that wound are refused in everything that the program says of itself.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "consent/check.h"
#include "i18n/base/json.h"
#include "i18n/terms.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLabelFolders[] = {"i18n/codes", "i18n/regions", "config/policy", "config/schema"};
// Catalog entries that are read out to the person.
constexpr const char* kToPerson[] = {"sheet.", "account."};

class TermLint {
 public:
  TermLint(const std::string& root, const Terms& terms) : root_(root), terms_(terms) {}

  std::vector<Fault> run() {
    for (const std::string& file : files_in("i18n/catalogs")) catalog(file);
    for (const char* folder : kLabelFolders) {
      for (const std::string& file : files_in(folder)) {
        if (const auto json = read(file)) labels(*json, file + "#");
      }
    }
    for (const std::string& file : files_in("consent/statements")) statements(file);
    return std::move(faults_);
  }

 private:
  std::vector<std::string> files_in(const std::string& folder) const {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const auto& each : fs::directory_iterator(fs::path(root_) / folder, ignored)) {
      if (each.path().extension() == ".json") files.push_back(folder + "/" + each.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // A file that cannot be read is another lint's to report.
  std::optional<Json> read(const std::string& file) const {
    auto json = read_json_file(root_ + "/" + file);
    return json ? std::optional<Json>(std::move(*json)) : std::nullopt;
  }

  void look(std::string_view text, const std::string& language, TermScope scope, const std::string& place) {
    for (const TermHit& hit : terms_.find(text, LanguageTag(language), scope))
      faults_.push_back({ErrorCode::data_invalid, place, "term " + hit.better});
  }

  // en.json, en.sheet.json
  void catalog(const std::string& file) {
    const auto json = read(file);
    if (!json || !json->IsObject()) return;
    const std::string name = fs::path(file).filename().string();
    const std::string language = name.substr(0, name.find('.'));
    for (const auto& each : json->GetObject()) {
      const std::string key(as_text(each.name));
      const bool spoken = std::any_of(std::begin(kToPerson), std::end(kToPerson),
                                      [&](const char* start) { return key.rfind(start, 0) == 0; });
      look(text_at(each.value, "text"), language, spoken ? TermScope::to_person : TermScope::label,
           file + "#" + pointer_join("", key));
    }
  }

  // Wherever a text stands beside its translations, its name is the language.
  void labels(const JsonValue& value, const std::string& place) {
    if (value.IsArray()) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
        labels(value[i], place + "/" + std::to_string(i));
    }
    if (!value.IsObject()) return;
    const std::vector<std::string> languages = terms_.languages();
    for (const auto& each : value.GetObject()) {
      const std::string name(as_text(each.name));
      const std::string own = place + pointer_join("", name);
      if (each.value.IsString() && std::find(languages.begin(), languages.end(), name) != languages.end()) {
        look(as_text(each.value), name, TermScope::label, own);
      } else {
        labels(each.value, own);
      }
    }
  }

  void statements(const std::string& file) {
    const auto json = read(file);
    const JsonValue* texts = json ? member(*json, "texts") : nullptr;
    for (rapidjson::SizeType i = 0; texts != nullptr && texts->IsArray() && i < texts->Size(); ++i)
      look(text_at((*texts)[i], "text"), std::string(text_at((*texts)[i], "language")), TermScope::to_person,
           file + "#/texts/" + std::to_string(i) + "/text");
  }

  const std::string& root_;
  const Terms& terms_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> check_terms(const std::string& root) {
  const auto terms = Terms::load(root);
  if (!terms) return {{ErrorCode::data_invalid, terms.error().pointer, terms.error().expected}};
  return TermLint(root, *terms).run();
}

}  // namespace hotline
