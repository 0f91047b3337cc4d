// The table of routes: method, path, who may, and what answers. openapi.json is tested against it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "gateway/exchange/answer.h"
#include "gateway/http/message.h"
#include "i18n/base/json.h"

namespace hotline {

struct ApiContext;

enum class NeedsKey { no, optional, yes };  // Idempotency-Key

// One call of a known client to a known route.
struct Call {
  const HttpRequest& request;
  std::string client;           // id; "" for a public route
  std::string id;               // what stands for {id} in the path
  Json body;                    // parsed; null when there was none
  std::optional<WriteKey> key;  // of a write that has an Idempotency-Key
};

using Handler = Reply (*)(const ApiContext&, const Call&);

struct Route {
  std::string_view method;
  std::string_view path;       // "/v1/referrals/{id}"
  std::optional<Scope> scope;  // nothing: for everyone
  NeedsKey key = NeedsKey::no;
  Handler handler = nullptr;
  bool takes_fhir = false;  // a body of application/fhir+json too
};

const std::vector<Route>& routes();

struct Match {
  const Route* route = nullptr;  // nullptr: no such path, or not with that method
  bool path_known = false;
  std::string id;
};
Match match_route(std::string_view method, std::string_view path);

}  // namespace hotline
