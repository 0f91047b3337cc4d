#include "gateway/seal/seal.h"

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"
#include "gateway/seal/jose.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

Result<void> check(const SealContext& context) {
  if (!is_member_id(context.sender.get())) return fail(ErrorCode::value_not_allowed, "/iss");
  if (!is_member_id(context.recipient.get())) return fail(ErrorCode::value_not_allowed, "/aud");
  if (!is_uuid(context.message.get())) return fail(ErrorCode::value_not_allowed, "/jti");
  if (context.until.seconds() <= context.now.seconds()) return fail(ErrorCode::value_not_allowed, "/exp");
  if (context.encrypt.use() != KeyUse::enc) return fail(ErrorCode::value_not_allowed, "/kid");
  return {};
}

std::string crisis_claim(const std::optional<CrisisTimes>& times) {
  if (!times) return {};
  const auto part = [](const char* name, Instant at) {
    return std::string("\"") + name + "\":" + std::to_string(at.seconds());
  };
  return "\"crisis\":{" + part("accept", times->accept) + "," + part("acknowledge", times->acknowledge) +
         "," + part("escalate_again", times->escalate_again) + "," +
         part("escalate_first", times->escalate_first) + "," + part("second_partner", times->second_partner) +
         "},";
}

// The body's own bytes become the signed bytes: a record is serialised once. Ids have just been checked, so
// there is nothing to escape.
std::string claims(const SealContext& context, const char* name, std::string_view body) {
  std::string text =
      R"({"iss":")" + context.sender.get() + R"(","aud":")" + context.recipient.get() + R"(","jti":")" +
      context.message.get() + R"(","iat":)" + std::to_string(context.now.seconds()) + R"(,"exp":)" +
      std::to_string(context.until.seconds()) + "," + crisis_claim(context.crisis) + "\"" + name + "\":";
  return text.append(body).append("}");
}

Result<Sealed> seal_claims(MessageKind kind, std::string text, const SealContext& context) {
  auto token = jws_sign(text, {context.signer.kid(), kind}, context.signer.pool());
  wipe(text);
  if (!token) return fail(token.error());
  auto bytes = jwe_encrypt(*token, context.encrypt.kid(), context.encrypt.pool());
  wipe(*token);
  if (!bytes) return fail(bytes.error());
  std::string digest = sha256_hex(*bytes);
  return Sealed{std::move(*bytes), std::move(digest), context.message, kind};
}

}  // namespace

Result<Sealed> seal(const Disclosure& disclosure, const SealContext& context) {
  if (auto checked = check(context); !checked) return fail(checked.error());
  return seal_claims(MessageKind::referral, claims(context, "disclosure", disclosure.bytes()), context);
}

Result<Sealed> seal(const ControlMessage& message, const SealContext& context) {
  if (auto checked = check(context); !checked) return fail(checked.error());
  if (context.crisis) return fail(ErrorCode::value_not_allowed, "/crisis");
  return seal_claims(message.kind(), claims(context, "control", message.to_json()), context);
}

}  // namespace hotline
