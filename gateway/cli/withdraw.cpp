// withdraw: a person takes a consent back.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "[CONSENT] [--pending|--confirm|--lift|--code|--open]",
    "Withdraws a consent. Nothing more leaves under it at once; everyone who received anything under it, and "
    "everyone behind them, is told, what is still held there becomes unreadable, and the proof comes back as "
    "a "
    "signed purge receipt: 'hotline-gateway status' of the referral shows it. No reason is asked for.\n\n"
    "With --pending, for somebody whom you cannot be sure of: receivers stop and show nothing at once, and "
    "destroy it after --confirm, or after 24 hours; --lift makes everything as before. With --code the "
    "receipt code that the person says is read from standard input, and on a second line the code word when "
    "they say one; it works for every hotline's codes. With --open what is not proven yet is listed.",
    " DIR/config.json, DIR/tokens/system    as made by init",
    " hotline-gateway withdraw --config ca/config.json C-4207-1\n"
    " echo 'ca 4821 7730 0459' | hotline-gateway withdraw --config us/config.json --code\n"
    " hotline-gateway withdraw --config ca/config.json --open"};

struct Options : ApiOptions {
  std::string consent;
  bool pending = false, confirm = false, lift = false, code = false, open = false;
};

std::string line_of(std::istream& in) {
  std::string line;
  std::getline(in, line);
  while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.pop_back();
  return line;
}

// Never an argument: those are seen by everybody on the machine, and kept by the shell.
std::string code_json(std::istream& in) {
  Json body(rapidjson::kObjectType);
  set_text(body, "code", line_of(in), body.GetAllocator());
  const auto word = line_of(in);
  if (!word.empty()) set_text(body, "word", word, body.GetAllocator());
  return to_text(body);
}

Result<int> run(Session& session, const Options& options) {
  if (options.open) return print_call(session, options, "GET", "/v1/withdrawals", {}, "");
  if (options.code) return print_call(session, options, "POST", "/v1/withdrawals", {}, code_json(session.in));
  const auto id = path_id(options.consent);
  if (!id) return fail(id.error());
  const std::string step = options.confirm ? "/confirm" : options.lift ? "/lift" : "";
  return print_call(session, options, "POST", "/v1/consents/" + *id + "/withdraw" + step, {},
                    options.pending ? R"({"confirmation":"pending"})" : "{}");
}

}  // namespace

void add_withdraw(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "withdraw", "take a consent back, everywhere", kPage);
  add_api_options(command, *options);
  command.add_option("CONSENT", options->consent, "Id of the consent.");
  auto* steps = command.add_option_group("steps");
  steps->add_flag("--pending", options->pending, "Stop at once, destroy when confirmed or after 24 hours.");
  steps->add_flag("--confirm", options->confirm, "It was the person.");
  steps->add_flag("--lift", options->lift, "It was not the person.");
  steps->add_flag("--code", options->code, "By receipt code, from standard input.");
  steps->add_flag("--open", options->open, "List what is not proven yet.");
  steps->require_option(0, 1);
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
