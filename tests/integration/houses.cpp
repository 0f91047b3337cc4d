#include "tests/integration/houses.h"

#include <stdexcept>

#include "i18n/base/text_files.h"

namespace hotline::test {
namespace {

const std::string kRoot = HOTLINE_ROOT;
const char* const kIds[] = {"us", "ca", "mx"};

template <class T>
T good(Result<T> result, const char* what) {
  if (!result) {
    throw std::runtime_error(std::string(what) + ": " + std::string(to_string(result.error().code)) + " " +
                             result.error().pointer + " " + result.error().expected);
  }
  return std::move(*result);
}

// Read once for all tests of the program.
struct Shared {
  CodeSystems codes = good(CodeSystems::load(kRoot), "codes");
  Schema schema = good(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes), "schema");
  Policies policies = good(Policies::load(kRoot), "policies");
  ConsentTexts texts = good(ConsentTexts::load(kRoot), "texts");
  Statements statements = good(Statements::load(kRoot), "statements");
  StaffWords staff_words = good(StaffWords::load(kRoot), "staff's words");
  Profiles profiles = good(Profiles::load(kRoot, schema, codes), "profiles");
};

const Shared& shared() {
  static const Shared data;
  return data;
}

}  // namespace

Houses::Houses() {
  for (const char* id : kIds) make_house(id);
  for (const char* id : kIds) {
    auto& house = at(id);
    house.registry = std::make_unique<Registry>(good(registry_of_all({}), "registry"));
    for (const auto& member : house.registry->members()) {
      if (member.id.get() == id) continue;
      house.peer_keys.emplace(member.id,
                              PeerKeys{good(MemberKey::from_jwk(member.signing_jwk, KeyUse::sig), "key"),
                                       good(MemberKey::from_jwk(member.encryption_jwk, KeyUse::enc), "key")});
    }
    house.store =
        good(open_sqlite_store({home_.path(std::string(id) + "/store"), std::string(id) + ".example/log"},
                               house.keys),
             "store");
    make_context(id);
  }
  set_clocks(parse_instant("2026-11-21T12:00:00Z").value());
}

void Houses::make_house(const std::string& id) {
  const Instant now = SystemClock().now();
  auto keys =
      good(generate_node_keys(home_.path(id + "/keys"), {id, {}, now, now.plus_seconds(3600)}), "node keys");
  auto house = std::make_unique<House>(std::move(keys));
  house->signing = std::make_unique<OwnKey>(good(OwnKey::from(house->keys.signing), "signing"));
  house->decryption = std::make_unique<OwnKey>(good(OwnKey::from(house->keys.encryption), "decryption"));
  std::filesystem::create_directories(home_.path(id + "/store"));
  houses_.emplace(id, std::move(house));
}

Result<Registry> Houses::registry_of_all(const std::map<std::string, std::string>& policies) {
  auto demo = good(read_json_file(kRoot + "/config/registry/demo-members.json"), "members");
  Json payload(rapidjson::kObjectType);
  auto& allocator = payload.GetAllocator();
  set_member(payload, "version", JsonValue(1), allocator);
  set_text(payload, "not_before", "2026-01-01T00:00:00Z", allocator);
  JsonValue members(demo["members"], allocator);
  for (auto& member : members.GetArray()) {
    const std::string id(text_at(member, "id"));
    const auto& keys = at(id).keys;
    const auto jwk = [&](const std::string& text) {
      return JsonValue(good(parse_json(text), "jwk"), allocator);
    };
    set_text(member, "endpoint", "https://127.0.0.1:9", allocator);
    set_text(member, "certificate_pem", keys.certificate_pem, allocator);
    set_text(member, "spki_sha256", keys.tls.spki_sha256(), allocator);
    set_member(member, "signing_jwk", jwk(keys.signing.public_jwk(KeyUse::sig)), allocator);
    set_member(member, "encryption_jwk", jwk(keys.encryption.public_jwk(KeyUse::enc)), allocator);
    if (const auto other = policies.find(id); other != policies.end()) {
      member.RemoveMember("policy_version");
      set_text(member, "policy_version", other->second, allocator);
    }
  }
  set_member(payload, "members", std::move(members), allocator);
  return Registry::parse(payload, kRoot);
}

void Houses::make_context(const std::string& id) {
  auto& house = at(id);
  const Member* self = house.registry->find(MemberId(id));
  house.context.reset(new ExchangeContext{
      *self, *house.registry, house.peer_keys, *house.signing, *house.decryption, shared().policies,
      shared().schema, shared().texts, shared().statements, shared().staff_words, *shared().profiles.find(id),
      LanguageTag(self->languages.front()), *house.store, house.clock, house.metrics});
}

