// The settings of one node: config.json in the node's folder, read once at start. Every key with its
// consequence stands in config/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

enum class Environment { production, demo, test };
enum class LogLevel { error, warning, information, debug };
enum class ClientRole { hotline_system, staff, auditor, operator_, law_enforcement, immigration_enforcement };
enum class Scope { submit, receive, consent, attest, audit, stats, admin };
std::string_view to_string(Environment environment);
std::string_view to_string(LogLevel level);
std::string_view to_string(ClientRole role);
std::string_view to_string(Scope scope);
bool is_enforcement(ClientRole role);  // its every request gets the one fixed refusal

// A system or person of the hotline's own house that may call the API.
struct Client {
  std::string id;
  ClientRole role = ClientRole::hotline_system;
  std::vector<Scope> scopes;
  std::string token_sha256;        // hex, of the bearer token; one of the two, or both, is set
  std::string certificate_sha256;  // hex, of the client certificate (DER)
  bool may(Scope scope) const;
};

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
};

struct Settings {
  MemberId node;
  Environment environment = Environment::production;
  std::string file;       // where this was read
  std::string data_root;  // the folder that holds i18n/, config/, adapters/, consent/
  std::string registry_file;
  std::string anchors_file;  // the founders' public signing keys, put there by hand
  int registry_minimum_signers = 2;
  LanguageTag language;
  std::string main_db;
  std::string keys_db;
  std::string keys_folder;
  Endpoint api;
  Endpoint peer;
  std::string peer_endpoint;  // as the others reach it: https://host:port
  std::vector<Client> clients;
  std::int64_t retry_base_seconds = 2;
  std::int64_t retry_max_seconds = 900;
  int delivery_workers = 4;
  std::int64_t unlink_min_seconds = 120;  // people parted by consent must not be linked by the minute
  std::int64_t unlink_max_seconds = 900;
  std::size_t max_body_bytes = 1 << 20;
  std::int64_t request_timeout_seconds = 30;
  int threads = 160;
  std::string shadow;           // folder of another version of the own profile, "" for none
  std::string test_clock_file;  // "" but in environment test
  LogLevel log_level = LogLevel::information;

  // Relative paths are taken from the folder of `file`; in what comes back all are absolute. settings_invalid
  // with the pointer of what is wrong (unknown keys included), or the reader's own error for what is no JSON.
  static Result<Settings> load(const std::string& file);
  // The same of a document; `schema_root` is the data root that holds config/schema, "" for the one that it
  // names.
  static Result<Settings> parse(const JsonValue& document, const std::string& folder,
                                const std::string& schema_root);
};

}  // namespace hotline
