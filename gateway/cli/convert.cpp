// convert: a record between any two profiles, through the canonical one.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "adapters/form/csv_form.h"
#include "adapters/form/first_bytes.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/convert_stream.h"
#include "gateway/cli/data.h"
#include "i18n/base/text_files.h"
#include "i18n/language_tag.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "--from PROFILE --to PROFILE [--lang TAG] [--report FILE] [--jsonl] [--csv] [FILE]",
    "Translates a record between two profiles through the canonical record, on this machine: nothing is sent "
    "and "
    "no consent is asked, so this is for a hotline's own records only. Labels are written in --lang, or in "
    "the "
    "target profile's first language.\n"
    "\n"
    "The report says of each field and code whether it was carried, narrowed, widened, related or dropped, "
    "with its "
    "path in the source and in the target; it holds paths and codes, no values. A record that its profile's "
    "schema "
    "does not accept is refused whole: nothing is guessed.\n"
    "\n"
    "Some profiles keep records as rows of a table (htcds). Their input is a table unless its first byte is "
    "{ or [; "
    "one row is one record. Records come out as one JSON line each, or as rows with --csv. Lines and rows "
    "are read "
    "one at a time: memory does not grow with their number. A bad one gives {\"line\",\"problem\"} or "
    "{\"row\",\"column\",\"problem\"} in its place (with --csv on standard error) and does not end the run; "
    "the "
    "exit status is then that of the last bad one. A line of more than 1 MB, a cell of more than 64 kB is "
    "refused.",
    "",
    " hotline-gateway convert --from us --to mx --report report.json record.json\n"
    " hotline-gateway convert --from ca --to canonical --jsonl - < records.jsonl\n"
    " hotline-gateway convert --from htcds --to us cases.csv > records.jsonl\n"
    " hotline-gateway convert --from mx --to htcds --jsonl --csv records.jsonl > cases.csv"};

struct Options {
  std::string from, to, report, file;
  bool jsonl = false, csv = false;
};

// The language asked for by name only: labels follow the target profile, not the terminal's locale.
Result<LanguageTag> label_language(const Session& session) {
  return session.language.empty() ? Result<LanguageTag>(LanguageTag()) : parse_language(session.language);
}

bool has_table(const Profile& profile) {
  return profile.form().name() == "csv";
}

Result<int> convert_one(Session& session, const Stream& stream, const std::string& text) {
  const auto done = convert_record(stream.to, stream.language, stream.from.read_text(text));
  if (!done) return fail(done.error());
  if (stream.table_out) {
    if (auto wrote = stream.to.form().writer(session.out)->write(done->record); !wrote)
      return fail(wrote.error());
  } else {
    session.out << to_pretty(done->record) << '\n';
  }
  if (stream.report.empty()) return 0;
  if (auto kept = write_file(stream.report, to_pretty(done->report) + "\n"); !kept) return fail(kept.error());
  return 0;
}

Result<int> convert_all(Session& session, Stream stream, const Options& options) {
  std::ifstream file;
  const bool named = !options.file.empty() && options.file != "-";
  if (named) {
    if (is_same_file(options.file, stream.report)) return fail(ErrorCode::usage, "", "--report");
    file.open(options.file, std::ios::binary);
    if (!file || std::filesystem::is_directory(options.file)) return fail(read_file(options.file, 1).error());
  }
  std::istream& given = named ? file : session.in;
  FirstBytes bytes(given);
  std::istream in(&bytes);
  stream.table_in = has_table(stream.from) && !looks_like_json(bytes.first());
  if (stream.table_in || options.jsonl) return convert_stream(session, stream, in);
  std::string text;
  if (named) {
    auto whole = read_file(options.file);
    if (!whole) return fail(whole.error());
    text = std::move(*whole);
  } else {
    auto rest = read_input(session, options.file);
    if (!rest) return fail(rest.error());
    text = bytes.first() + *rest;
  }
  return convert_one(session, stream, text);
}

Result<int> run(Session& session, const Options& options) {
  // Whoever reads may stop reading: that is an error to report, not a reason to vanish.
  std::signal(SIGPIPE, SIG_IGN);
  const auto data = load_data(session);
  if (!data) return fail(data.error());
  const auto language = label_language(session);
  if (!language) return fail(language.error());
  const auto from = find_profile(*data, options.from);
  if (!from) return fail(from.error());
  const auto to = find_profile(*data, options.to);
  if (!to) return fail(to.error());
  if (options.csv && !has_table(**to)) return fail(ErrorCode::usage, "", "--csv");
  return convert_all(session, {**from, **to, *language, false, options.csv, options.report}, options);
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
  command.add_flag(
      "--csv", options->csv,
      "Write a table (CSV with a header), for a target profile whose records are rows. A table is read "
      "without asking.");
  command.add_option("FILE", options->file, "The record; '-' or nothing is standard input.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
