#include "gateway/seal/seal_key.h"

#include "gateway/seal/jose.h"

namespace hotline {

Result<OwnKey> OwnKey::from(const KeyPair& key) {
  if (key.kind() != KeyKind::p256) return fail(ErrorCode::crypto_failed);
  auto pool = JwkPool::of(key.private_jwk());
  if (!pool) return fail(pool.error());
  return OwnKey(key.kid(), std::move(*pool));
}

Result<MemberKey> MemberKey::from_jwk(std::string_view jwk, KeyUse use) {
  const auto invalid = [](const char* what) { return fail(ErrorCode::data_invalid, {}, what); };
  const auto json = parse_json(jwk, {2048, 2});
  if (!json || !json->IsObject()) return invalid("jwk");
  const bool signs = use == KeyUse::sig;
  if (json->MemberCount() != 7) return invalid("members");
  if (text_at(*json, "kty") != "EC" || text_at(*json, "crv") != "P-256") return invalid("crv");
  if (text_at(*json, "use") != (signs ? "sig" : "enc")) return invalid("use");
  if (text_at(*json, "alg") != (signs ? "ES256" : "ECDH-ES")) return invalid("alg");
  const auto kid = text_at(*json, "kid");
  if (kid.empty() || kid != p256_thumbprint(text_at(*json, "x"), text_at(*json, "y"))) return invalid("kid");
  auto pool = JwkPool::of(SecretBytes(std::string(jwk)));  // refuses a point that is not on the curve
  if (!pool) return fail(pool.error());
  return MemberKey(std::string(kid), use, std::move(*pool));
}

}  // namespace hotline
