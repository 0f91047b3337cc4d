// The API for the hotline's own systems: who may call what, and the calls (openapi.json says it to clients).
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/api/routes.h"
#include "gateway/crypto/secret.h"
#include "gateway/exchange/outbox.h"
#include "gateway/http/server.h"
#include "gateway/link/refusal.h"
#include "i18n/catalog.h"

namespace hotline {

// What the calls are answered with. Everything outlives the Api.
struct ApiContext {
  const ExchangeContext& exchange;
  Outbox& outbox;
  const std::vector<Client>& clients;
  const SecretBytes& fingerprint_key;
  const Catalog& catalog;
  const FixedRefusal& refusal;
  std::string openapi;            // the text of openapi.json
  const Profile* fhir = nullptr;  // how a consent is read and written as FHIR; nothing without such data
  std::function<std::vector<std::string>()> notices = {};  // codes of what an operator should look at
};

class Api {
 public:
  explicit Api(const ApiContext& context) : context_(context) {}
  ServerHooks hooks();  // the Api must outlive the server

 private:
  std::optional<Reply> before_body(const HttpRequest& request);
  Reply handle(const HttpRequest& request);
  Reply answer(const Call& call, const Route& route);

  const ApiContext& context_;
  std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> running_;  // client and key of the writes that are being done
};

}  // namespace hotline
