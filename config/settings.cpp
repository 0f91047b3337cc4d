#include "config/settings.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "config/read.h"
#include "config/schema.h"
#include "config/settings_rules.h"

namespace hotline {
namespace {

std::string text_of(const JsonValue& object, std::string_view name) {
  return std::string(text_at(object, name));
}

template <class Enum, std::size_t N>
Enum read_enum(const JsonValue& object, std::string_view name, const std::array<Enum, N>& values,
               Enum fallback) {
  const std::string_view text = text_at(object, name);
  for (const Enum each : values) {
    if (to_string(each) == text) return each;
  }
  return fallback;
}

constexpr std::array kEnvironments = {Environment::production, Environment::demo, Environment::test};
constexpr std::array kLevels = {LogLevel::error, LogLevel::warning, LogLevel::information, LogLevel::debug};
constexpr std::array kRoles = {ClientRole::hotline_system,  ClientRole::staff,
                               ClientRole::auditor,         ClientRole::operator_,
                               ClientRole::law_enforcement, ClientRole::immigration_enforcement};
constexpr std::array kScopes = {Scope::submit, Scope::receive, Scope::consent, Scope::attest,
                                Scope::audit,  Scope::stats,   Scope::admin};

Client read_client(const JsonValue& value) {
  Client client;
  client.id = text_of(value, "id");
  client.role = read_enum(value, "role", kRoles, ClientRole::law_enforcement);
  for (const std::string& name : texts_at(value, "scopes")) {
    for (const Scope each : kScopes) {
      if (to_string(each) == name) client.scopes.push_back(each);
    }
  }
  client.token_sha256 = text_of(value, "token_sha256");
  client.certificate_sha256 = text_of(value, "certificate_sha256");
  return client;
}

Endpoint read_endpoint(const JsonValue& value) {
  return {text_of(value, "host"), static_cast<std::uint16_t>(integer_at(value, "port"))};
}

// Absolute and without . and .., so that a later change of the working directory changes nothing.
std::string resolve(const std::string& folder, std::string_view path) {
  if (path.empty()) return {};
  std::error_code error;
  const auto base = std::filesystem::absolute(folder.empty() ? "." : folder, error);
  return (base / std::filesystem::path(path)).lexically_normal().string();
}

void read_numbers(const JsonValue& document, Settings& s) {
  const JsonValue& delivery = object_at(document, "delivery");
  s.retry_base_seconds = integer_at(delivery, "retry_base_seconds", s.retry_base_seconds);
  s.retry_max_seconds = integer_at(delivery, "retry_max_seconds", s.retry_max_seconds);
  s.delivery_workers = static_cast<int>(integer_at(delivery, "workers", s.delivery_workers));
  const JsonValue& delay = object_at(document, "unlink_delay");
  s.unlink_min_seconds = integer_at(delay, "min_seconds", s.unlink_min_seconds);
  s.unlink_max_seconds =
      integer_at(delay, "max_seconds", std::max(s.unlink_max_seconds, s.unlink_min_seconds));
  const JsonValue& limits = object_at(document, "limits");
  s.max_body_bytes = static_cast<std::size_t>(
      integer_at(limits, "max_body_bytes", static_cast<std::int64_t>(s.max_body_bytes)));
  s.request_timeout_seconds = integer_at(limits, "request_timeout_seconds", s.request_timeout_seconds);
  s.threads = static_cast<int>(integer_at(document, "threads", s.threads));
}

Settings read_settings(const JsonValue& document, const std::string& folder) {
  Settings s;
  const auto path = [&](const JsonValue& object, std::string_view name) {
    return resolve(folder, text_at(object, name));
  };
  const JsonValue& registry = object_at(document, "registry");
  const JsonValue& store = object_at(document, "store");
  s.node = MemberId(text_of(document, "node"));
  s.environment = read_enum(document, "environment", kEnvironments, Environment::production);
  s.data_root = path(document, "data_root");
  s.registry_file = path(registry, "file");
  s.anchors_file = path(registry, "anchors");
  s.registry_minimum_signers =
      static_cast<int>(integer_at(registry, "minimum_signers", s.registry_minimum_signers));
  s.language = LanguageTag(text_of(document, "language"));
  s.main_db = path(store, "main");
  s.keys_db = path(store, "keys");
  s.keys_folder = path(object_at(document, "keys"), "folder");
  s.api = read_endpoint(object_at(document, "api"));
  s.peer = read_endpoint(object_at(document, "peer"));
  s.peer_endpoint = text_of(object_at(document, "peer"), "endpoint");
  for (const JsonValue& each : member(document, "clients")->GetArray())
    s.clients.push_back(read_client(each));
  read_numbers(document, s);
  s.shadow = path(document, "shadow");
  s.test_clock_file = path(document, "test_clock_file");
  s.log_level = read_enum(document, "log_level", kLevels, s.log_level);
  return s;
}

// The operator hears one code for everything; what exactly is wrong stays with the pointer.
tl::unexpected<Error> as_settings_error(Error error) {
  const auto said = [](ErrorCode code, const std::string& expected) {
    return std::string(to_string(code)) + (expected.empty() ? "" : ": " + expected);
  };
  error.expected = said(error.code, error.expected);
  error.code = ErrorCode::settings_invalid;
  for (Fault& fault : error.more) {
    fault.expected = said(fault.code, fault.expected);
    fault.code = ErrorCode::settings_invalid;
  }
  return fail(std::move(error));
}

}  // namespace

Result<Settings> Settings::parse(const JsonValue& document, const std::string& folder,
                                 const std::string& schema_root) {
  const std::string root =
      schema_root.empty() ? resolve(folder, text_at(document, "data_root")) : schema_root;
  if (root.empty()) return fail(ErrorCode::settings_invalid, {}, "field_missing: data_root");
  const auto schema = Schema::load(root + "/config/schema/settings.schema.json", nullptr);
  if (!schema) return fail(ErrorCode::settings_invalid, "/data_root", "config/schema/settings.schema.json");
  if (auto valid = schema->validate(document); !valid) return as_settings_error(std::move(valid.error()));
  Settings settings = read_settings(document, folder);
  if (auto sound = check_settings_rules(settings); !sound) return fail(std::move(sound.error()));
  return settings;
}

Result<Settings> Settings::load(const std::string& file) {
  const auto document = read_json_file(file);
  if (!document) return fail(document.error());
  auto settings = parse(*document, std::filesystem::path(file).parent_path().string(), {});
  if (settings) settings->file = resolve({}, file);
  return settings;
}

}  // namespace hotline
