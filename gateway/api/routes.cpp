#include "gateway/api/routes.h"

#include "gateway/api/handlers.h"

namespace hotline {
namespace {

constexpr std::string_view kId = "{id}";

// The segment that stands for {id}; nothing when the path is another. An id is never empty and has no slash.
std::optional<std::string_view> match_path(std::string_view pattern, std::string_view path) {
  const auto at = pattern.find(kId);
  if (at == std::string_view::npos) {
    if (pattern != path) return std::nullopt;
    return std::string_view{};
  }
  const auto before = pattern.substr(0, at);
  const auto after = pattern.substr(at + kId.size());
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
    return std::nullopt;
  }
  const auto id = path.substr(before.size(), path.size() - before.size() - after.size());
  if (id.find('/') != std::string_view::npos) return std::nullopt;
  return id;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = {
      {"POST", "/v1/referrals", Scope::submit, NeedsKey::yes, submit_referral},
      {"POST", "/v1/referrals/preview", Scope::submit, NeedsKey::no, preview_referral},
      {"GET", "/v1/referrals", Scope::submit, NeedsKey::no, list_referrals},
      {"GET", "/v1/referrals/{id}", Scope::submit, NeedsKey::no, get_referral},
      {"POST", "/v1/referrals/{id}/stages", Scope::submit, NeedsKey::yes, post_stage},
      {"POST", "/v1/referrals/{id}/status", Scope::receive, NeedsKey::optional, set_status},
      {"GET", "/v1/inbox", Scope::receive, NeedsKey::no, list_inbox},
      {"GET", "/v1/inbox/{id}", Scope::receive, NeedsKey::no, get_inbox_item},
      {"POST", "/v1/inbox/{id}/narratives", Scope::receive, NeedsKey::no, open_item_narratives},
      {"POST", "/v1/inbox/{id}/ack", Scope::receive, NeedsKey::optional, acknowledge_item},
      {"POST", "/v1/consents", Scope::consent, NeedsKey::yes, post_consent, true},
      {"GET", "/v1/consents/{id}", Scope::consent, NeedsKey::no, get_consent},
      {"GET", "/v1/consents/{id}/account", Scope::consent, NeedsKey::no, get_account},
      {"POST", "/v1/consents/{id}/withdraw", Scope::consent, NeedsKey::optional, post_withdrawal},
      {"GET", "/v1/decisions/{id}", Scope::consent, NeedsKey::no, get_decision},
      {"POST", "/v1/consents/{id}/withdraw/confirm", Scope::consent, NeedsKey::optional, confirm_withdrawal},
      {"POST", "/v1/consents/{id}/withdraw/lift", Scope::consent, NeedsKey::optional, lift_withdrawal},
      {"POST", "/v1/consents/{id}/words", Scope::consent, NeedsKey::no, post_words},
      {"POST", "/v1/withdrawals", Scope::consent, NeedsKey::no, post_code},
      {"GET", "/v1/withdrawals", Scope::consent, NeedsKey::no, list_withdrawals},
      {"POST", "/v1/purges/{id}", Scope::receive, NeedsKey::optional, post_purge},
      {"GET", "/v1/events", Scope::receive, NeedsKey::no, list_events},
      {"POST", "/v1/attestations", Scope::attest, NeedsKey::yes, post_attestation},
      {"GET", "/v1/audit/entries", Scope::audit, NeedsKey::no, list_entries},
      {"GET", "/v1/audit/exchanges/{id}", Scope::audit, NeedsKey::no, get_exchange},
      {"GET", "/v1/mappings/shadow", Scope::admin, NeedsKey::no, get_shadow},
      {"GET", "/log/checkpoint", std::nullopt, NeedsKey::no, get_checkpoint},
      {"GET", "/openapi.json", std::nullopt, NeedsKey::no, get_openapi},
      {"GET", "/healthz", std::nullopt, NeedsKey::no, get_health},
      {"GET", "/readyz", std::nullopt, NeedsKey::no, get_readiness},
      {"GET", "/metrics", std::nullopt, NeedsKey::no, get_metrics},
  };
  return table;
}

// A fixed path comes before a pattern in the table, so /v1/referrals/preview is never taken for an id.
Match match_route(std::string_view method, std::string_view path) {
  Match match;
  for (const auto& route : routes()) {
    const auto id = match_path(route.path, path);
    if (!id) continue;
    match.path_known = true;
    if (route.method != method) continue;
    match.route = &route;
    match.id = std::string(*id);
    return match;
  }
  return match;
}

}  // namespace hotline
