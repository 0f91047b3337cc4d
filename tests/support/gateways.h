// A network of real gateways for one test: nodes made by `init`, a registry signed by all, processes on free
// loopback ports, one clock file that all of them read. Nothing of it outlives the object.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/http/client.h"
#include "i18n/base/clock.h"
#include "i18n/base/json.h"
#include "tests/support/places.h"
#include "tests/support/process.h"

namespace hotline::test {

// Of the program under test.
std::string program();
std::string repository();
Outcome run_gateway_command(std::vector<std::string> words, const std::string& input = {},
                            const Environment& env = {});

class Gateways {
 public:
  // Makes the nodes and the registry; starts none. Besides system, auditor, supervisor and operator every
  // node knows the client `sheriff`, whose role is law_enforcement. `root` is the data root of them all.
  explicit Gateways(Instant clock, std::vector<std::string> nodes = {"us", "ca", "mx"},
                    std::string root = repository());

  // Returns once it listens; throws when it does not. Another program may stand in for the gateway's own.
  void start(const std::string& node, const std::string& with = program(), const Environment& env = {});
  int stop(const std::string& node);  // SIGTERM; its exit status
  Process& process(const std::string& node) { return *processes_.at(node); }
  void set_clock(Instant now);  // it goes on from there
  Instant now() const;          // by that clock

  struct Call {
    std::string method = "GET";
    std::string path;
    Headers query = {};
    std::string body = {};
    Headers headers = {};
    std::string client = "system";
  };
  // Throws when nobody answers.
  Reply call(const std::string& node, const Call& call) const;
  // The same, and the body as JSON; throws on any status but `expected`.
  Json json(const std::string& node, const Call& call, int expected = 200) const;

  std::string directory(const std::string& node) const { return home_.path(node); }
  std::string config(const std::string& node) const { return home_.path(node + "/config.json"); }
  std::string token(const std::string& node, const std::string& client) const;
  std::string log(const std::string& node) const { return home_.path("log-" + node); }  // with .out and .err
  std::string path(const std::string& below) const { return home_.path(below); }
  std::uint16_t api_port(const std::string& node) const { return ports_.at(node); }
  const std::vector<std::string>& nodes() const { return nodes_; }

 private:
  void make_node(const std::string& node, std::uint16_t api_port, std::uint16_t peer_port);
  void make_registry();
  HttpClient& client(const std::string& node) const;

  TemporaryFolder home_;
  std::string root_;
  std::vector<std::string> nodes_;
  std::map<std::string, std::uint16_t> ports_;
  mutable std::map<std::string, std::unique_ptr<HttpClient>> clients_;
  std::map<std::string, std::unique_ptr<Process>> processes_;
};

// Asks again until it is so; false when it is not after `seconds`. The only place of the tests that waits by
// time.
bool eventually(const std::function<bool()>& is_so, int seconds = 60);

}  // namespace hotline::test
