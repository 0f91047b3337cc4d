#include "gateway/exchange/consent_versions.h"

#include <algorithm>
#include <set>

#include "consent/consent.h"

namespace hotline {

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
  return kept;
}

Result<std::vector<ConsentVersion>> verified_versions(const ExchangeContext& context,
                                                      const KeptConsent& kept) {
  const std::vector<ConsentSigner> us{{context.self.id, context.signing.kid(), &context.signing.pool()}};
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
