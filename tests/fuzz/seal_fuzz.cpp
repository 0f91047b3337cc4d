// What a stranger, and what a member gone bad, can put into a token: the first byte says how deep the rest
// goes. A token that is opened says the same in its signed bytes as in what was read from them.
#include <cstdint>
#include <cstdlib>

#include "gateway/seal/control_message.h"
#include "gateway/seal/jose.h"
#include "gateway/seal/open.h"
#include "gateway/seal/receipt.h"
#include "gateway/seal/registry_token.h"
#include "gateway/seal/seal_key.h"

namespace {

using namespace hotline;

constexpr Instant kNow{1'772'373'600'000};
constexpr const char* kMessage = "019ca9f4-2f00-7000-8000-000000000001";

void must(bool holds) {
  if (!holds) std::abort();
}

// "us" sends to "mx".
struct Keys {
  KeyPair sign = KeyPair::generate(KeyKind::p256).value();
  KeyPair encrypt = KeyPair::generate(KeyKind::p256).value();
  OwnKey signer = OwnKey::from(sign).value();
  OwnKey opener = OwnKey::from(encrypt).value();
  MemberKey to_mx = MemberKey::from_jwk(encrypt.public_jwk(KeyUse::enc), KeyUse::enc).value();
  MemberKey of_us = MemberKey::from_jwk(sign.public_jwk(KeyUse::sig), KeyUse::sig).value();
};

const Keys& keys() {
  static const Keys instance;
  return instance;
}

std::string signed_as(MessageKind kind, std::string_view payload) {
  return jws_sign(payload, {keys().signer.kid(), kind}, keys().signer.pool()).value_or("");
}

std::string sealed(std::string_view plaintext) {
  return jwe_encrypt(plaintext, keys().to_mx.kid(), keys().to_mx.pool()).value_or("");
}

void open(std::string_view bytes) {
  const auto signer = [](std::string_view kid) -> std::optional<KnownSigner> {
    if (kid != keys().of_us.kid()) return std::nullopt;
    return KnownSigner{MemberId("us"), keys().of_us};
  };
  const auto opened = open_sealed(bytes, {MemberId("mx"), keys().opener, MemberId("us"), signer, kNow});
  if (!opened) return;
  must(opened->sender == MemberId("us") && opened->issued < opened->until);
  const auto body = parse_json(opened->body, {opened->body.size(), 32});
  must(body.has_value() && to_canonical(*body) == to_canonical(opened->body_json()));
  if (opened->kind == MessageKind::referral) return;
  const auto control = ControlMessage::parse(opened->kind, opened->body_json());
  if (!control) return;
  const auto again = parse_json(control->to_json());
  must(again.has_value() && ControlMessage::parse(opened->kind, *again).has_value());
}

// The claims of a message to us around a body that is somebody else's.
std::string claims_around(std::string_view body) {
  return R"({"iss":"us","aud":"mx","jti":")" + std::string(kMessage) +
         R"(","iat":1772373600,"exp":1772377200,)" + R"("control":)" + std::string(body) + '}';
}

void receipt(std::string_view token) {
  const ReceiptExpectation expected{MemberId("mx"),       MemberId("us"), MessageId(kMessage),
                                    std::string(64, 'a'), keys().of_us,   kNow};
  if (const auto taken = verify_receipt(token, expected))
    must(taken->sealed_sha256 == expected.sealed_sha256);
}

void registry(std::string_view token) {
  const std::vector<TrustAnchor> anchors{{MemberId("us"), keys().of_us}};
  (void)verify_registry(token, anchors, 1);
  if (const auto merged = merge_registries(token, token)) must(merge_registries(*merged, token) == *merged);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0:
      open(rest);
      break;
    case 1:
      open(sealed(rest));
      break;
    case 2:
      open(sealed(signed_as(MessageKind::referral, rest)));
      break;
    case 3:
      open(sealed(signed_as(MessageKind::status, claims_around(rest))));
      break;
    case 4:
      receipt(rest);
      break;
    case 5:
      receipt(signed_as(MessageKind::receipt, rest));
      break;
    case 6:
      registry(rest);
      break;
    default:
      for (const KeyUse use : {KeyUse::sig, KeyUse::enc}) (void)MemberKey::from_jwk(rest, use);
  }
  return 0;
}
