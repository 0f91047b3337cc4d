// hotline-gateway: parses the words, runs one command, turns what failed into a problem and an exit status.
#include <exception>
#include <iostream>

#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "COMMAND [OPTIONS]",
    "Exchanges referrals between hotlines that answer people in human-trafficking situations. Each hotline "
    "runs one "
    "gateway beside its own case system. The gateway turns the hotline's own record into a common one, lets "
    "out only "
    "what the person has agreed to let out, carries it sealed to the other country's gateway, turns it into "
    "the record "
    "and language used there, takes it back when consent is withdrawn, and keeps a log that nobody can "
    "quietly change.\n"
    "\n"
    "A record is JSON in UTF-8, in the shape of a profile: canonical, us, ca, mx, or any folder dropped into "
    "adapters/. Where a command takes a FILE, '-' or no file is standard input. Nothing leaves without "
    "consent: no "
    "option of any command turns a refusal into a permit.\n"
    "\n"
    "hotline-gateway COMMAND --help describes each command.",
    " $HOTLINE_ROOT      folder that holds i18n, config, adapters and consent\n"
    " adapters/NAME/     one profile: its schema, mapping, code maps and cases\n"
    " config/policy/     what each jurisdiction's rules are\n"
    " config/registry/   the members of the demonstration network, without keys",
    " What would leave for Mexico, and why the rest would not:\n"
    "   hotline-gateway preview --from us --to mx --format text --lang es-MX record.json\n"
    "\n"
    " A node of one's own, and its gateway:\n"
    "   hotline-gateway init --node us --dir /srv/gateway\n"
    "   hotline-gateway serve --config /srv/gateway/config.json\n"
    "\n"
    " Is the log what it says it is?\n"
    "   hotline-gateway audit verify --config /srv/gateway/config.json"};

void add_commands(CLI::App& app, Session& session) {
  add_init(app, session);
  add_registry(app, session);
  add_serve(app, session);
  add_convert(app, session);
  add_preview(app, session);
  add_explain(app, session);
  add_redact(app, session);
  add_scan(app, session);
  add_send(app, session);
  add_inbox(app, session);
  add_show(app, session);
  add_status(app, session);
  add_accept(app, session);
  add_decline(app, session);
  add_withdraw(app, session);
  add_audit(app, session);
  add_check(app, session);
  add_version(app, session);
}

int run(int argc, char** argv, Session& session) {
  CLI::App app("carries referrals between hotlines, with consent", "hotline-gateway");
  app.formatter(std::make_shared<ManualPage>(kPage));
  app.require_subcommand(1);
  add_commands(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help
    return app.exit(wanted, session.out, session.err);
  } catch (const CLI::ParseError& wrong) {
    session.err << "hotline-gateway: " << wrong.what()
                << "\nTry hotline-gateway --help, or COMMAND --help.\n";
    return exit_status(ErrorCode::usage);
  }
  const auto status = session.action();
  session.out.flush();
  if (!status) return report(session, status.error());
  return session.out ? *status : report(session, Error{ErrorCode::internal, "", "standard_output", {}});
}

}  // namespace
}  // namespace hotline::cli

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  hotline::cli::Session session{std::cin, std::cout, std::cerr, {}, {}, {}};
  try {
    return hotline::cli::run(argc, argv, session);
  } catch (const std::exception&) {
    // What an exception says may hold a part of a record; which kind it was is all that is told.
    return hotline::cli::report(session, hotline::Error{});
  }
}
