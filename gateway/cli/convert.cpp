// convert: a record between any two profiles, through the canonical one.
#include <memory>
#include <sstream>

#include "gateway/cli/commands.h"
#include "gateway/cli/data.h"
#include "gateway/cli/problem.h"
#include "i18n/base/text_files.h"
#include "i18n/language_tag.h"

namespace hotline::cli {
namespace {

const Page kPage = {"--from PROFILE --to PROFILE [--lang TAG] [--report FILE] [--jsonl] [FILE]",
                    "Translates a record between two profiles through the canonical record, on this machine: "
                    "nothing is sent and no "
                    "consent is asked, so this is for a hotline's own records only. Labels are written in "
                    "--lang, or in the target "
                    "profile's first language.\n"
                    "\n"
                    "The report says of each field and code whether it was carried, narrowed, widened, "
                    "related or dropped, with its "
                    "path in the source and in the target; it holds paths and codes, no values. A record "
                    "that its profile's schema "
                    "does not accept is refused whole: nothing is guessed.",
                    "",
                    " hotline-gateway convert --from us --to mx --report report.json record.json\n"
                    " hotline-gateway convert --from ca --to canonical --jsonl - < records.jsonl"};

struct Options {
  std::string from, to, report, file;
  bool jsonl = false;
};

struct Conversion {
  Json record;
  Json report;
};

// The language asked for by name only: labels follow the target profile, not the terminal's locale.
Result<LanguageTag> label_language(const Session& session) {
  return session.language.empty() ? Result<LanguageTag>(LanguageTag()) : parse_language(session.language);
}

Result<Conversion> convert(const Data& data, const Options& options, const LanguageTag& language,
                           const std::string& text) {
  auto read = read_record(data, options.from, text);
  if (!read) return fail(read.error());
  const auto target = find_profile(data, options.to);
  if (!target) return fail(target.error());
  auto written = (*target)->from_canonical(read->referral, language);
  if (!written) return fail(written.error());
  Json report(rapidjson::kObjectType);
  auto& allocator = report.GetAllocator();
  set_member(report, "read", JsonValue(read->report.to_json(), allocator), allocator);
  set_member(report, "written", JsonValue(written->report.to_json(), allocator), allocator);
  return Conversion{std::move(written->record), std::move(report)};
}

Result<int> convert_lines(Session& session, const Data& data, const Options& options,
                          const LanguageTag& language, const std::string& text) {
  std::istringstream lines(text);
  std::string reports;
  int status = 0;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto done = convert(data, options, language, line);
    if (done) {
      session.out << to_text(done->record) << '\n';
      reports += to_text(done->report) + '\n';
    } else {
      session.out << problem_line(session, done.error(), number) << '\n';
      reports += "{}\n";
      status = exit_status(done.error().code);
    }
  }
  if (!options.report.empty()) {
    if (auto kept = write_file(options.report, reports); !kept) return fail(kept.error());
  }
  return status;
}

Result<int> run(Session& session, const Options& options) {
  const auto data = load_data(session);
  if (!data) return fail(data.error());
  const auto language = label_language(session);
  if (!language) return fail(language.error());
  const auto text = read_input(session, options.file);
  if (!text) return fail(text.error());
  if (options.jsonl) return convert_lines(session, *data, options, *language, *text);
  const auto done = convert(*data, options, *language, *text);
  if (!done) return fail(done.error());
  session.out << to_pretty(done->record) << '\n';
  if (!options.report.empty()) {
    if (auto kept = write_file(options.report, to_pretty(done->report) + "\n"); !kept)
      return fail(kept.error());
  }
  return 0;
}

}  // namespace

void add_convert(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "convert", "translate a record between two profiles", kPage);
  command.add_option("--from", options->from, "Profile of the input.")->type_name("PROFILE")->required();
  command.add_option("--to", options->to, "Profile of the output.")->type_name("PROFILE")->required();
  command.add_option("--report", options->report, "Where to write what became of every field and code.")
      ->type_name("FILE");
  command.add_flag(
      "--jsonl", options->jsonl,
      "One record a line, in order. A bad line gives {\"line\",\"problem\"} in its place and does not end "
      "the run; the exit status is then that of the last bad line.");
  command.add_option("FILE", options->file, "The record; '-' or nothing is standard input.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
