// explain: why a decision came out as it did; a past one by its id, or one that would be made from files.
#include "gateway/exchange/explain.h"

#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/decided.h"
#include "i18n/catalog.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "ID [--config FILE] [--format text|json]\n"
    "    explain --from PROFILE --to NODE [--consent FILE] [--purpose P] [--format text|json] [FILE]",
    "Says for each person and category at which level it went or was withheld, which rule decided, its "
    "sentence "
    "and source, which consent it rests on, and what would change it. No value of a record is in it.\n"
    "\n"
    "With the ID of a decision, which the answer to send and every refusal carry, the running gateway tells "
    "of it "
    "from its log, computes it once more from what the log holds, and says whether it came out the same. "
    "With "
    "--from and --to, decides over a record on disk as the gateway would, and over the consent of --consent "
    "where "
    "it is later or stricter than the one in the record.",
    " DIR/config.json, DIR/tokens/system    as made by init\n"
    " config/policy/                        the rules",
    " hotline-gateway explain --config us/config.json 0d5b8f0e-6a63-4c0e-9a57-6ef1b1d7c1a4\n"
    " hotline-gateway explain --from us --to mx --lang es-MX record.json"};

struct Options : ApiOptions {
  DecideOptions decide;
  std::string format = "text";
};

Result<int> past(Session& session, const Options& options) {
  const auto id = path_id(options.decide.file);
  if (!id) return fail(id.error());
  Headers query;
  if (!session.language.empty()) query.emplace_back("lang", session.language);
  if (options.format == "json") return print_call(session, options, "GET", "/v1/decisions/" + *id, query, "");
  return with_api(session, options, [&](Api& api) -> Result<int> {
    const auto reply = api.fetch("GET", "/v1/decisions/" + *id, query, "", {{"Accept", "text/plain"}});
    if (!reply) return fail(reply.error());
    session.out << reply->body;
    return 0;
  });
}

Result<int> from_files(Session& session, const Options& options) {
  const auto decided = decide_from_file(session, options.decide);
  if (!decided) return fail(decided.error());
  const auto catalog = Catalog::load(decided->data.root);
  if (!catalog) return fail(catalog.error());
  const auto language = speaking(session);
  const Json out = explained(decided->decision.to_json(), decided->consent.policies, *catalog, language);
  if (options.format == "json") {
    session.out << to_pretty(out) << '\n';
  } else {
    session.out << explained_text(out, {}, *catalog, language);
  }
  return 0;
}

Result<int> run(Session& session, const Options& options) {
  if (options.decide.from.empty() && options.decide.to.empty() && !options.decide.file.empty())
    return past(session, options);
  if (options.decide.from.empty() || options.decide.to.empty())
    return fail(ErrorCode::usage, "", "explain ID, or explain --from PROFILE --to NODE FILE");
  return from_files(session, options);
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "explain", "say why a decision came out as it did", kPage);
  add_api_options(command, *options);
  add_decide_options(command, options->decide);
  command.get_option("--from")->required(false);
  command.get_option("--to")->required(false);
  command
      .add_option(
          "--consent", options->decide.consent,
          "A consent as JSON (as in /consents of the canonical record) that the record's is bounded by.")
      ->type_name("FILE");
  command.add_option("--format", options->format, "text or json.")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
