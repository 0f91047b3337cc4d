#include "adapters/engine/check.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "adapters/engine/fault_place.h"
#include "adapters/engine/mapped_profile.h"
#include "i18n/base/text_files.h"
#include "i18n/language_tag.h"
#include "i18n/regions.h"

namespace hotline {

namespace fs = std::filesystem;

namespace {

class Check {
 public:
  Check(std::string root, const Schema& canonical, const Schema& mappings,
        std::shared_ptr<const CodeSystems> codes, const Regions& regions)
      : root_(std::move(root)),
        canonical_(canonical),
        mappings_(mappings),
        codes_(std::move(codes)),
        regions_(regions) {}

  CheckReport run() {
    for (const std::string& folder : profile_folders(root_)) profile(folder);
    return std::move(report_);
  }

 private:
  void add(const std::string& file, const Error& error) {
    report_.problems.push_back({file, error.pointer, error.code, error.expected});
    for (const Fault& fault : error.more)
      report_.problems.push_back({file, fault.pointer, fault.code, fault.expected});
  }
  // What a load refuses, each fault once: a part that is used twice is one place.
  void refused(const std::string& folder, const Error& error) {
    std::vector<Fault> faults{{error.code, error.pointer, error.expected}};
    faults.insert(faults.end(), error.more.begin(), error.more.end());
    std::set<std::pair<std::string, std::string>> known;
    for (const Fault& fault : faults) {
      if (!known.emplace(fault.pointer, fault.expected).second) continue;
      FaultPlace place = place_of_fault(folder, fault);
      report_.problems.push_back(
          {std::move(place.file), std::move(place.pointer), fault.code, std::move(place.said)});
    }
  }

  void profile(const std::string& folder) {
    const std::string id = fs::path(folder).filename().string();
    for (const char* name : {"profile.json", "schema.json", "mapping.json"})
      report_.files.push_back("adapters/" + id + "/" + name);
    for (const char* below : {"codes", "tables"}) list(id, below);
    title(folder, id);
    tables(folder, id);
    labels(folder, id);
    auto loaded = MappedProfile::load(folder, canonical_, mappings_, codes_);
    if (!loaded) return refused(folder, loaded.error());
    cases(folder, id, **loaded);
  }

  void list(const std::string& id, const std::string& below) {
    std::error_code error;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(fs::path(root_) / "adapters" / id / below, error))
      files.push_back("adapters/" + id + "/" + below + "/" + entry.path().filename().string());
    std::sort(files.begin(), files.end());
    report_.files.insert(report_.files.end(), files.begin(), files.end());
  }

  void title(const std::string& folder, const std::string& id) {
    const auto document = read_json_file(folder + "/profile.json");
    const JsonValue* title = document ? member(*document, "title") : nullptr;
    for (const char* language : {"en", "fr", "es"})
      if (title == nullptr || text_at(*title, language).empty())
        report_.problems.push_back({"adapters/" + id + "/profile.json", pointer_join("/title", language),
                                    ErrorCode::field_missing, "text"});
  }

  // A canonical value of a table is a country, a subdivision, a language, or a path or time zone. A table
  // holds one kind; which one, its entries say together.
  static constexpr std::size_t kKinds = 4;
  bool is_of_kind(const std::string& word, std::size_t kind) const {
    switch (kind) {
      case 0:
        return is_country(word);
      case 1:
        return regions_.has(word);
      case 2:
        return parse_language(word).has_value() && !is_country(word);
      default:
        return word.find('/') != std::string::npos;
    }
  }
  std::size_t kind_of(const JsonValue& entries) const {
    std::array<std::size_t, kKinds> counts{};
    for (const JsonValue& one : entries.GetArray())
      for (std::size_t kind = 0; kind < kKinds; ++kind)
        counts[kind] += is_of_kind(std::string(text_at(one, "canonical")), kind) ? 1 : 0;
    return static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  }

