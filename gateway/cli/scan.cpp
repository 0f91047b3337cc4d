// scan: where a text says who somebody is.
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "adapters/form/form.h"
#include "adapters/form/json_lines.h"
#include "consent/scan/known.h"
#include "consent/scan/scanner.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/problem.h"
#include "i18n/base/text_files.h"
#include "i18n/base/utf8.h"
#include "i18n/language_tag.h"

namespace hotline::cli {
namespace {

const Page kPage = {"[--jsonl] [--lang TAG] [--known FILE] [FILE]",
                    "Finds identifying text: names, telephone numbers, addresses, identifiers of all three "
                    "countries, and what "
                    "is known of a case in whatever spelling. Nothing is sent and nothing is kept.\n"
                    "\n"
                    "Reads a text and prints "
                    "{\"spans\":[{\"start\",\"end\",\"type\",\"score\",\"reason\"}]}; start and end count "
                    "Unicode code points of the text as given. With --jsonl each line is "
                    "{\"id\",\"lang\",\"text\",\"known\":[…]} and "
                    "gives one line {\"id\",\"spans\"}; a bad line gives {\"line\",\"problem\"} in its place "
                    "and does not end the "
                    "run. What is known is a list of texts or of {\"type\",\"text\"}: name, organisation, "
                    "phone, email, date, "
                    "place, postal_code, address, identifier.",
                    " consent/lexicon/        words that tell, per language\n"
                    " i18n/data/              public hotline numbers, which are never marked",
                    " hotline-gateway scan --lang es-MX note.txt\n"
                    " hotline-gateway scan --jsonl < notes.jsonl > spans.jsonl"};

struct Options {
  std::string known;
  std::string file;
  bool jsonl = false;
};

// A thousandth: what is less than that may differ from machine to machine.
constexpr double kScoreParts = 1000;

using Known = std::vector<FindableValue>;

// `list` may be absent; the error's pointer is one into the document that holds it as `name`.
Result<void> add_known(const JsonValue* list, const std::string& name, Known& known) {
  if (list == nullptr) return {};
  if (!list->IsArray()) return fail(ErrorCode::type_mismatch, name, "array");
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    auto value = read_known((*list)[i], static_cast<int>(known.size()));
    if (!value) {
      value.error().pointer.insert(0, pointer_join(name, static_cast<std::size_t>(i)));
      return fail(std::move(value.error()));
    }
    known.push_back(std::move(*value));
  }
  return {};
}

Json spans_json(const std::vector<FoundSpan>& spans, std::string_view text) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (const FoundSpan& span : in_code_points(spans, text)) {
    JsonValue one(rapidjson::kObjectType);
    set_member(one, "start", JsonValue(static_cast<std::uint64_t>(span.begin)), allocator);
    set_member(one, "end", JsonValue(static_cast<std::uint64_t>(span.end)), allocator);
    set_text(one, "type", to_string(span.type), allocator);
    set_member(one, "score", JsonValue(std::round(span.score * kScoreParts) / kScoreParts), allocator);
    set_text(one, "reason", to_string(span.reason), allocator);
    list.PushBack(one, allocator);
  }
  set_member(out, "spans", std::move(list), allocator);
  return out;
}

struct Asked {
  const ScanData& data;
  const Known& known;  // about every line
  LanguageTag language;
};

Result<Json> scan_line(const Asked& asked, const JsonValue& line) {
  const JsonValue* text = member(line, "text");
  if (text == nullptr) return fail(ErrorCode::field_missing, "/text", "text");
  if (!text->IsString()) return fail(ErrorCode::type_mismatch, "/text", "string");
  Known known = asked.known;
  if (auto read = add_known(member(line, "known"), "/known", known); !read)
    return fail(std::move(read.error()));
  const std::string_view said = text_at(line, "lang");
  const LanguageTag language = said.empty() ? asked.language : LanguageTag(std::string(said));
  Json out = spans_json(Scanner(asked.data, known).scan(as_text(*text), language), as_text(*text));
  if (const JsonValue* id = member(line, "id")) {
    Json with(rapidjson::kObjectType);
    set_member(with, "id", JsonValue(*id, with.GetAllocator()), with.GetAllocator());
    set_member(with, "spans", JsonValue(out["spans"], with.GetAllocator()), with.GetAllocator());
    return with;
  }
  return out;
}

Result<int> scan_lines(Session& session, const Asked& asked, std::istream& in) {
  const auto form = make_json_form();
  const auto reader = json_lines_reader(*form, in);
  int status = 0;
  while (auto arrived = reader->next()) {
    const auto done = arrived->record ? scan_line(asked, arrived->record->tree)
                                      : Result<Json>(fail(arrived->record.error()));
    if (done) {
      session.out << to_text(*done) << '\n';
    } else {
      session.out << problem_line(session, done.error(), arrived->line) << '\n';
      status = exit_status(done.error().code);
    }
    if (!session.out) return fail(ErrorCode::internal, "", "standard_output");
  }
  if (in.bad()) return fail(ErrorCode::store_unavailable, "", "input");
  return status;
}

Result<int> scan_text(Session& session, const Asked& asked, const std::string& file) {
  auto text = read_input(session, file);
  if (!text) return fail(std::move(text.error()));
  if (!is_clean_text(*text)) return fail(ErrorCode::text_not_allowed);
  session.out << to_pretty(spans_json(Scanner(asked.data, asked.known).scan(*text, asked.language), *text))
              << '\n';
  return 0;
}

Result<int> run(Session& session, const Options& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto root = find_root(session.root);
  if (!root) return fail(root.error());
  const auto data = ScanData::load(*root);
  if (!data) return fail(data.error());
  Known known;
  if (!options.known.empty()) {
    const auto list = read_json_file(options.known);
    if (!list) return fail(list.error());
    if (auto read = add_known(&*list, "", known); !read) return fail(std::move(read.error()));
  }
  const Asked asked{*data, known, LanguageTag(session.language)};
  if (!options.jsonl) return scan_text(session, asked, options.file);
  if (options.file.empty() || options.file == "-") return scan_lines(session, asked, session.in);
  std::ifstream in(options.file, std::ios::binary);
  if (!in || std::filesystem::is_directory(options.file)) return fail(read_file(options.file, 1).error());
  return scan_lines(session, asked, in);
}

}  // namespace

void add_scan(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "scan", "find identifying text", kPage);
  command.add_flag("--jsonl", options->jsonl, "One text a line, in order.");
  command.add_option("--known", options->known, "JSON list of what is known of the case.")->type_name("FILE");
  command.add_option("FILE", options->file, "The text; '-' or nothing is standard input.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
