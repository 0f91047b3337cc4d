// check: the lint of all data, as strict as a compiler.
#include "config/check.h"

#include <filesystem>
#include <memory>

#include "adapters/engine/check.h"
#include "config/json_lines.h"
#include "config/policy.h"
#include "config/schema.h"
#include "config/settings.h"
#include "consent/check.h"
#include "consent/scan/scan_data.h"
#include "consent/statements.h"
#include "consent/wording.h"
#include "gateway/cli/commands.h"
#include "gateway/crypto/digest.h"
#include "i18n/base/text_files.h"
#include "i18n/catalog.h"
#include "i18n/codes.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "[DIR]",
    "Checks all data: schemas, policies, code systems, message catalogs, lexicons, consent statements, and "
    "that "
    "every profile's mapping says "
    "for every field and code what becomes of it. DIR is the data root, or the folder of a "
    "node, whose settings are then "
    "checked too. Goes through everything and prints one line for each problem: file and line, "
    "JSON Pointer, and what to do. Exit status 0 when nothing was found, 3 when something was.",
    " adapters/*/profile.json mapping.json codes/     profiles\n"
    " config/policy/ config/schema/                   rules and shapes\n"
    " i18n/catalogs/ i18n/codes/                      what is said, in every language",
    " hotline-gateway check\n"
    " hotline-gateway check /srv/gateway"};

struct Options {
  std::string dir;
};

void add(CheckReport& all, CheckReport more) {
  all.files.insert(all.files.end(), more.files.begin(), more.files.end());
  all.problems.insert(all.problems.end(), more.problems.begin(), more.problems.end());
}

// "consent/lexicon/es.json#/categories/health" is a file and a pointer into it.
CheckLine line_of(const Fault& fault) {
  const auto hash = fault.pointer.find('#');
  if (hash == std::string::npos) return {"consent", fault.pointer, fault.code, fault.expected};
  return {fault.pointer.substr(0, hash), fault.pointer.substr(hash + 1), fault.code, fault.expected};
}

void check_consent(CheckReport& report, const std::string& root) {
  for (const Fault& fault : check_consent_data(root)) report.problems.push_back(line_of(fault));
  if (const auto scan = ScanData::load(root); !scan)
    report.problems.push_back(
        line_of({scan.error().code, scan.error().expected + "#" + scan.error().pointer, "words"}));
  const auto policies = Policies::load(root);
  if (!policies) return;  // said already, by the lint of policies
  for (const Fault& fault : check_statements(root, policies->base().statement_languages, sha256_hex))
    report.problems.push_back(line_of(fault));
  for (const Fault& fault : check_terms(root)) report.problems.push_back(line_of(fault));
  const auto codes = CodeSystems::load(root);
  if (!codes) return;
  const auto schema = Schema::load(root + "/config/schema/referral.schema.json", &*codes);
  if (!schema) return;
  for (const Fault& fault : StaffWords::check(root, *schema)) report.problems.push_back(line_of(fault));
}

void add_profiles(CheckReport& report, const std::string& root) {
  if (auto profiles = check_profiles(root)) {
    add(report, std::move(*profiles));
  } else {
    const Error& error = profiles.error();
    report.problems.push_back({"adapters", error.pointer, error.code, error.expected});
  }
}

// The settings, and the profile that runs beside the node's own if there is one.
void check_node(CheckReport& report, const std::string& root, const std::string& config) {
  add(report, check_settings(config));
  const auto settings = Settings::load(config);
  if (!settings || settings->shadow.empty()) return;
  if (auto beside = check_profile_beside(root, settings->shadow)) add(report, std::move(*beside));
}

// One problem as one line for people: where, and what to do.
class Sentences {
 public:
  Sentences(std::string root, LanguageTag language) : root_(std::move(root)), language_(std::move(language)) {
    if (auto catalog = Catalog::load(root_)) catalog_ = std::move(*catalog);
  }

  std::string of(const CheckLine& line) {
    std::string text = line.file;
    if (const auto broken = place_of_syntax(line); !broken.empty()) {
      text += ":" + broken.substr(0, broken.find(':'));
    } else if (const std::string& whole = file(line.file); !whole.empty()) {
      text += ":" + std::to_string(hotline::line_of(whole, line.pointer));
    }
    return text + ": " + (line.pointer.empty() ? "" : line.pointer + ": ") + what_to_do(line);
  }

 private:
  // "mapping.json:12:5" of text that is no JSON: "12:5".
  static std::string place_of_syntax(const CheckLine& line) {
    if (line.problem != ErrorCode::json_syntax) return {};
    const std::size_t column = line.expected.rfind(':');
    if (column == std::string::npos || column == 0) return {};
    const std::size_t before = line.expected.rfind(':', column - 1);
    return before == std::string::npos ? line.expected : line.expected.substr(before + 1);
  }

  std::string what_to_do(const CheckLine& line) const {
    const std::size_t blank = std::min(line.expected.find(' '), line.expected.size());
    const std::string key = "check." + line.expected.substr(0, blank);
    const std::string what = blank < line.expected.size() ? line.expected.substr(blank + 1) : std::string();
    if (!catalog_) return std::string(to_string(line.problem)) + ": " + line.expected;
    if (const auto broken = place_of_syntax(line); !broken.empty())
      return catalog_->text("check.json_broken", language_, {{"what", broken}});
    if (line.problem == ErrorCode::not_found) return catalog_->text("check.file_missing", language_);
    if (catalog_->has(key, LanguageTag("en"))) return catalog_->text(key, language_, {{"what", what}});
    const ErrorText text = describe(*catalog_, line.problem, line.pointer, line.expected, language_);
    return line.problem == ErrorCode::data_invalid ? text.title + ". " + line.expected : text.detail;
  }

  const std::string& file(const std::string& name) {
    const auto known = files_.find(name);
    if (known != files_.end()) return known->second;
    const bool absolute = !name.empty() && name.front() == '/';
    auto text = read_file(absolute ? name : root_ + "/" + name, 16u << 20);
    return files_[name] = text.value_or(std::string());
  }

  std::string root_;
  LanguageTag language_;
  std::optional<Catalog> catalog_;
  std::map<std::string, std::string> files_;
};

Result<int> run(Session& session, const Options& options) {
  namespace fs = std::filesystem;
  const bool is_node = !options.dir.empty() && fs::exists(fs::path(options.dir) / "config.json");
  if (!options.dir.empty() && !is_node) session.root = options.dir;
  const auto root = find_root(session.root);
  if (!root) return fail(root.error());
  auto report = check_data(*root);
  if (!report) return fail(report.error());
  if (CodeSystems::load(*root)) {  // else the one fault would be found in every file that names codes
    check_consent(*report, *root);
    add_profiles(*report, *root);
  }
  if (is_node) check_node(*report, *root, (fs::path(options.dir) / "config.json").string());
  Sentences sentences(*root, speaking(session));
  for (const CheckLine& line : report->problems) session.out << sentences.of(line) << '\n';
  session.out << report->files.size() << " files, " << report->problems.size() << " problems\n";
  return report->clean() ? 0 : exit_status(ErrorCode::value_not_allowed);
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "check", "lint all data", kPage);
  command.add_option("DIR", options->dir,
                     "Data root or a node's folder; the program's own data root without it.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
