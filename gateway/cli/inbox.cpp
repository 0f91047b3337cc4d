// inbox: what has arrived and waits to be taken.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "[--ack ID] [--jsonl]",
    "Lists what has arrived and has not been taken yet, crisis first: ids, sender, urgency and until when it "
    "waits; 'hotline-gateway show ID' prints a record. Crises that nobody takes, here or at the other "
    "hotline, are said first, on the error stream, with the number to call. With --ack, tells the gateway "
    "that the hotline's own system has taken the record: from then on the gateway holds nothing of it but "
    "the hours and channels that are safe. No person has seen a crisis by that: 'status --set acknowledged' "
    "says so. What nobody takes goes back to its sender after 72 hours.",
    " DIR/config.json, DIR/tokens/system    as made by init",
    " hotline-gateway inbox --config mx/config.json\n"
    " hotline-gateway inbox --config mx/config.json --ack 1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11"};

struct Options : ApiOptions {
  std::string ack;
  bool jsonl = false;
};

// Every page of the list: the cursor of the next one is in the Link header.
Result<Json> all_items(Session& session, Api& api) {
  Json all(rapidjson::kArrayType);
  Headers query;
  for (;;) {
    const auto reply = api.fetch("GET", "/v1/inbox", query);
    if (!reply) return fail(reply.error());
    const auto page = parse_json(reply->body, {64u << 20, 64});
    if (!page) return fail(page.error());
    if (query.empty()) say_alarms(session, *page);
    const JsonValue* items = member(*page, "items");
    if (items == nullptr || !items->IsArray()) return fail(ErrorCode::internal);
    for (const JsonValue& item : items->GetArray())
      all.PushBack(JsonValue(item, all.GetAllocator()), all.GetAllocator());
    const auto next = next_cursor(reply->headers);
    if (!next || items->Empty()) return all;
    query = {{"cursor", *next}};
  }
}

Result<int> list(Session& session, const Options& options) {
  return with_api(session, options, [&](Api& api) -> Result<int> {
    const auto items = all_items(session, api);
    if (!items) return fail(items.error());
    if (options.jsonl) {
      for (const JsonValue& item : items->GetArray()) session.out << to_text(item) << '\n';
    } else {
      session.out << to_pretty(*items) << '\n';
    }
    return 0;
  });
}

Result<int> run(Session& session, const Options& options) {
  if (options.ack.empty()) return list(session, options);
  const auto id = path_id(options.ack);
  if (!id) return fail(id.error());
  return print_call(session, options, "POST", "/v1/inbox/" + *id + "/ack", {}, "{}");
}

}  // namespace

void add_inbox(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_command(app, session, "inbox", "list what has arrived, or say that it was taken", kPage);
  add_api_options(command, *options);
  command.add_option("--ack", options->ack, "Say that this one has been taken.")->type_name("ID");
  command.add_flag("--jsonl", options->jsonl, "One item a line.");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
