#include "gateway/exchange/consent_versions.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "consent/consent.h"

namespace hotline {
namespace {

constexpr std::string_view kKeys = "consent_signing_keys";  // [{"jwk": text, "since": instant}], oldest first

struct OurKey {
  MemberKey key;
  Instant since;
};

Result<std::vector<OurKey>> read_keys(const std::string& text) {
  std::vector<OurKey> keys;
  if (text.empty()) return keys;
  const auto list = parse_json(text);
  if (!list || !list->IsArray()) return fail(ErrorCode::store_corrupt, {}, std::string(kKeys));
  for (const auto& each : list->GetArray()) {
    auto key = MemberKey::from_jwk(text_at(each, "jwk"), KeyUse::sig);
    const auto since = parse_instant(text_at(each, "since"));
    if (!key || !since) return fail(ErrorCode::store_corrupt, {}, std::string(kKeys));
    keys.push_back({std::move(*key), *since});
  }
  return keys;
}

// The present key, and each former one until the next was in use.
std::vector<ConsentSigner> signers_of(const ExchangeContext& context, const std::vector<OurKey>& keys) {
  std::vector<ConsentSigner> signers{{context.self.id, context.signing.kid(), &context.signing.pool()}};
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    if (keys[i].key.kid() == context.signing.kid()) continue;
    signers.push_back({context.self.id, keys[i].key.kid(), &keys[i].key.pool(), keys[i + 1].since});
  }
  return signers;
}

}  // namespace

Result<void> remember_signing_key(const ExchangeContext& context) {
  const Instant now = context.clock.now();
  return context.store.commit([&](Transaction& transaction) -> Result<void> {
    const std::string known = transaction.setting(kKeys).value_or(std::string());
    const auto keys = read_keys(known);
    if (!keys) return fail(keys.error());
    if (!keys->empty() && keys->back().key.kid() == context.signing.kid()) return {};
    Json list(rapidjson::kArrayType);
    auto& allocator = list.GetAllocator();
    if (auto before = parse_json(known); before && before->IsArray())
      static_cast<JsonValue&>(list).CopyFrom(*before, allocator);
    JsonValue key(rapidjson::kObjectType);
    set_text(key, "jwk", context.self.signing_jwk, allocator);
    set_text(key, "since", format_instant(now), allocator);
    list.PushBack(key, allocator);
    transaction.put(SettingRow{std::string(kKeys), to_text(list)});
    return {};
  });
}

bool KeptConsent::holds(std::string_view digest) const {
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const std::string& token) { return unverified_digest(token) == digest; });
}

KeptConsent kept_consent(const Reader& reader, const ConsentId& id) {
  KeptConsent kept;
  kept.rows = reader.consent_history(id);
  std::set<PayloadId> seen;
  for (const auto& row : kept.rows) {
    // A row that only says what became of a consent names the text of the row before it.
    const bool own = !row.record.get().empty() && seen.insert(row.record).second;
    kept.tokens.push_back(own ? reader.payload(row.record).value_or(std::string()) : std::string());
  }
  kept.former_keys = reader.setting(kKeys).value_or(std::string());
  return kept;
}

Result<std::vector<ConsentVersion>> verified_versions(const ExchangeContext& context,
                                                      const KeptConsent& kept) {
  const auto keys = read_keys(kept.former_keys);
  if (!keys) return fail(keys.error());
  const auto us = signers_of(context, *keys);
  std::vector<ConsentVersion> versions;
  for (std::size_t i = 0; i < kept.rows.size(); ++i) {
    if (kept.tokens[i].empty()) continue;
    const std::string pointer = pointer_join("/history", i);
    auto word = verify_consent(kept.tokens[i], us);
    if (!word) return fail(word.error().code, pointer, word.error().expected);
    const bool follows = word->previous == (versions.empty() ? "" : versions.back().signed_word.digest);
    const bool same_id = text_at(word->consent, "consent_id") == kept.rows[i].id.get();
    if (!follows || !same_id) return fail(ErrorCode::signature_invalid, pointer, "consent_signature");
    versions.push_back({kept.rows[i].version, kept.rows[i].at, std::move(*word), kept.tokens[i]});
  }
  return versions;
}

Result<NewVersion> make_version(const ExchangeContext& context, const JsonValue& consent,
                                const KeptConsent& kept, const std::string& client, Instant now) {
  std::string previous;
  for (const auto& token : kept.tokens) {
    if (!token.empty()) previous = unverified_digest(token);
  }
  const auto token = sign_consent(consent, context.self.id, now, previous, context.signing);
  if (!token) return fail(token.error());
  const Consent read = read_consent(consent);
  NewVersion made;
  made.payload = context.store.protect(*token);
  made.digest = consent_digest(consent);
  made.rows_seen = kept.rows.size();
  made.row.id = read.id;
  made.row.version = -1;
  made.row.state = read.state;
  made.row.client = client;
  made.row.at = now;
  made.row.until = read.until.value_or(Instant{});
  made.row.record = made.payload.id;
  return made;
}

bool put(Transaction& transaction, const NewVersion& version) {
  if (transaction.consent_history(version.row.id).size() != version.rows_seen) return false;
  transaction.keep(version.payload);
  transaction.put(version.row);
  return true;
}

}  // namespace hotline
