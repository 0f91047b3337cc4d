// send: a record of this hotline to another, through the running gateway.
#include <memory>
#include <sstream>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/problem.h"
#include "gateway/crypto/random.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "--to NODE|--complete ID [--purpose P] [--stage STAGE] [--wait N] [--key KEY] [--jsonl] [FILE]",
    "Submits a record in the hotline's own profile to its running gateway, which decides "
    "what may leave, seals it, keeps "
    "it durably and delivers it until the other gateway's signed receipt is there. Prints "
    "the gateway's answer: the ids "
    "of the referrals that were made of the record (people with different consents travel "
    "apart), the decision and the "
    "mapping report; with --wait also the receipts that came in time.\n"
    "\n"
    "With --stage pseudonymous only what help is needed leaves at first, how soon and in which "
    "language, and nobody's name. When the other hotline has accepted and a warm hand-over is "
    "agreed, --complete ID sends the rest: the same record once more, decided again under what "
    "the person says then.\n"
    "\n"
    "When nothing may leave, the exit status is 4, nothing is sent, and the problem document "
    "holds the decision.",
    " DIR/config.json, DIR/tokens/system    as made by init",
    " hotline-gateway send --config us/config.json --to mx --wait 10 record.json\n"
    " hotline-gateway send --config us/config.json --to mx --jsonl - < records.jsonl"};

struct Options : ApiOptions {
  std::string to, purpose, stage, complete, key, file;
  int wait = 0;
  bool jsonl = false;
};

Headers query_of(const Options& options) {
  if (!options.complete.empty()) return {};
  Headers query = {{"to", options.to}};
  if (!options.stage.empty()) query.emplace_back("stage", options.stage);
  if (!options.purpose.empty()) query.emplace_back("purpose", options.purpose);
  return query;
}

Result<Answer> send_one(Api& api, const Options& options, const std::string& key, const std::string& record) {
  Headers headers = {{"Idempotency-Key", '"' + key + '"'}};
  if (options.wait > 0) {
    headers.emplace_back("Prefer", "wait=" + std::to_string(options.wait));
    api.wait_for(options.wait);
  }
  if (options.complete.empty()) return api.call("POST", "/v1/referrals", query_of(options), record, headers);
  const auto id = path_id(options.complete);
  if (!id) return fail(id.error());
  return api.call("POST", "/v1/referrals/" + *id + "/stages", {}, record, headers);
}

Result<int> send_lines(Session& session, Api& api, const Options& options, const std::string& text) {
  std::istringstream lines(text);
  int status = 0;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::string key = options.key.empty() ? uuid4() : options.key + "-" + std::to_string(number);
    const auto answer = send_one(api, options, key, line);
    if (answer) {
      session.out << to_text(answer->body) << '\n';
      continue;
    }
    status = exit_status(answer.error().code);
    const auto problem = parse_json(api.problem());
    if (!problem) return fail(answer.error());  // no gateway: the next line would fare no better
    session.out << R"({"line":)" << number << R"(,"problem":)" << to_text(*problem) << "}\n";
  }
  return status;
}

Result<int> run(Session& session, const Options& options) {
  if (options.to.empty() == options.complete.empty()) return fail(ErrorCode::usage, {}, "--to");
  const auto text = read_input(session, options.file);
  if (!text) return fail(text.error());
  return with_api(session, options, [&](Api& api) -> Result<int> {
    if (options.jsonl) return send_lines(session, api, options, *text);
    const auto answer = send_one(api, options, options.key.empty() ? uuid4() : options.key, *text);
    if (!answer) return fail(answer.error());
    session.out << to_pretty(answer->body) << '\n';
    return 0;
  });
}

}  // namespace

void add_send(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "send", "refer a person to another hotline", kPage);
  add_api_options(command, *options);
  auto* to = command.add_option("--to", options->to, "Hotline that is to receive it.")->type_name("NODE");
  auto* stage = command
                    .add_option("--stage", options->stage,
                                "pseudonymous: nobody's name until the other hotline has accepted.")
                    ->type_name("STAGE")
                    ->check(CLI::IsMember({"whole", "pseudonymous"}));
  auto* complete =
      command
          .add_option("--complete", options->complete,
                      "Send the rest of this referral, which went pseudonymous and was accepted.")
          ->type_name("ID");
  complete->excludes(to);
  complete->excludes(stage);
  command
      .add_option("--purpose", options->purpose,
                  "What for, when it is not the purpose that the record names.")
      ->type_name("P");
  command.add_option("--wait", options->wait, "Seconds to wait for the receipt.")
      ->type_name("N")
      ->check(CLI::Range(0, 60));
  command
      .add_option("--key", options->key,
                  "Idempotency key: the same key with the same record is one submission, "
                  "however often it is sent. Random without this.")
      ->type_name("KEY");
  command.add_flag("--jsonl", options->jsonl,
                   "One record a line; a refused line gives {\"line\",\"problem\"} in its place.");
  command.add_option("FILE", options->file, "The record; '-' or nothing is standard input.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
