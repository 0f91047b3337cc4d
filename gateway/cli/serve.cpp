// serve: one gateway, until it is told to stop.
#include <signal.h>

#include <memory>

#include "config/settings.h"
#include "gateway/cli/commands.h"
#include "gateway/node/node.h"
#include "i18n/base/json.h"

namespace hotline::cli {
namespace {

const Page kPage = {"--config FILE",
                    "Runs one gateway in the foreground. When it listens, it prints one line of JSON to "
                    "standard output: its id and the "
                    "ports of its API and of its peer link. SIGTERM or SIGINT lets running requests end and "
                    "stops it; what is "
                    "undelivered stays queued and goes out after the next start. It may be killed at any "
                    "moment: what was acknowledged "
                    "is on the disk. Its own log goes to standard error and holds nothing about any person.",
                    " config.json      settings; config/README.md says what every key does\n"
                    " store/           the store; back up gateway.db, never keys.db",
                    " hotline-gateway serve --config /srv/gateway/config.json"};

struct Options {
  std::string config;
};

// Signals are taken here and nowhere else: blocked before any thread of the gateway starts.
sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

std::string ready_line(const Settings& settings, const Node& node) {
  Json line(rapidjson::kObjectType);
  auto& allocator = line.GetAllocator();
  set_text(line, "event", "listening", allocator);
  set_text(line, "node", settings.node.get(), allocator);
  set_text(line, "api", "https://" + settings.api.host + ":" + std::to_string(node.api_port()), allocator);
  set_text(line, "peer", "https://" + settings.peer.host + ":" + std::to_string(node.peer_port()), allocator);
  return to_text(line);
}

Result<int> run(Session& session, const Options& options) {
  const auto settings = Settings::load(options.config);
  if (!settings) return fail(settings.error());
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  const auto node = Node::start(*settings);
  if (!node) return fail(node.error());
  session.out << ready_line(*settings, **node) << std::endl;  // flushed: somebody waits for this line
  int received = 0;
  sigwait(&signals, &received);
  (*node)->stop();
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, session, "serve", "run one gateway", kPage);
  command.add_option("--config", options->config, "Settings of the node.")->type_name("FILE")->required();
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
