#include "gateway/link/http_link.h"

#include "gateway/http/problem.h"
#include "i18n/base/json.h"

namespace hotline {

ErrorCode code_of_problem(std::string_view problem) {
  const auto document = parse_json(problem);
  if (!document) return ErrorCode::peer_unavailable;
  const auto type = text_at(*document, "type");
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (type == problem_type(code)) return code;
  }
  return ErrorCode::peer_unavailable;
}

Result<std::unique_ptr<HttpPeerLink>> HttpPeerLink::make(const Registry& registry, const MemberId& self,
                                                         const TlsIdentity& identity) {
  auto link = std::make_unique<HttpPeerLink>();
  for (const auto& member : registry.members()) {
    if (member.id == self || !member.active || is_enforcement(member.role)) continue;
    auto settings = client_for(member.endpoint);
    if (!settings) return fail(std::move(settings.error()));
    settings->pinned_key = member.spki_sha256;
    auto tls = TlsContext::client(identity, {member.certificate_pem});
    if (!tls) return fail(std::move(tls.error()));
    link->clients_.emplace(member.id, std::make_unique<HttpClient>(std::move(*settings), std::move(*tls)));
  }
  return link;
}

Result<std::string> HttpPeerLink::post(const MemberId& peer, std::string_view sealed, int timeout_ms) {
  const auto client = clients_.find(peer);
  if (client == clients_.end()) return fail(ErrorCode::peer_unknown);
  HttpRequest request;
  request.method = "POST";
  request.path = "/peer/v1/messages";
  request.headers = {{"Content-Type", "application/jose"}};
  request.body = std::string(sealed);
  auto reply = client->second->send(request, timeout_ms);
  if (!reply) return fail(std::move(reply.error()));
  if (reply->status != 200) return fail(code_of_problem(reply->body));
  return std::move(reply->body);
}

}  // namespace hotline