void Houses::change_policy(const std::string& of, const std::string& member, const std::string& version) {
  at(of).registry = std::make_unique<Registry>(good(registry_of_all({{member, version}}), "registry"));
  make_context(of);
}

void Houses::change_signing_key(const std::string& of) {
  at(of).keys.signing = good(KeyPair::generate(KeyKind::p256), "signing");
  at(of).signing = std::make_unique<OwnKey>(good(OwnKey::from(at(of).keys.signing), "signing"));
  for (const char* id : kIds) {
    auto& house = at(id);
    house.registry = std::make_unique<Registry>(good(registry_of_all({}), "registry"));
    if (const auto known = house.peer_keys.find(MemberId(of)); known != house.peer_keys.end()) {
      const auto* member = house.registry->find(MemberId(of));
      known->second.signing = good(MemberKey::from_jwk(member->signing_jwk, KeyUse::sig), "key");
    }
    make_context(id);
  }
}

void Houses::set_unlink_delay(const std::string& of, std::int64_t least, std::int64_t most) {
  at(of).context->unlink_min_seconds = least;
  at(of).context->unlink_max_seconds = most;
}

void Houses::set_clocks(Instant now) {
  for (auto& [id, house] : houses_) house->clock.at = now;
}

Sending<Sent> Houses::try_submit(const std::string& from, const std::string& to, const std::string& name) {
  const auto record =
      good(read_json_file(kRoot + "/adapters/" + from + "/cases/" + name + "/national.json"), "record");
  return send(context(from), Submission{record, "system", MemberId(to), {}, {}, {}});
}

Sent Houses::submit(const std::string& from, const std::string& to, const std::string& name) {
  auto sent = try_submit(from, to, name);
  if (!sent) throw std::runtime_error("refused: " + std::string(to_string(sent.error().error.code)));
  return std::move(*sent);
}

int Houses::deliver(const std::string& from, std::vector<DeliveryJob> jobs) {
  int arrived = 0;
  for (auto& job : jobs) {
    sender_ = from;
    const auto attempt = attempt_delivery(context(from), *this, {}, job, 1000);
    arrived += attempt == Attempt::delivered ? 1 : 0;
    auto answers = std::move(answers_);
    answers_.clear();
    for (auto& [house, back] : answers) arrived += deliver(house, std::move(back));
  }
  return arrived;
}

int Houses::deliver_only(const std::string& from, std::vector<DeliveryJob> jobs) {
  int arrived = 0;
  for (auto& job : jobs) {
    sender_ = from;
    arrived += attempt_delivery(context(from), *this, {}, job, 1000) == Attempt::delivered ? 1 : 0;
  }
  answers_.clear();
  return arrived;
}

Result<std::string> Houses::post(const MemberId& peer, std::string_view sealed, int) {
  wire.emplace_back(sealed);
  if (cut || peer.get() == unreachable) return fail(ErrorCode::peer_unavailable);
  if (auto call = std::exchange(on_post, nullptr)) call();
  auto received = receive(context(peer.get()), sealed, MemberId(sender_));
  if (!received) return fail(std::move(received.error()));
  for (auto& job : received->jobs) answers_[peer.get()].push_back(std::move(job));
  if (lose_answers) return fail(ErrorCode::peer_unavailable);
  return std::move(received->receipt);
}

std::vector<DeliveryJob> Houses::queued(const std::string& house) {
  std::vector<DeliveryJob> jobs;
  (void)at(house).store->read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.outbox_due(Instant{INT64_MAX}, 1000)) {
      jobs.push_back({row.message, row.peer, row.priority, row.next_attempt, row.attempts, {}});
    }
    return {};
  });
  return jobs;
}

ReferralRow Houses::referral(const std::string& house, const std::string& id) {
  std::optional<ReferralRow> row;
  (void)at(house).store->read([&](const Reader& reader) -> Result<void> {
    row = reader.referral(ReferralId(id));
    return {};
  });
  if (!row) throw std::runtime_error("no such referral at " + house);
  return *row;
}

std::vector<InboxRow> Houses::inbox(const std::string& house) {
  std::vector<InboxRow> rows;
  (void)at(house).store->read([&](const Reader& reader) -> Result<void> {
    rows = reader.inbox_waiting(0, 1000);
    return {};
  });
  return rows;
}

std::string Houses::only_referral(const Sent& sent) {
  return sent.first.get();
}

std::vector<LogKind> Houses::log(const std::string& house) {
  std::vector<LogKind> kinds;
  (void)at(house).store->read([&](const Reader& reader) -> Result<void> {
    for (const auto& entry : reader.log_entries(0, 10'000))
      kinds.push_back(LogEntry::parse(entry.entry)->kind);
    return {};
  });
  return kinds;
}

}  // namespace hotline::test
