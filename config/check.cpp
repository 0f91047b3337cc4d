#include "config/check.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "config/annotations.h"
#include "config/policy_file.h"
#include "config/policy_lint.h"
#include "config/schema.h"
#include "config/settings.h"
#include "i18n/catalog.h"
#include "i18n/codes.h"
#include "i18n/regions.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

class Check {
 public:
  explicit Check(const std::string& root) : root_(root) {}

  CheckReport run() {
    check_i18n();
    if (!codes_) return std::move(report_);  // everything else names codes: it would be found wrong too
    check_schemas();
    check_policies();
    check_members();
    check_examples();
    return std::move(report_);
  }

 private:
  void add(const std::string& file, const Error& error) {
    add(file, Fault{error.code, error.pointer, error.expected});
    for (const Fault& fault : error.more) add(file, fault);
  }
  // A fault that names its file itself (i18n/base/data_fault.h) knows better than who called.
  void add(std::string file, const Fault& fault) {
    std::string said = fault.expected;
    if (const std::size_t end = said.find(".json "); said.starts_with("i18n/") && end != std::string::npos) {
      file = said.substr(0, said.find(' '));
      said.erase(0, file.size() + 1);
    }
    report_.problems.push_back({std::move(file), fault.pointer, fault.code, std::move(said)});
  }

  void add(const std::string& file, const std::vector<Fault>& faults) {
    for (const Fault& fault : faults)
      report_.problems.push_back({file, fault.pointer, fault.code, fault.expected});
  }

  std::vector<std::string> json_files(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& each : fs::directory_iterator(root_ + '/' + folder, error)) {
      if (each.path().extension() == ".json") files.push_back(folder + '/' + each.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    report_.files.insert(report_.files.end(), files.begin(), files.end());
    return files;
  }

  void check_i18n() {
    report_.files.insert(report_.files.end(), {"i18n/codes", "i18n/regions", "i18n/catalogs"});
    if (auto codes = CodeSystems::load(root_)) {
      codes_ = std::move(*codes);
    } else {
      add("i18n/codes", codes.error());
    }
    if (auto regions = Regions::load(root_); !regions) add("i18n/regions", regions.error());
    const auto catalog = Catalog::load(root_);
    if (!catalog) return add("i18n/catalogs", catalog.error());
    for (const Fault& fault : catalog->lint()) add("i18n/catalogs", fault);
  }

  void check_schemas() {
    for (const std::string& file : json_files("config/schema")) {
      const auto schema = Schema::load(root_ + '/' + file, &*codes_);
      if (!schema) {
        add(file, schema.error());
      } else if (file == "config/schema/referral.schema.json") {
        check_annotations(file);
      }
    }
  }

  // The record that is shown to people and translated: it has to explain itself.
  void check_annotations(const std::string& file) {
    const auto document = read_json_file(root_ + '/' + file);
    if (!document) return add(file, document.error());
    for (const Fault& fault : annotation_faults(*document)) {
      report_.problems.push_back({file, fault.pointer, fault.code, fault.expected});
    }
  }

  void check_policies() {
    const auto files = json_files("config/policy");
    const auto schema = Schema::load(root_ + "/config/schema/policy.schema.json", &*codes_);
    if (!schema) return;  // reported with the schemas
    const auto base = policy_of("config/policy/base.json", *schema);
    if (!base) return;
    if (const auto whole = check_base(*base); !whole) add("config/policy/base.json", whole.error());
    add("config/policy/base.json", policy_faults(*base, *base));
    for (const std::string& file : files) {
      if (file == "config/policy/base.json") continue;
      const auto country = policy_of(file, *schema);
      if (!country) continue;
      if (const auto tight = check_tightens(*country, *base); !tight) add(file, tight.error());
      add(file, policy_faults(combine(*base, *country), *country));
    }
  }

  std::optional<Policy> policy_of(const std::string& file, const Schema& schema) {
    const auto document = read_json_file(root_ + '/' + file);
    auto policy = document ? read_policy(*document, schema) : Result<Policy>(fail(document.error()));
    if (policy) return std::move(*policy);
    add(file, policy.error());
    return std::nullopt;
  }

  // Members for the desk. A registry that trust rests on is signed, and keys do not lie with the data: the
  // schema has no place for them.
  void check_members() {
    const auto schema = Schema::load(root_ + "/config/schema/members.schema.json", nullptr);
    for (const std::string& file : json_files("config/registry")) {
      const auto document = read_json_file(root_ + '/' + file);
      if (!document) {
        add(file, document.error());
      } else if (schema) {
        const auto valid = schema->validate(*document);
        if (!valid) add(file, valid.error());
      }
    }
  }

  void check_examples() {
    for (const std::string& file : json_files("config/examples")) {
      const auto document = read_json_file(root_ + '/' + file);
      const auto settings = document ? Settings::parse(*document, root_ + "/config/examples", root_)
                                     : Result<Settings>(fail(document.error()));
      if (!settings) add(file, settings.error());
    }
  }

  std::string root_;
  CheckReport report_;
  std::optional<CodeSystems> codes_;
};

}  // namespace

Result<CheckReport> check_data(const std::string& root) {
  std::error_code error;
  if (!fs::is_directory(root + "/config/schema", error))
    return fail(ErrorCode::not_found, {}, "config/schema");
  return Check(root).run();
}

CheckReport check_settings(const std::string& file) {
  CheckReport report;
  report.files.push_back(file);
  const auto settings = Settings::load(file);
  if (settings) return report;
  report.problems.push_back(
      {file, settings.error().pointer, settings.error().code, settings.error().expected});
  for (const Fault& fault : settings.error().more) {
    report.problems.push_back({file, fault.pointer, fault.code, fault.expected});
  }
  return report;
}

}  // namespace hotline
