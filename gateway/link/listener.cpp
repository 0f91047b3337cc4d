#include "gateway/link/listener.h"

#include "gateway/exchange/receive.h"
#include "gateway/http/problem.h"

namespace hotline {
namespace {

std::string_view language_of(const HttpRequest& request) {
  const auto* language = request.header("accept-language");
  return language == nullptr ? std::string_view{} : std::string_view(*language);
}

bool is_sealed(const HttpRequest& request) {
  const auto* type = request.header("content-type");
  return type != nullptr && same_header_name(*type, "application/jose");
}

}  // namespace

ServerHooks PeerListener::hooks() {
  return {[this](const HttpRequest& request) { return before_body(request); },
          [this](const HttpRequest& request) { return handle(request); },
          [this](const Error& error, std::string_view language) {
            return problem_reply(error, catalog_, language);
          }};
}

// The certificate's key is looked up in the registry; the name in the certificate plays no part.
const Member* PeerListener::caller(const HttpRequest& request) const {
  for (const auto& member : context_.registry.members()) {
    if (member.active && !request.certificate_key.empty() && member.spki_sha256 == request.certificate_key) {
      return &member;
    }
  }
  return nullptr;
}

Reply PeerListener::problem(const HttpRequest& request, ErrorCode code) const {
  return problem_reply(Error{code, {}, {}, {}}, catalog_, language_of(request));
}

std::optional<Reply> PeerListener::before_body(const HttpRequest& request) const {
  const Member* member = caller(request);
  if (member == nullptr) return problem(request, ErrorCode::peer_unknown);
  if (is_enforcement(member->role)) return refusal_.answer(context_, member->id.get());
  if (request.path != "/peer/v1/messages") return problem(request, ErrorCode::not_found);
  if (request.method != "POST") return problem(request, ErrorCode::method_not_allowed);
  if (!is_sealed(request)) return problem(request, ErrorCode::media_type_unsupported);
  return std::nullopt;
}

Reply PeerListener::handle(const HttpRequest& request) const {
  auto received = receive(context_, request.body, caller(request)->id);
  if (!received) return problem_reply(received.error(), catalog_, language_of(request));
  if (!received->jobs.empty()) outbox_.add(std::move(received->jobs));
  Reply reply;
  reply.content_type = "application/jose";
  reply.body = std::move(received->receipt);
  reply.headers = {{"Cache-Control", "no-store"}};
  return reply;
}

}  // namespace hotline
