#include "gateway/node/node.h"

#include <algorithm>

#include "config/settings.h"
#include "gateway/api/api.h"
#include "gateway/api/fhir_consent.h"
#include "gateway/crypto/node_keys.h"
#include "gateway/exchange/consent_versions.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "gateway/link/http_link.h"
#include "gateway/link/listener.h"
#include "gateway/node/node_clock.h"
#include "gateway/node/store_place.h"
#include "gateway/node/trusted_registry.h"
#include "i18n/base/text_files.h"
#include "i18n/catalog.h"
#include "i18n/codes.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

// What is decided by: data, read once. It never moves, because its parts refer to each other.
struct Data {
  std::optional<CodeSystems> codes;
  std::optional<Catalog> catalog;
  std::optional<Schema> schema;
  std::optional<Policies> policies;
  std::optional<ConsentTexts> texts;
  std::optional<Statements> statements;
  std::optional<StaffWords> staff_words;
  std::optional<Profiles> profiles;
  std::string openapi;
};

template <class T>
Result<void> put(std::optional<T>& place, Result<T> loaded) {
  if (!loaded) return fail(std::move(loaded.error()));
  place.emplace(std::move(*loaded));
  return {};
}

Result<std::unique_ptr<Data>> load_data(const std::string& root) {
  auto data = std::make_unique<Data>();
  if (auto read = put(data->codes, CodeSystems::load(root)); !read) return fail(read.error());
  if (auto read = put(data->catalog, Catalog::load(root)); !read) return fail(read.error());
  const auto schema_file = root + "/config/schema/referral.schema.json";
  if (auto read = put(data->schema, Schema::load(schema_file, &*data->codes)); !read)
    return fail(read.error());
  if (auto read = put(data->policies, Policies::load(root)); !read) return fail(read.error());
  if (auto read = put(data->texts, ConsentTexts::load(root)); !read) return fail(read.error());
  if (auto read = put(data->statements, Statements::load(root)); !read) return fail(read.error());
  if (auto read = put(data->staff_words, StaffWords::load(root)); !read) return fail(read.error());
  if (auto read = put(data->profiles, Profiles::load(root, *data->schema, *data->codes)); !read) {
    return fail(read.error());
  }
  auto openapi = read_file(root + "/gateway/api/openapi.json");
  if (!openapi) return fail(ErrorCode::data_invalid, {}, "gateway/api/openapi.json");
  data->openapi = std::move(*openapi);
  return data;
}

// Consent has to be offered in these languages; without a text in one of them it cannot be.
Result<void> check_offered(const Policies& policies, const Member& self, const Statements& statements) {
  const Policy* policy = policies.country(self.country);
  for (const auto& language : (policy == nullptr ? policies.base() : *policy).offered_languages) {
    const auto& all = statements.all();
    const bool there = std::any_of(all.begin(), all.end(), [&](const Statement& each) {
      return base_language(each.language) == language;
    });
    if (!there)
      return fail(ErrorCode::data_invalid, "/consent/offered_languages", "statement_language " + language);
  }
  return {};
}

std::vector<std::string> peer_certificates(const Registry& registry, const MemberId& self) {
  std::vector<std::string> certificates;
  for (const auto& member : registry.members()) {
    if (member.id != self && member.active) certificates.push_back(member.certificate_pem);
  }
  return certificates;
}

// With keys that are not those of its entry nothing that this node says would be believed, and nothing that
// it is sent could be opened: better said at the start than by every peer.
Result<void> check_own_entry(const Member& entry, const NodeKeys& keys, const OwnKey& signing,
                             const OwnKey& decryption) {
  const auto differs = [](const char* key) { return fail(ErrorCode::settings_invalid, "/keys/folder", key); };
  const auto sign = MemberKey::from_jwk(entry.signing_jwk, KeyUse::sig);
  if (!sign || sign->kid() != signing.kid()) return differs("signing.pem as in the registry");
  const auto open = MemberKey::from_jwk(entry.encryption_jwk, KeyUse::enc);
  if (!open || open->kid() != decryption.kid()) return differs("encryption.pem as in the registry");
  if (entry.spki_sha256 != keys.tls.spki_sha256()) return differs("tls.pem as in the registry");
  return {};
}

