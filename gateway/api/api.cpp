#include "gateway/api/api.h"

#include "gateway/api/auth.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/crypto/digest.h"
#include "gateway/http/problem.h"

namespace hotline {
namespace {

std::string_view header_or(const HttpRequest& request, std::string_view name) {
  const auto* field = request.header(name);
  return field == nullptr ? std::string_view{} : std::string_view(*field);
}

bool has_body(const HttpRequest& request) {
  return header_or(request, "content-length") != "0" &&
         (request.header("content-length") != nullptr || request.header("transfer-encoding") != nullptr);
}

// Removes a running write from the list, whatever way it ends.
class Running {
 public:
  using Key = std::pair<std::string, std::string>;
  Running(std::mutex& mutex, std::set<Key>& running, Key key)
      : mutex_(mutex), running_(running), key_(std::move(key)) {
    const std::lock_guard lock(mutex_);
    first_ = running_.insert(key_).second;
  }
  ~Running() {
    if (!first_) return;
    const std::lock_guard lock(mutex_);
    running_.erase(key_);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  bool is_first() const { return first_; }

 private:
  std::mutex& mutex_;
  std::set<Key>& running_;
  Key key_;
  bool first_ = false;
};

// A plain hash of a body would be personal data; this one is worth nothing without the node's key.
WriteKey write_key(const ApiContext& context, const Call& call, const std::string& key) {
  const auto secret = context.fingerprint_key.reveal();
  std::string asked = call.request.method + '\n' + call.request.path + '\n';
  for (const auto& [name, value] : call.request.query) asked += name + '=' + value + '\n';
  asked += '\n';
  if (!call.body.IsNull()) asked += to_canonical(call.body);
  return {call.client, to_hex(hmac_sha256(secret, call.client + '\n' + key)),
          to_hex(hmac_sha256(secret, asked))};
}

struct Earlier {
  IdempotencyRow row;
  std::optional<std::string> body;
};

Result<std::optional<Earlier>> earlier_answer(const ApiContext& context, const WriteKey& key) {
  std::optional<Earlier> earlier;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    auto row = reader.idempotency(key.client, key.key_hash);
    if (!row || row->expires <= context.exchange.clock.now()) return {};
    auto body = reader.payload(row->response);
    earlier = Earlier{std::move(*row), std::move(body)};
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return earlier;
}

Reply repeat(const ApiContext& context, const Call& call, Earlier earlier) {
  if (!constant_time_equal(earlier.row.fingerprint, call.key->fingerprint)) {
    return problem(context, call, Error{ErrorCode::idempotency_key_reused, {}, {}, {}});
  }
  if (!earlier.body) return problem(context, call, Error{ErrorCode::store_unavailable, {}, {}, {}});
  Reply reply = json_reply(earlier.row.status, std::move(*earlier.body));
  reply.headers.emplace_back("Idempotency-Replayed", "true");
  return reply;
}

}  // namespace

ServerHooks Api::hooks() {
  return {[this](const HttpRequest& request) { return before_body(request); },
          [this](const HttpRequest& request) { return handle(request); },
          [this](const Error& error, std::string_view language) {
            return problem_reply(error, context_.catalog, language);
          }};
}

// Everything that the head alone decides is decided before a byte of the body is read.
std::optional<Reply> Api::before_body(const HttpRequest& request) {
  const auto refuse = [&](ErrorCode code) {
    return problem_reply(Error{code, {}, {}, {}}, context_.catalog, header_or(request, "accept-language"));
  };
  const Client* client = find_client(context_.clients, request);
  if (client != nullptr && is_enforcement(client->role))
    return context_.refusal.answer(context_.exchange, client->id);
  const auto match = match_route(request.method, request.path);
  const bool is_public = match.route != nullptr && !match.route->scope;
  if (is_public) return std::nullopt;
  if (client == nullptr) return refuse(ErrorCode::unauthenticated);
  if (!match.path_known) return refuse(ErrorCode::not_found);
  if (match.route == nullptr) return refuse(ErrorCode::method_not_allowed);
  // Reading about a referral is for whoever may send or receive one.
  const bool reads =
      request.method == "GET" && *match.route->scope == Scope::submit && client->may(Scope::receive);
  const bool says = match.route->path == "/v1/referrals/{id}/status" && client->may(Scope::submit);
  // What is for a named human's eyes only is read by whoever may attest.
  const bool listens = match.route->path == "/v1/events" && client->may(Scope::attest);
  // Why something was shared or withheld is also the auditors' question.
  const bool asks_why = match.route->path == "/v1/decisions/{id}" && client->may(Scope::audit);
  if (!client->may(*match.route->scope) && !reads && !says && !asks_why && !listens)
    return refuse(ErrorCode::scope_missing);
  const auto type = header_or(request, "content-type");
  const bool fhir = match.route->takes_fhir && context_.fhir != nullptr && is_fhir_type(type);
  if (has_body(request) && !is_json_type(type) && !fhir) return refuse(ErrorCode::media_type_unsupported);
  return std::nullopt;
}

Reply Api::handle(const HttpRequest& request) {
  const Client* client = find_client(context_.clients, request);
  auto match = match_route(request.method, request.path);
  Call call{request, client == nullptr ? std::string() : client->id, std::move(match.id), {}, {}};
  if (!request.body.empty()) {
    auto body = parse_json(request.body);
    if (!body) return problem(context_, call, body.error());
    call.body = std::move(*body);
  }
  if (match.route->key == NeedsKey::no) return match.route->handler(context_, call);

  const auto* field = request.header("idempotency-key");
  if (field == nullptr && match.route->key == NeedsKey::optional) return match.route->handler(context_, call);
  const auto key = parse_idempotency_key(field == nullptr ? std::string_view{} : std::string_view(*field));
  if (!key) return problem(context_, call, Error{ErrorCode::idempotency_key_missing, {}, {}, {}});
  call.key = write_key(context_, call, *key);
  return answer(call, *match.route);
}

Reply Api::answer(const Call& call, const Route& route) {
  const Running running(mutex_, running_, {call.key->client, call.key->key_hash});
  if (!running.is_first())
    return problem(context_, call, Error{ErrorCode::idempotency_in_flight, {}, {}, {}});
  auto earlier = earlier_answer(context_, *call.key);
  if (!earlier) return problem(context_, call, earlier.error());
  if (*earlier) return repeat(context_, call, std::move(**earlier));
  return route.handler(context_, call);
}

}  // namespace hotline
