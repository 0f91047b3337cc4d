#include "gateway/api/auth.h"

#include "gateway/crypto/digest.h"

namespace hotline {
namespace {

std::string token_digest(const HttpRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  const auto* field = request.header("authorization");
  if (field == nullptr || field->size() <= kScheme.size() ||
      !same_header_name(std::string_view(*field).substr(0, kScheme.size()), kScheme)) {
    return {};
  }
  return sha256_hex(std::string_view(*field).substr(kScheme.size()));
}

// What the settings do not ask for is not looked at; asking for nothing never matches.
bool proves(const std::string& wanted, const std::string& shown) {
  return wanted.empty() || constant_time_equal(wanted, shown);
}

}  // namespace

const Client* find_client(const std::vector<Client>& clients, const HttpRequest& request) {
  const auto token = token_digest(request);
  const Client* found = nullptr;
  for (const auto& client : clients) {
    if (client.token_sha256.empty() && client.certificate_sha256.empty()) continue;
    if (proves(client.token_sha256, token) && proves(client.certificate_sha256, request.certificate_sha256)) {
      found = &client;
    }
  }
  return found;
}

}  // namespace hotline
