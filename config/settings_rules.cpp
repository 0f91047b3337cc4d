#include "config/settings_rules.h"

#include <algorithm>

namespace hotline {
namespace {

Result<void> wrong(std::string pointer, std::string expected) {
  return fail(ErrorCode::settings_invalid, std::move(pointer), std::move(expected));
}

// Who can read the log must not also read the referrals that it speaks of; who attests a danger must not be
// the one who sends on that attestation.
Result<void> check_client(const Client& client, const std::string& place) {
  if (client.token_sha256.empty() && client.certificate_sha256.empty()) {
    return wrong(place, "token_sha256|certificate_sha256");
  }
  const std::string scopes = place + "/scopes";
  if (client.may(Scope::audit) && client.may(Scope::receive)) return wrong(scopes, "audit without receive");
  if (client.may(Scope::attest) && client.may(Scope::submit)) return wrong(scopes, "attest without submit");
  if (is_enforcement(client.role) && !client.scopes.empty()) return wrong(scopes, "none for enforcement");
  return {};
}

// The same secret twice would give one caller the scopes of two.
Result<void> check_distinct(const Client& one, const Client& other, const std::string& place) {
  if (one.id == other.id) return wrong(place + "/id", "unique");
  if (!one.token_sha256.empty() && one.token_sha256 == other.token_sha256) {
    return wrong(place + "/token_sha256", "unique");
  }
  if (!one.certificate_sha256.empty() && one.certificate_sha256 == other.certificate_sha256) {
    return wrong(place + "/certificate_sha256", "unique");
  }
  return {};
}

Result<void> check_clients(const std::vector<Client>& clients) {
  for (std::size_t i = 0; i < clients.size(); ++i) {
    const std::string place = pointer_join("/clients", i);
    if (auto sound = check_client(clients[i], place); !sound) return sound;
    for (std::size_t j = 0; j < i; ++j) {
      if (auto distinct = check_distinct(clients[i], clients[j], place); !distinct) return distinct;
    }
  }
  return {};
}

}  // namespace

Result<void> check_settings_rules(const Settings& settings) {
  if (settings.main_db == settings.keys_db) return wrong("/store/keys", "another file than /store/main");
  if (settings.retry_max_seconds < settings.retry_base_seconds) {
    return wrong("/delivery/retry_max_seconds", "not below retry_base_seconds");
  }
  if (settings.unlink_max_seconds < settings.unlink_min_seconds) {
    return wrong("/unlink_delay/max_seconds", "not below min_seconds");
  }
  if (!settings.test_clock_file.empty() && settings.environment != Environment::test) {
    return wrong("/test_clock_file", "environment test");
  }
  return check_clients(settings.clients);
}

}  // namespace hotline
