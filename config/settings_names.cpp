#include <algorithm>

#include "config/settings.h"

namespace hotline {

std::string_view to_string(Environment environment) {
  switch (environment) {
    case Environment::production:
      return "production";
    case Environment::demo:
      return "demo";
    case Environment::test:
      return "test";
  }
  return "";
}

std::string_view to_string(LogLevel level) {
  switch (level) {
    case LogLevel::error:
      return "error";
    case LogLevel::warning:
      return "warning";
    case LogLevel::information:
      return "information";
    case LogLevel::debug:
      return "debug";
  }
  return "";
}

std::string_view to_string(ClientRole role) {
  switch (role) {
    case ClientRole::hotline_system:
      return "hotline_system";
    case ClientRole::staff:
      return "staff";
    case ClientRole::auditor:
      return "auditor";
    case ClientRole::operator_:
      return "operator";
    case ClientRole::law_enforcement:
      return "law_enforcement";
    case ClientRole::immigration_enforcement:
      return "immigration_enforcement";
  }
  return "";
}

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::submit:
      return "submit";
    case Scope::receive:
      return "receive";
    case Scope::consent:
      return "consent";
    case Scope::attest:
      return "attest";
    case Scope::audit:
      return "audit";
    case Scope::stats:
      return "stats";
    case Scope::admin:
      return "admin";
  }
  return "";
}

bool is_enforcement(ClientRole role) {
  return role == ClientRole::law_enforcement || role == ClientRole::immigration_enforcement;
}

bool Client::may(Scope scope) const {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace hotline