  void tables(const std::string& folder, const std::string& id) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "tables", error)) {
      const std::string file = "adapters/" + id + "/tables/" + entry.path().filename().string();
      const auto document = read_json_file(entry.path().string());
      const JsonValue* entries = document ? member(*document, "entries") : nullptr;
      if (entries == nullptr || !entries->IsArray()) continue;  // the load says so
      const std::size_t kind = kind_of(*entries);
      for (rapidjson::SizeType i = 0; i < entries->Size(); ++i)
        if (!is_of_kind(std::string(text_at((*entries)[i], "canonical")), kind))
          report_.problems.push_back({file, pointer_join(pointer_join("/entries", i), "canonical"),
                                      ErrorCode::value_not_allowed, "canonical_value"});
    }
  }

  // A code without any label would be shown to people as it is.
  void labels(const std::string& folder, const std::string& id) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "codes", error)) {
      const auto document = read_json_file(entry.path().string());
      const JsonValue* nationals = document ? member(*document, "national") : nullptr;
      if (nationals == nullptr || !nationals->IsArray()) continue;  // the load says so
      for (rapidjson::SizeType i = 0; i < nationals->Size(); ++i) {
        const JsonValue* said = member((*nationals)[i], "labels");
        if (said != nullptr && said->IsObject() && !said->ObjectEmpty()) continue;
        report_.problems.push_back({"adapters/" + id + "/codes/" + entry.path().filename().string(),
                                    pointer_join(pointer_join("/national", i), "labels"),
                                    ErrorCode::data_invalid,
                                    "label_missing " + std::string(text_at((*nationals)[i], "code"))});
      }
    }
  }

  void cases(const std::string& folder, const std::string& id, const MappedProfile& profile) {
    std::size_t count = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "cases", error)) {
      ++count;
      const std::string name = entry.path().filename().string();
      const bool received = name.rfind("received-", 0) == 0;
      const bool table = !received && fs::exists(entry.path() / "national.csv", error);
      const std::string file = "adapters/" + id + "/cases/" + name +
                               (received ? "/canonical.json"
                                : table  ? "/national.csv"
                                         : "/national.json");
      report_.files.push_back(file);
      if (table) {
        const auto made = profile.read_text(read_file(root_ + "/" + file).value_or(""));
        if (!made) add(file, made.error());
        continue;
      }
      auto source = read_json_file(root_ + "/" + file);
      if (!source) {
        add(file, source.error());
      } else if (received) {
        if (auto referral = Referral::from(std::move(*source), canonical_); !referral)
          add(file, referral.error());
      } else if (auto made = profile.to_canonical(*source); !made) {
        add(file, made.error());
      }
    }
    if (count < 4)
      report_.problems.push_back({"adapters/" + id + "/cases", "", ErrorCode::data_invalid, "four_cases"});
  }

  std::string root_;
  const Schema& canonical_;
  const Schema& mappings_;
  std::shared_ptr<const CodeSystems> codes_;
  const Regions& regions_;
  CheckReport report_;
};

}  // namespace

namespace {

// What every profile is held against.
struct Common {
  std::shared_ptr<const CodeSystems> codes;
  Schema canonical, mappings;

  static Result<Common> load(const std::string& root) {
    auto codes = CodeSystems::load(root);
    if (!codes) return fail(std::move(codes.error()));
    auto shared = std::make_shared<const CodeSystems>(std::move(*codes));
    auto canonical = Schema::load(root + "/config/schema/referral.schema.json", shared.get());
    if (!canonical) return fail(std::move(canonical.error()));
    auto mappings = Schema::load(root + "/config/schema/mapping.schema.json", nullptr);
    if (!mappings) return fail(std::move(mappings.error()));
    return Common{std::move(shared), std::move(*canonical), std::move(*mappings)};
  }
};

}  // namespace

Result<CheckReport> check_profiles(const std::string& root) {
  auto common = Common::load(root);
  if (!common) return fail(std::move(common.error()));
  auto regions = Regions::load(root);
  if (!regions) return fail(std::move(regions.error()));
  return Check(root, common->canonical, common->mappings, common->codes, *regions).run();
}

Result<CheckReport> check_profile_beside(const std::string& root, const std::string& folder) {
  auto common = Common::load(root);
  if (!common) return fail(std::move(common.error()));
  CheckReport report;
  report.files.push_back(folder);
  const auto loaded = MappedProfile::load(folder, common->canonical, common->mappings, common->codes);
  if (loaded) return report;
  std::vector<Fault> faults{{loaded.error().code, loaded.error().pointer, loaded.error().expected}};
  faults.insert(faults.end(), loaded.error().more.begin(), loaded.error().more.end());
  for (const Fault& fault : faults) {
    FaultPlace place = place_of_fault(folder, fault);
    const std::string name = place.file.substr(place.file.find('/', place.file.find('/') + 1));
    report.problems.push_back({folder + name, std::move(place.pointer), fault.code, std::move(place.said)});
  }
  return report;
}

}  // namespace hotline
