#include "gateway/seal/consent_token.h"

#include <algorithm>

#include "gateway/crypto/digest.h"
#include "gateway/seal/jose.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxToken = 64 << 10;
constexpr std::int64_t kLatest = 253402300799;  // the year 9999

auto broken(ErrorCode code) {
  return fail(code, {}, "consent_signature");
}

Result<SignedConsent> read_claims(const std::string& payload) {
  auto json = parse_json(payload);
  if (!json || !json->IsObject() || json->MemberCount() != 4) return broken(ErrorCode::token_malformed);
  const JsonValue* at = member(*json, "iat");
  const JsonValue* consent = member(*json, "consent");
  const JsonValue* previous = member(*json, "previous");
  if (at == nullptr || !at->IsInt64() || at->GetInt64() < 0 || at->GetInt64() > kLatest ||
      consent == nullptr || !consent->IsObject() || previous == nullptr || !previous->IsString()) {
    return broken(ErrorCode::token_malformed);
  }
  SignedConsent read;
  read.signer = MemberId(std::string(text_at(*json, "iss")));
  read.at = Instant{at->GetInt64() * 1000};
  read.previous = std::string(as_text(*previous));
  if (!read.previous.empty() && !is_sha256_hex(read.previous)) return broken(ErrorCode::token_malformed);
  read.consent.CopyFrom(*consent, read.consent.GetAllocator());
  read.digest = consent_digest(read.consent);
  return read;
}

}  // namespace

std::string consent_digest(const JsonValue& consent) {
  return sha256_hex(to_canonical(consent));
}

Result<std::string> sign_consent(const JsonValue& consent, const MemberId& signer, Instant at,
                                 std::string_view previous, const OwnKey& key) {
  Json claims(rapidjson::kObjectType);
  auto& allocator = claims.GetAllocator();
  set_member(claims, "consent", JsonValue(consent, allocator), allocator);
  set_member(claims, "iat", JsonValue(at.seconds()), allocator);
  set_text(claims, "iss", signer.get(), allocator);
  set_text(claims, "previous", previous, allocator);
  return jws_sign(to_canonical(claims), {key.kid(), MessageKind::consent}, key.pool());
}

std::string unverified_digest(std::string_view token) {
  const auto first = token.find('.');
  const auto second = token.rfind('.');
  if (first == std::string_view::npos || second <= first) return {};
  const auto payload = from_base64url(token.substr(first + 1, second - first - 1));
  const auto read = payload ? read_claims(*payload) : broken(ErrorCode::token_malformed);
  return read ? read->digest : std::string();
}

Result<SignedConsent> verify_consent(std::string_view token, const std::vector<ConsentSigner>& signers) {
  if (token.size() > kMaxToken) return broken(ErrorCode::token_malformed);
  const auto header = jws_header(token);
  if (!header) return broken(header.error().code);
  if (header->kind != MessageKind::consent) return broken(ErrorCode::token_kind_unexpected);
  const auto signer = std::find_if(signers.begin(), signers.end(),
                                   [&](const ConsentSigner& each) { return each.kid == header->kid; });
  if (signer == signers.end()) return broken(ErrorCode::signer_mismatch);
  const auto payload = jws_verify(token, *signer->pool);
  if (!payload) return broken(payload.error().code);
  auto read = read_claims(*payload);
  if (read && (read->signer != signer->member || read->at > signer->until))
    return broken(ErrorCode::signer_mismatch);
  return read;
}

}  // namespace hotline
