#include "gateway/seal/receipt.h"

#include "gateway/crypto/random.h"
#include "gateway/seal/jose.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

auto invalid(const char* what) {
  return fail(ErrorCode::receipt_invalid, {}, what);
}

Result<Receipt> read(const std::string& payload) {
  const auto json = parse_json(payload, {4096, 2});
  if (!json || !json->IsObject() || json->MemberCount() != 8) return invalid("claims");
  const JsonValue* at = member(*json, "iat");
  const JsonValue* index = member(*json, "log_index");
  const auto result = receipt_result_from(text_at(*json, "result"));
  constexpr std::int64_t kLatest = 253402300799;  // the year 9999
  if (at == nullptr || !at->IsInt64() || at->GetInt64() < 0 || at->GetInt64() > kLatest)
    return invalid("iat");
  if (index == nullptr || !index->IsUint64()) return invalid("log_index");
  if (!result) return invalid("result");
  Receipt receipt{MemberId(std::string(text_at(*json, "iss"))),
                  MemberId(std::string(text_at(*json, "aud"))),
                  MessageId(std::string(text_at(*json, "jti"))),
                  std::string(text_at(*json, "sealed_sha256")),
                  Instant{at->GetInt64() * 1000},
                  index->GetUint64(),
                  std::string(text_at(*json, "leaf_hash")),
                  *result};
  if (!is_sha256_hex(receipt.sealed_sha256) || !is_sha256_hex(receipt.leaf_hash)) return invalid("digest");
  return receipt;
}

}  // namespace

Result<std::string> make_receipt(const Receipt& receipt, const OwnKey& signer) {
  if (!is_member_id(receipt.receiver.get()) || !is_member_id(receipt.sender.get()) ||
      !is_uuid(receipt.message.get()) || !is_sha256_hex(receipt.sealed_sha256) ||
      !is_sha256_hex(receipt.leaf_hash)) {
    return fail(ErrorCode::value_not_allowed, {}, "receipt");
  }
  const std::string payload =
      R"({"iss":")" + receipt.receiver.get() + R"(","aud":")" + receipt.sender.get() + R"(","jti":")" +
      receipt.message.get() + R"(","iat":)" + std::to_string(receipt.at.seconds()) + R"(,"sealed_sha256":")" +
      receipt.sealed_sha256 + R"(","log_index":)" + std::to_string(receipt.log_index) + R"(,"leaf_hash":")" +
      receipt.leaf_hash + R"(","result":")" + std::string(to_string(receipt.result)) + "\"}";
  return jws_sign(payload, {signer.kid(), MessageKind::receipt}, signer.pool());
}

Result<Receipt> verify_receipt(std::string_view token, const ReceiptExpectation& expectation) {
  if (token.size() > 4096) return fail(ErrorCode::token_malformed, {}, "size");
  const auto header = jws_header(token);
  if (!header) return fail(header.error());
  if (header->kind != MessageKind::receipt) return fail(ErrorCode::token_kind_unexpected);
  if (header->kid != expectation.key.kid() || expectation.key.use() != KeyUse::sig) {
    return fail(ErrorCode::signer_mismatch, {}, "kid");
  }
  const auto payload = jws_verify(token, expectation.key.pool());
  if (!payload) return fail(payload.error());
  auto receipt = read(*payload);
  if (!receipt) return fail(receipt.error());
  if (receipt->receiver != expectation.peer) return fail(ErrorCode::signer_mismatch, {}, "iss");
  if (receipt->sender != expectation.us) return invalid("aud");
  if (receipt->message != expectation.message) return invalid("jti");
  if (receipt->sealed_sha256 != expectation.sealed_sha256) return invalid("sealed_sha256");
  if (receipt->at > expectation.now.plus_seconds(expectation.skew_seconds))
    return fail(ErrorCode::clock_skewed, {}, "iat");
  return receipt;
}

}  // namespace hotline
