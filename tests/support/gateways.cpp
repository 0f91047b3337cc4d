#include "tests/support/gateways.h"

#include <signal.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace hotline::test {
namespace {

constexpr const char* kClients[] = {"system:hotline_system:submit,receive,consent", "auditor:auditor:audit",
                                    "supervisor:staff:attest", "operator:operator:admin,stats",
                                    "sheriff:law_enforcement:"};

void must_succeed(const Outcome& outcome, const std::string& what) {
  if (outcome.status != 0) throw std::runtime_error(what + ": " + outcome.err);
}

}  // namespace

std::string program() {
  return HOTLINE_PROGRAM;
}
std::string repository() {
  return HOTLINE_ROOT;
}

Outcome run_gateway_command(std::vector<std::string> words, const std::string& input,
                            const Environment& env) {
  words.insert(words.begin(), program());
  Environment full = {{"HOTLINE_ROOT", repository()}, {"LC_ALL", "C"}};
  for (const auto& [name, value] : env) full[name] = value;
  return run_program(words, input, full);
}

Gateways::Gateways(Instant clock, std::vector<std::string> nodes, std::string root)
    : root_(std::move(root)), nodes_(std::move(nodes)) {
  set_clock(clock);
  const auto ports = free_ports(nodes_.size() * 2);
  for (std::size_t i = 0; i < nodes_.size(); ++i) make_node(nodes_[i], ports[2 * i], ports[2 * i + 1]);
  make_registry();
}

void Gateways::make_node(const std::string& node, std::uint16_t api_port, std::uint16_t peer_port) {
  std::vector<std::string> words = {"init",
                                    "--node",
                                    node,
                                    "--dir",
                                    directory(node),
                                    "--environment",
                                    "test",
                                    "--api-port",
                                    std::to_string(api_port),
                                    "--peer-port",
                                    std::to_string(peer_port),
                                    "--test-clock-file",
                                    home_.path("clock")};
  for (const char* each : kClients) {
    words.emplace_back("--client");
    words.emplace_back(each);
  }
  must_succeed(run_gateway_command(words, {}, {{"HOTLINE_ROOT", root_}}), "init " + node);
  ports_[node] = api_port;
}

void Gateways::make_registry() {
  std::vector<std::string> members;
  for (const auto& node : nodes_) members.push_back(directory(node) + "/member.json");
  const auto with_members = [&](std::vector<std::string> words) {
    words.insert(words.end(), members.begin(), members.end());
    return words;
  };
  const std::string registry = home_.path("registry.json");
  const std::string anchors = home_.path("anchors.json");
  must_succeed(run_gateway_command(with_members({"registry", "assemble", "--not-before",
                                                 "2026-01-01T00:00:00Z", "--out", registry}),
                                   {}, {{"HOTLINE_ROOT", root_}}),
               "registry assemble");
  must_succeed(run_gateway_command(with_members({"registry", "anchors", "--out", anchors})),
               "registry anchors");
  for (const auto& node : nodes_) {
    must_succeed(run_gateway_command({"registry", "sign", "--keys", directory(node) + "/keys", registry}),
                 "registry sign");
  }
  for (const auto& node : nodes_) {
    std::filesystem::copy_file(registry, directory(node) + "/registry.json");
    std::filesystem::copy_file(anchors, directory(node) + "/anchors.json");
  }
}

void Gateways::start(const std::string& node, const std::string& with, const Environment& env) {
  const std::vector<std::string> command = {with, "serve", "--config", config(node)};
  Environment full = {{"HOTLINE_ROOT", root_}};
  for (const auto& [name, value] : env) full[name] = value;
  auto process = std::make_unique<Process>(command, log(node), full);
  const auto ready = process->read_line();
  if (!ready) throw std::runtime_error(node + " does not start: " + read_whole(log(node) + ".err"));
  processes_[node] = std::move(process);
}

int Gateways::stop(const std::string& node) {
  clients_.erase(node);
  const int status = processes_.at(node)->terminate();
  processes_.erase(node);
  return status;
}

// As a shift of the machine's clock, so that time goes on and what waits for it gets its turn.
void Gateways::set_clock(Instant now) {
  const auto shift = now.seconds() - SystemClock().now().seconds();
  write_whole(home_.path("clock.next"), std::to_string(shift) + "\n");
  std::filesystem::rename(home_.path("clock.next"), home_.path("clock"));  // nobody reads half a clock
}

Instant Gateways::now() const {
  return SystemClock().now().plus_seconds(std::stoll(read_whole(home_.path("clock"))));
}

std::string Gateways::token(const std::string& node, const std::string& client) const {
  return read_whole(directory(node) + "/tokens/" + client);
}

HttpClient& Gateways::client(const std::string& node) const {
  auto& client = clients_[node];
  if (!client) {
    const auto tls = TlsContext::client({}, {read_whole(directory(node) + "/keys/tls.crt")});
    if (!tls) throw std::runtime_error("no TLS for " + node);
    HttpClientSettings settings;
    settings.host = "127.0.0.1";
    settings.port = ports_.at(node);
    settings.reply_ms = 90'000;
    client = std::make_unique<HttpClient>(settings, *tls);
  }
  return *client;
}

Reply Gateways::call(const std::string& node, const Call& call) const {
  HttpRequest request;
  request.method = call.method;
  request.path = call.path;
  request.query = call.query;
  request.body = call.body;
  request.headers = call.headers;
  if (!call.client.empty())
    request.headers.emplace_back("Authorization", "Bearer " + token(node, call.client));
  const bool says_type = find_header(call.headers, "Content-Type") != nullptr;
  if (call.method != "GET" && !says_type) request.headers.emplace_back("Content-Type", "application/json");
  auto reply = client(node).send(request);
  if (!reply) throw std::runtime_error(node + ": " + std::string(to_string(reply.error().code)));
  return std::move(*reply);
}

Json Gateways::json(const std::string& node, const Call& what, int expected) const {
  const Reply reply = call(node, what);
  if (reply.status != expected) {
    throw std::runtime_error(what.method + " " + what.path + " at " + node + ": " +
                             std::to_string(reply.status) + " " + reply.body);
  }
  auto parsed = parse_json(reply.body, {64u << 20, 64});
  if (!parsed) throw std::runtime_error(what.path + ": no JSON");
  return std::move(*parsed);
}

bool eventually(const std::function<bool()>& is_so, int seconds) {
  using namespace std::chrono;
  const auto end = steady_clock::now() + std::chrono::seconds(seconds);
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable nobody;
  while (!is_so()) {
    if (steady_clock::now() > end) return false;
    nobody.wait_for(lock, milliseconds(20));
  }
  return true;
}

}  // namespace hotline::test