// The latest time that the log tells of. A `send` may be dated some minutes ahead (unlink_delay).
Instant newest_in_log(const Reader& reader) {
  constexpr std::uint64_t kLast = 256;
  const auto size = reader.log_size();
  Instant newest;
  for (const auto& entry : reader.log_entries(size > kLast ? size - kLast : 0, kLast)) {
    const auto kind = LogEntry::parse(entry.entry);
    const auto detail = entry.detail ? parse_json(*entry.detail, {4u << 20, 64}) : fail(ErrorCode::not_found);
    if (!kind || kind->kind == LogKind::send || !detail) continue;
    newest = std::max(newest, parse_instant(text_at(*detail, "at")).value_or(Instant{}));
  }
  return newest;
}

}  // namespace

struct Node::Impl {
  Impl(const Settings& wanted, std::unique_ptr<Data> loaded, NodeKeys made, TrustedRegistry trusted_registry,
       OwnKey sign, OwnKey open)
      : settings(wanted),
        data(std::move(loaded)),
        keys(std::move(made)),
        trusted(std::move(trusted_registry)),
        signing(std::move(sign)),
        decryption(std::move(open)),
        refusal(*data->catalog) {}

  Settings settings;
  std::unique_ptr<Data> data;
  NodeKeys keys;
  TrustedRegistry trusted;
  OwnKey signing;
  OwnKey decryption;
  FixedRefusal refusal;
  std::unique_ptr<ForwardClock> clock;
  std::unique_ptr<Store> store;
  Metrics metrics;
  std::unique_ptr<Shadow> shadow;
  std::unique_ptr<PolicyWatch> policy_watch;
  std::unique_ptr<ExchangeContext> exchange;
  std::unique_ptr<HttpPeerLink> link;
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<Sweeper> sweeper;
  std::unique_ptr<ApiContext> api_context;
  std::unique_ptr<Api> api;
  std::unique_ptr<PeerListener> listener;
  std::unique_ptr<Server> peer_server;
  std::unique_ptr<Server> api_server;

  Result<void> open_store();
  Result<void> make_exchange();
  Result<void> start_deliveries();
  Result<void> listen();
  ServerSettings server_settings(const Endpoint& endpoint) const;
  std::vector<std::string> notices() const;
  void stop();
};

Result<void> Node::Impl::open_store() {
  auto place = store_place(settings);
  if (!place) return fail(std::move(place.error()));
  auto opened = open_sqlite_store(*place, keys);
  if (!opened) return fail(std::move(opened.error()));
  store = std::move(*opened);
  return store->read([&](const Reader& reader) -> Result<void> {
    clock->not_before(newest_in_log(reader));
    return {};
  });
}

Result<void> Node::Impl::make_exchange() {
  const Member* self = trusted.registry.find(settings.node);
  const Profile* profile = data->profiles->find(self->profile);
  if (profile == nullptr) return fail(ErrorCode::profile_unknown, "/node", self->profile);
  if (!settings.shadow.empty()) {
    auto beside = Shadow::load(settings.shadow, settings.data_root, *data->schema, *data->codes, *profile);
    if (!beside) return fail(ErrorCode::settings_invalid, "/shadow", beside.error().expected);
    shadow = std::move(*beside);
  }
  exchange.reset(new ExchangeContext{
      *self, trusted.registry, trusted.peer_keys, signing, decryption, *data->policies, *data->schema,
      *data->texts, *data->statements, *data->staff_words, *profile, settings.language, *store, *clock,
      metrics, settings.unlink_min_seconds, settings.unlink_max_seconds, shadow.get(), policy_watch.get()});
  return {};
}

Result<void> Node::Impl::start_deliveries() {
  auto made =
      HttpPeerLink::make(trusted.registry, settings.node, {keys.certificate_pem, keys.tls_key_path()});
  if (!made) return fail(std::move(made.error()));
  link = std::move(*made);
  Outbox::Options options;
  options.retry = {settings.retry_base_seconds, settings.retry_max_seconds};
  options.workers = settings.delivery_workers;
  options.max_waiters = std::max(1, settings.threads / 2);
  outbox = std::make_unique<Outbox>(*exchange, *link, options);
  if (auto kept = remember_signing_key(*exchange); !kept) return kept;
  // What a crash cut short is put into the store first, so that the queue finds it there.
  auto resumed = resume_withdrawals(*exchange);
  if (!resumed) return fail(std::move(resumed.error()));
  if (auto started = outbox->start(); !started) return started;
  sweeper = std::make_unique<Sweeper>(
      *exchange, [this](std::vector<DeliveryJob> jobs) { outbox->add(std::move(jobs)); });
  return {};
}

