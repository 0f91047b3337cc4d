// show: one record that has arrived, as this hotline keeps its records.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "ID [--lang TAG] [--open REASON]",
    "Prints a record that has arrived: in the hotline's own profile, with labels in --lang or the node's "
    "language, the "
    "canonical record beside it, what was withheld and why, and what binds the receiver. Reading is logged.\n"
    "\n"
    "What the person told stays shut; it is said that there is something, in which language, and for which "
    "reasons it may be opened. --open opens it for one of them: who opened and why is logged, and the "
    "person's "
    "account of disclosures says when. What nobody opened before the record is taken (inbox --ack) is gone.",
    " DIR/config.json, DIR/tokens/system    as made by init",
    " hotline-gateway show --config mx/config.json 1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11\n"
    " hotline-gateway show --config mx/config.json --open needed_for_safety "
    "1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11"};

struct Options : ApiOptions {
  std::string id, open;
};

Result<int> run(Session& session, const Options& options) {
  const auto id = path_id(options.id);
  if (!id) return fail(id.error());
  Headers query;
  if (!session.language.empty()) query.emplace_back("lang", session.language);
  if (options.open.empty()) return print_call(session, options, "GET", "/v1/inbox/" + *id, query, "");
  Json body(rapidjson::kObjectType);
  set_text(body, "reason", options.open, body.GetAllocator());
  return print_call(session, options, "POST", "/v1/inbox/" + *id + "/narratives", query, to_text(body));
}

}  // namespace

void add_show(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "show", "print a record that has arrived", kPage);
  add_api_options(command, *options);
  command.add_option("ID", options->id, "The referral, as inbox lists it.")->required();
  command.add_option("--open", options->open, "Open what the person told, for this reason.")
      ->type_name("REASON");
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
