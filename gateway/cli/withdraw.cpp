// withdraw: a person takes a consent back.
#include <memory>

#include "gateway/cli/api.h"
#include "gateway/cli/commands.h"

namespace hotline::cli {
namespace {

const Page kPage = {"CONSENT",
                    "Withdraws a consent. Nothing more leaves under it at once; everyone who received "
                    "anything under it is told, what is "
                    "still held there becomes unreadable, and the proof comes back as a signed purge "
                    "receipt: 'hotline-gateway status' "
                    "of the referral shows it. No reason is asked for.",
                    " DIR/config.json, DIR/tokens/system    as made by init",
                    " hotline-gateway withdraw --config ca/config.json C-4207-1"};

struct Options : ApiOptions {
  std::string consent;
};

Result<int> run(Session& session, const Options& options) {
  const auto id = path_id(options.consent);
  if (!id) return fail(id.error());
  return print_call(session, options, "POST", "/v1/consents/" + *id + "/withdraw", {}, "{}");
}

}  // namespace

void add_withdraw(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "withdraw", "take a consent back, everywhere", kPage);
  add_api_options(command, *options);
  command.add_option("CONSENT", options->consent, "Id of the consent.")->required();
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