ServerSettings Node::Impl::server_settings(const Endpoint& endpoint) const {
  ServerSettings server;
  server.host = endpoint.host;
  server.port = endpoint.port;
  server.max_connections = settings.threads;
  server.body_ms = static_cast<int>(settings.request_timeout_seconds * 1000);
  return server;
}

Result<void> Node::Impl::listen() {
  constexpr std::size_t kMaxSealed = 4u << 20;  // as open_sealed takes it
  const TlsIdentity identity{keys.certificate_pem, keys.tls_key_path()};
  auto peer_tls = TlsContext::server(identity, ClientCertificates::trusted,
                                     peer_certificates(trusted.registry, settings.node));
  if (!peer_tls) return fail(std::move(peer_tls.error()));
  auto api_tls = TlsContext::server(identity, ClientCertificates::any, {});
  if (!api_tls) return fail(std::move(api_tls.error()));

  listener = std::make_unique<PeerListener>(*exchange, *outbox, *data->catalog, refusal);
  auto peer_settings = server_settings(settings.peer);
  peer_settings.max_body = kMaxSealed;
  auto peer = Server::start(peer_settings, *peer_tls, listener->hooks());
  if (!peer) return fail(std::move(peer.error()));
  peer_server = std::move(*peer);

  api_context.reset(new ApiContext{*exchange, *outbox, settings.clients, keys.fingerprint_key, *data->catalog,
                                   refusal, data->openapi, data->profiles->find(kFhirProfile),
                                   [this] { return notices(); }});
  api = std::make_unique<Api>(*api_context);
  auto api_settings = server_settings(settings.api);
  api_settings.max_body = settings.max_body_bytes;
  auto own = Server::start(api_settings, *api_tls, api->hooks());
  if (!own) return fail(std::move(own.error()));
  api_server = std::move(*own);
  return {};
}

std::vector<std::string> Node::Impl::notices() const {
  std::vector<std::string> codes;
  if (policy_watch->changed()) codes.emplace_back("policy_files_changed");
  if (clock->behind()) codes.emplace_back("clock_behind_log");
  return codes;
}

// From the outside in: no new requests, then no new deliveries, then the store.
void Node::Impl::stop() {
  if (outbox) outbox->let_go();
  if (api_server) api_server->stop();
  if (peer_server) peer_server->stop();
  sweeper.reset();
  if (outbox) outbox->stop();
  if (store) (void)store->settle();
}

Node::Node(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Node::~Node() {
  stop();
}
std::uint16_t Node::api_port() const {
  return impl_->api_server->port();
}
std::uint16_t Node::peer_port() const {
  return impl_->peer_server->port();
}
void Node::stop() {
  impl_->stop();
}

Result<std::unique_ptr<Node>> Node::start(const Settings& settings) {
  std::unique_ptr<Clock> clock = std::make_unique<SystemClock>();
  if (!settings.test_clock_file.empty()) clock = std::make_unique<TestClock>(settings.test_clock_file);
  auto policy_watch = std::make_unique<PolicyWatch>(settings.data_root);
  auto data = load_data(settings.data_root);
  if (!data) return fail(std::move(data.error()));
  auto keys = load_node_keys(settings.keys_folder);
  if (!keys) return fail(std::move(keys.error()));
  auto trusted = load_registry(settings, clock->now());
  if (!trusted) return fail(std::move(trusted.error()));
  auto signing = OwnKey::from(keys->signing);
  if (!signing) return fail(std::move(signing.error()));
  auto decryption = OwnKey::from(keys->encryption);
  if (!decryption) return fail(std::move(decryption.error()));
  if (auto same = check_own_entry(*trusted->registry.find(settings.node), *keys, *signing, *decryption);
      !same)
    return fail(std::move(same.error()));
  if (auto offered =
          check_offered(*(*data)->policies, *trusted->registry.find(settings.node), *(*data)->statements);
      !offered)
    return fail(std::move(offered.error()));
  auto impl = std::make_unique<Impl>(settings, std::move(*data), std::move(*keys), std::move(*trusted),
                                     std::move(*signing), std::move(*decryption));
  impl->clock = std::make_unique<ForwardClock>(std::move(clock));
  impl->policy_watch = std::move(policy_watch);
  for (const auto step : {&Impl::open_store, &Impl::make_exchange, &Impl::start_deliveries, &Impl::listen}) {
    if (auto done = (impl.get()->*step)(); !done) {
      impl->stop();
      return fail(std::move(done.error()));
    }
  }
  return std::unique_ptr<Node>(new Node(std::move(impl)));
}

}  // namespace hotline
