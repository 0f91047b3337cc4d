#include "gateway/cli/init_config.h"

#include <algorithm>

#include "i18n/base/json.h"

namespace hotline::cli {
namespace {

using Allocator = Json::AllocatorType;

// A part of the settings, with a word on what it does. The whole of every key is config/README.md.
JsonValue part(std::string_view comment, Allocator& allocator) {
  JsonValue object(rapidjson::kObjectType);
  set_text(object, "_comment", comment, allocator);
  return object;
}

JsonValue registry_part(Allocator& allocator) {
  JsonValue registry = part(
      "The members that this node trusts, signed by at least minimum_signers of the founders in anchors. "
      "anchors is put here by hand: it is where trust begins.",
      allocator);
  set_text(registry, "file", "registry.json", allocator);
  set_text(registry, "anchors", "anchors.json", allocator);
  set_member(registry, "minimum_signers", JsonValue(2), allocator);
  return registry;
}

JsonValue store_part(Allocator& allocator) {
  JsonValue store = part(
      "Back up gateway.db, never keys.db: a payload whose key is destroyed must not come back with a backup.",
      allocator);
  set_text(store, "main", "store/gateway.db", allocator);
  set_text(store, "keys", "store/keys.db", allocator);
  return store;
}

JsonValue listener(std::string_view comment, const NewNode& node, std::uint16_t port, Allocator& allocator) {
  JsonValue endpoint = part(comment, allocator);
  set_text(endpoint, "host", node.host, allocator);
  set_member(endpoint, "port", JsonValue(port), allocator);
  return endpoint;
}

// A demonstration shows the wait without being one; a test sets its own.
JsonValue unlink_part(const NewNode& node, Allocator& allocator) {
  const bool shown = node.environment == "demo";
  const bool none = node.environment == "test";
  JsonValue delay = part(
      "People of one record who agreed to different things go as separate referrals, so far apart in time "
      "that "
      "the receiver cannot tell that they belong together. A crisis never waits more than 60 seconds.",
      allocator);
  set_member(delay, "min_seconds", JsonValue(none ? 0 : shown ? 1 : 120), allocator);
  set_member(delay, "max_seconds", JsonValue(none ? 0 : shown ? 4 : 900), allocator);
  return delay;
}

JsonValue client_part(const Client& client, Allocator& allocator) {
  JsonValue object(rapidjson::kObjectType);
  set_text(object, "id", client.id, allocator);
  set_text(object, "role", to_string(client.role), allocator);
  JsonValue scopes(rapidjson::kArrayType);
  for (const Scope scope : client.scopes) scopes.PushBack(make_text(to_string(scope), allocator), allocator);
  set_member(object, "scopes", std::move(scopes), allocator);
  set_text(object, "token_sha256", client.token_sha256, allocator);
  return object;
}

JsonValue clients_part(const NewNode& node, Allocator& allocator) {
  JsonValue clients(rapidjson::kArrayType);
  for (const Client& client : node.clients) clients.PushBack(client_part(client, allocator), allocator);
  return clients;
}

}  // namespace

std::string config_text(const NewNode& node) {
  Json config(rapidjson::kObjectType);
  auto& allocator = config.GetAllocator();
  set_text(
      config, "_comment",
      "Settings of one gateway; relative paths are taken from this folder. Every key with its consequence: "
      "config/README.md. Check a change with 'hotline-gateway check' before a restart.",
      allocator);
  set_text(config, "node", node.id, allocator);
  set_text(config, "environment", node.environment, allocator);
  set_text(config, "data_root", node.data_root, allocator);
  set_member(config, "registry", registry_part(allocator), allocator);
  set_text(config, "language", node.language, allocator);
  set_member(config, "store", store_part(allocator), allocator);
  JsonValue keys =
      part("Private keys, readable by the gateway's user only. Made once; never copied off this machine.",
           allocator);
  set_text(keys, "folder", "keys", allocator);
  set_member(config, "keys", std::move(keys), allocator);
  set_member(config, "api",
             listener("Where this hotline's own systems call.", node, node.api_port, allocator), allocator);
  JsonValue peer = listener("Where the other gateways call; endpoint is the address by which they reach it.",
                            node, node.peer_port, allocator);
  set_text(peer, "endpoint", node.endpoint, allocator);
  set_member(config, "peer", std::move(peer), allocator);
  set_member(config, "clients", clients_part(node, allocator), allocator);
  set_member(config, "unlink_delay", unlink_part(node, allocator), allocator);
  if (!node.test_clock_file.empty()) set_text(config, "test_clock_file", node.test_clock_file, allocator);
  set_text(config, "log_level", "information", allocator);
  return to_pretty(config) + "\n";
}

}  // namespace hotline::cli
