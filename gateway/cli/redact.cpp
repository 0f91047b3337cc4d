// redact: the disclosure itself, as it would be sealed.
#include <memory>

#include "gateway/cli/commands.h"
#include "gateway/cli/decided.h"

namespace hotline::cli {
namespace {

const Page kPage = {"--from PROFILE --to NODE [--purpose P] [FILE]",
                    "Prints what would be sealed and sent, as canonical JSON: one line for each disclosure. "
                    "People whose consents "
                    "differ travel in different, unlinked disclosures, each with random ids of its own, so "
                    "two runs never print the "
                    "same ids. Nothing is sent.\n"
                    "\n"
                    "When nothing may leave, the exit status is 4 and the problem says so. A value that was "
                    "to be withheld and is found "
                    "in the finished disclosure refuses it (4); found in a narrative, it holds that "
                    "narrative back and the rest goes.",
                    " config/policy/                         the rules\n"
                    " config/registry/demo-members.json      whom it can be sent to, without --registry",
                    " hotline-gateway redact --from us --to mx record.json\n"
                    " hotline-gateway redact --from us --to ca --now 2026-03-04T12:00:00Z - < record.json"};

Result<int> run(Session& session, const DecideOptions& options) {
  const auto decided = decide_from_file(session, options);
  if (!decided) return fail(decided.error());
  const auto made = disclosures(*decided);
  if (!made) return fail(made.error());
  if (made->empty()) return fail(ErrorCode::no_consent);
  for (const Disclosure& disclosure : *made) session.out << disclosure.bytes() << '\n';
  return 0;
}

}  // namespace

void add_redact(CLI::App& app, Session& session) {
  auto options = std::make_shared<DecideOptions>();
  CLI::App& command =
      add_command(app, session, "redact", "print what would be sent, and nothing else", kPage);
  add_decide_options(command, *options);
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
