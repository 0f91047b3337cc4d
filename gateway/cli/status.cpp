// status, accept, decline: where a referral stands, and the next step of whoever received it.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

constexpr const char* kFiles = " DIR/config.json, DIR/tokens/system    as made by init";

const Page kStatus = {
    "ID [--set CODE] [--contact FILE]",
    "Prints the state of a referral that was sent or received, its timeline and its receipts. With --set, "
    "tells the other "
    "hotline how it goes on: more_info_requested, waitlisted, in_service, completed and the other codes of "
    "referral_status. A step that may not follow is refused. In a crisis, 'acknowledged' says that a person "
    "has "
    "seen it; the clocks run until somebody accepts, declines or redirects. With --contact, a plan to "
    "contact the "
    "person (JSON: who, channel, at or window, voicemail, text, vague, interpreter, caller_id) is held "
    "against "
    "what they said is safe, with or without --set: what is not safe is refused with what is.",
    kFiles,
    " hotline-gateway status --config us/config.json 1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11\n"
    " hotline-gateway status --config mx/config.json --set in_service 1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11"};
const Page kAccept = {"ID [--warm-handover [--from TIME --until TIME]]",
                      "Accepts a referral that has arrived. The sender learns it with the next delivery. "
                      "With --warm-handover a "
                      "hand-over with both hotlines and the person is agreed, perhaps for a time: what went "
                      "pseudonymous can then be "
                      "completed by its sender.",
                      kFiles,
                      " hotline-gateway accept --config mx/config.json 1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11"};
const Page kDecline = {"ID [--reason capacity|scope|eligibility] [--next-option NODE]",
                       "Declines a referral that has arrived, with a reason that says nothing about the "
                       "person: no place, not what is done "
                       "here, rules not met. The case stays with its sender.",
                       kFiles,
                       " hotline-gateway decline --config mx/config.json --reason capacity "
                       "1f0c0a52-7d0e-4c35-9b53-0f9d6f0b7a11"};

struct Options : ApiOptions {
  std::string id, set, next_option, contact, from, until;
  bool warm_handover = false;
  std::string reason = "capacity";
};

std::string step_json(const std::string& status, const Options& options, const Json& contact) {
  Json body(rapidjson::kObjectType);
  auto& allocator = body.GetAllocator();
  if (!status.empty()) set_text(body, "status", status, allocator);
  if (!contact.IsNull()) set_member(body, "contact", JsonValue(contact, allocator), allocator);
  if (!options.next_option.empty()) set_text(body, "next_option", options.next_option, allocator);
  if (!options.warm_handover) return to_text(body);
  JsonValue handover(rapidjson::kObjectType);
  set_text(handover, "state", "agreed", allocator);
  if (!options.from.empty()) set_text(handover, "from", options.from, allocator);
  if (!options.until.empty()) set_text(handover, "until", options.until, allocator);
  set_member(body, "warm_handover", std::move(handover), allocator);
  return to_text(body);
}

Result<int> step(Session& session, const Options& options, const std::string& status) {
  const auto id = path_id(options.id);
  if (!id) return fail(id.error());
  const std::string path = "/v1/referrals/" + *id;
  Json contact;
  if (!options.contact.empty()) {
    const auto text = read_input(session, options.contact);
    if (!text) return fail(text.error());
    auto plan = parse_json(*text);
    if (!plan) return fail(std::move(plan.error()));
    contact = std::move(*plan);
  }
  if (status.empty() && contact.IsNull()) return print_call(session, options, "GET", path, {}, "");
  return print_call(session, options, "POST", path + "/status", {}, step_json(status, options, contact));
}

CLI::App& add_step(CLI::App& app, Session& session, const char* name, const char* brief, const Page& page,
                   const std::shared_ptr<Options>& options) {
  CLI::App& command = add_command(app, session, name, brief, page);
  add_api_options(command, *options);
  command.add_option("ID", options->id, "The referral.")->required();
  return command;
}

}  // namespace

void add_status(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_step(app, session, "status", "print or change the state of a referral", kStatus, options);
  command.add_option("--set", options->set, "The next state.")->type_name("CODE");
  command.add_option("--contact", options->contact, "A plan to contact the person; - is standard input.")
      ->type_name("FILE");
  command.callback([&session, options] {
    session.action = [&session, options] { return step(session, *options, options->set); };
  });
}

void add_accept(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_step(app, session, "accept", "accept a referral that has arrived", kAccept, options);
  auto* agreed = command.add_flag("--warm-handover", options->warm_handover, "A warm hand-over is agreed.");
  command.add_option("--from", options->from, "When it can begin, as 2026-11-21T18:00:00Z.")
      ->type_name("TIME")
      ->needs(agreed);
  command.add_option("--until", options->until, "When it can end.")->type_name("TIME")->needs(agreed);
  command.callback([&session, options] {
    session.action = [&session, options] { return step(session, *options, "accepted"); };
  });
}

void add_decline(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_step(app, session, "decline", "decline a referral that has arrived", kDecline, options);
  command.add_option("--reason", options->reason, "capacity, scope or eligibility.")
      ->check(CLI::IsMember({"capacity", "scope", "eligibility"}))
      ->type_name("REASON")
      ->capture_default_str();
  command.add_option("--next-option", options->next_option, "Who could take it instead.")->type_name("NODE");
  command.callback([&session, options] {
    session.action = [&session, options] { return step(session, *options, "declined_" + options->reason); };
  });
}

}  // namespace hotline::cli
