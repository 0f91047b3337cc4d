#include "gateway/cli/session.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/cli/problem.h"
#include "i18n/base/text_files.h"
#include "i18n/language_tag.h"

namespace hotline::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxInput = 64u << 20;
constexpr const char* kMark = "config/schema/referral.schema.json";

bool is_root(const fs::path& folder) {
  return fs::exists(folder / kMark);
}

std::optional<std::string> root_above(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    if (is_root(folder)) return folder.string();
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// "es_MX.UTF-8" of a locale is "es-MX".
std::string from_locale(std::string locale) {
  locale = locale.substr(0, locale.find_first_of(".@"));
  return locale == "C" || locale == "POSIX" ? std::string() : locale;
}

}  // namespace

Result<std::string> find_root(const std::string& given) {
  for (const std::string& named : {given, environment("HOTLINE_ROOT")}) {
    if (named.empty()) continue;
    if (is_root(named)) return named;
    return fail(ErrorCode::settings_invalid, "", "data_root");
  }
  return root_beside_program();
}

Result<std::string> root_beside_program() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (const fs::path& start : {program.parent_path(), fs::current_path(ignored)}) {
    if (const auto found = root_above(start)) return *found;
  }
  return fail(ErrorCode::settings_invalid, "", "data_root");
}

LanguageTag speaking(const Session& session) {
  for (const std::string& wanted :
       {session.language, from_locale(environment("LC_ALL")), from_locale(environment("LC_MESSAGES")),
        from_locale(environment("LANG"))}) {
    if (wanted.empty()) continue;
    if (auto tag = parse_language(wanted)) return *tag;
  }
  return LanguageTag("en");
}

Result<Instant> instant_or_now(const std::string& text) {
  return text.empty() ? Result<Instant>(SystemClock().now()) : parse_instant(text);
}

Result<std::string> read_input(Session& session, const std::string& file) {
  if (!file.empty() && file != "-") return read_file(file, kMaxInput);
  std::string text;
  char buffer[1 << 16];
  while (session.in.read(buffer, sizeof buffer) || session.in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(session.in.gcount()));
    if (text.size() > kMaxInput) return fail(ErrorCode::json_too_large);
  }
  return text;
}

CLI::App& add_command(CLI::App& app, Session& session, const std::string& name, const std::string& brief,
                      Page page) {
  CLI::App& command = *app.add_subcommand(name, brief);
  command.formatter(std::make_shared<ManualPage>(std::move(page)));
  command
      .add_option("--lang", session.language,
                  "Language of labels and messages (BCP 47, for example fr-CA). Without "
                  "it, that of LC_ALL, LC_MESSAGES or LANG.")
      ->type_name("TAG");
  command
      .add_option("--root", session.root,
                  "Folder that holds i18n, config, adapters and consent. Without it, "
                  "$HOTLINE_ROOT, else the one that the program lies in.")
      ->type_name("DIR");
  return command;
}

int report(Session& session, const Error& error) {
  session.err << problem_pretty(session, error) << '\n';
  return exit_status(error.code);
}

}  // namespace hotline::cli
