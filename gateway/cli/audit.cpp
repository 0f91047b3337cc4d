// audit: what the exchange log holds, and whether it is what it says it is.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/audit_check.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {"show|verify [OPTIONS]",
                    "The exchange log holds every decision, send, receipt, read, refusal, withdrawal and "
                    "purge: a kind, an hour and a "
                    "salted commitment each, in an append-only Merkle tree. The details (rules, categories, "
                    "levels, random ids; never "
                    "anything of a person) lie beside it, for auditors.",
                    " DIR/store/            the log and its details\n"
                    " DIR/tokens/auditor    as made by init",
                    " hotline-gateway audit show --config us/config.json\n"
                    " hotline-gateway audit verify --config us/config.json"};

const Page kShow = {
    "[--referral ID] [--jsonl]",
    "Prints the entries of the log with the details that are still there, oldest first; with --referral only "
    "those of one exchange. Asks the running gateway, as its client auditor.",
    " DIR/tokens/auditor    as made by init", " hotline-gateway audit show --config us/config.json --jsonl"};

const Page kVerify = {
    "[--config FILE]",
    "Recomputes the whole log from what is stored: every entry against the tree, the tree against its signed "
    "heads, every "
    "detail against its commitment and, when the gateway does not run, every row of the store against its "
    "own check. A "
    "byte that was changed, dropped or put elsewhere is found. Exit status 0 when all holds, 1 when not.\n"
    "\n"
    "While the gateway runs, its log is read through its API and checked here; the rows of its store are its "
    "own until it "
    "stops.",
    " DIR/store/            gateway.db, keys.db, tree-head",
    " hotline-gateway audit verify --config us/config.json"};

struct Options : ApiOptions {
  std::string referral;
  bool jsonl = false;
};

Result<int> show(Session& session, const Options& options) {
  return with_api(session, options, [&](Api& api) -> Result<int> {
    std::string path = "/v1/audit/entries";
    if (!options.referral.empty()) {
      const auto id = path_id(options.referral);
      if (!id) return fail(id.error());
      path = "/v1/audit/exchanges/" + *id;
    }
    const auto entries = all_entries(api, path);
    if (!entries) return fail(entries.error());
    for (const JsonValue& entry : entries->GetArray()) {
      session.out << (options.jsonl ? to_text(entry) : to_pretty(entry)) << '\n';
    }
    return 0;
  });
}

JsonValue finding_json(const LogFinding& finding, Json::AllocatorType& allocator) {
  JsonValue item(rapidjson::kObjectType);
  set_text(item, "what", finding.what, allocator);
  if (finding.index) set_member(item, "index", JsonValue(*finding.index), allocator);
  set_text(item, "where", finding.where, allocator);
  return item;
}

void print(Session& session, const LogCheck& check) {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  set_member(document, "ok", JsonValue(check.report.ok()), allocator);
  set_text(document, "checked", check.whole_store ? "log and store" : "log", allocator);
  set_member(document, "entries", JsonValue(check.report.entries), allocator);
  set_member(document, "details", JsonValue(check.report.details), allocator);
  set_text(document, "root", check.report.root_hex, allocator);
  JsonValue findings(rapidjson::kArrayType);
  for (const LogFinding& each : check.report.findings)
    findings.PushBack(finding_json(each, allocator), allocator);
  set_member(document, "findings", std::move(findings), allocator);
  session.out << to_pretty(document) << '\n';
}

Result<int> verify(Session& session, const Options& options) {
  auto check = check_stored_log(options.config);
  if (!check && check.error().code == ErrorCode::store_unavailable) {  // the gateway has it
    LogCheck running;
    auto asked = with_api(session, options, [&](Api& api) -> Result<int> {
      auto found = check_running_log(options.config, api);
      if (!found) return fail(found.error());
      running = std::move(*found);
      return 0;
    });
    if (!asked || *asked != 0) return asked;
    check = std::move(running);
  }
  if (!check) return fail(check.error());
  print(session, *check);
  return check->report.ok() ? 0 : exit_status(ErrorCode::log_mismatch);
}

}  // namespace

void add_audit(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  options->client = "auditor";
  CLI::App& audit = *app.add_subcommand("audit", "read and check the exchange log");
  audit.formatter(std::make_shared<ManualPage>(kPage));
  audit.require_subcommand(1);

  CLI::App& showing = add_command(audit, session, "show", "print the entries of the log", kShow);
  add_api_options(showing, *options);
  showing.add_option("--referral", options->referral, "Only the entries of this referral.")->type_name("ID");
  showing.add_flag("--jsonl", options->jsonl, "One entry a line.");
  showing.callback(
      [&session, options] { session.action = [&session, options] { return show(session, *options); }; });

  CLI::App& verifying = add_command(audit, session, "verify", "check the whole log", kVerify);
  add_api_options(verifying, *options);
  verifying.callback(
      [&session, options] { session.action = [&session, options] { return verify(session, *options); }; });
}

}  // namespace hotline::cli
