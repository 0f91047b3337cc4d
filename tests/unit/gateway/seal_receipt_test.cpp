#include "gateway/seal/receipt.h"

#include "gateway/seal/registry_token.h"
#include "tests/unit/gateway/seal_fixture.h"

namespace hotline {
namespace {

struct Receipts : testing::Test {
  static constexpr Instant kAt{1'772'373'600'000};
  KeyPair mx = KeyPair::generate(KeyKind::p256).value();
  OwnKey signer = OwnKey::from(mx).value();
  MemberKey known = MemberKey::from_jwk(mx.public_jwk(KeyUse::sig), KeyUse::sig).value();
  Receipt receipt{
      MemberId("mx"),     MemberId("us"),       MessageId(uuid7(kAt)), sha256_hex("sealed"), kAt, 41,
      sha256_hex("leaf"), ReceiptResult::stored};
  ReceiptExpectation expected{MemberId("us"),        MemberId("mx"), receipt.message,
                              receipt.sealed_sha256, known,          kAt};
};

TEST_F(Receipts, SayWhatArrivedAndWhereItIsLogged) {
  const auto token = make_receipt(receipt, signer);
  ASSERT_TRUE(token);
  const auto read = verify_receipt(*token, expected);
  ASSERT_TRUE(read) << to_string(read.error().code);
  EXPECT_EQ(read->log_index, 41u);
  EXPECT_EQ(read->leaf_hash, receipt.leaf_hash);
  EXPECT_EQ(read->at, kAt);
  const auto parts = by_hand::parts_of(*token);
  EXPECT_TRUE(by_hand::verify(mx, parts[0] + '.' + parts[1], from_base64url(parts[2]).value()));
}

TEST_F(Receipts, OfAnotherMessageBodyMemberOrTimeProveNothing) {
  const auto code = [&](const Receipt& other) {
    const auto read = verify_receipt(make_receipt(other, signer).value(), expected);
    return read ? ErrorCode::internal : read.error().code;
  };
  Receipt other = receipt;
  other.message = MessageId(uuid7(kAt));
  EXPECT_EQ(code(other), ErrorCode::receipt_invalid);
  other = receipt;
  other.sealed_sha256 = sha256_hex("other");
  EXPECT_EQ(code(other), ErrorCode::receipt_invalid);
  other = receipt;
  other.sender = MemberId("ca");
  EXPECT_EQ(code(other), ErrorCode::receipt_invalid);
  other = receipt;
  other.receiver = MemberId("ca");
  EXPECT_EQ(code(other), ErrorCode::signer_mismatch);
  other = receipt;
  other.at = kAt.plus_seconds(301);
  EXPECT_EQ(code(other), ErrorCode::clock_skewed);
}

TEST_F(Receipts, EveryFlippedBitIsRefused) {
  const std::string token = make_receipt(receipt, signer).value();
  for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
    std::string flipped = token;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    ASSERT_FALSE(verify_receipt(flipped, expected)) << bit;
  }
}

TEST_F(Receipts, SignedByAStrangerProveNothing) {
  const KeyPair stranger = KeyPair::generate(KeyKind::p256).value();
  EXPECT_EQ(
      verify_receipt(make_receipt(receipt, OwnKey::from(stranger).value()).value(), expected).error().code,
      ErrorCode::signer_mismatch);
}

struct RegistryToken : testing::Test {
  struct Founder {
    explicit Founder(const char* name) : id(name) {}
    MemberId id;
    KeyPair pair = KeyPair::generate(KeyKind::p256).value();
    OwnKey own = OwnKey::from(pair).value();
    TrustAnchor anchor() const {
      return {id, MemberKey::from_jwk(pair.public_jwk(KeyUse::sig), KeyUse::sig).value()};
    }
  };
  Founder us{"us"}, ca{"ca"}, mx{"mx"}, stranger{"zz"};
  std::vector<TrustAnchor> anchors{us.anchor(), ca.anchor(), mx.anchor()};
  std::string payload = R"({"version":7, "members":[]})";

  std::string by(const Founder& founder) const { return sign_registry(payload, founder.own).value(); }
};

TEST_F(RegistryToken, TwoFoundersMakeItValid) {
  const auto merged = merge_registries(by(us), by(mx));
  ASSERT_TRUE(merged);
  const auto verified = verify_registry(*merged, anchors);
  ASSERT_TRUE(verified) << to_string(verified.error().code);
  EXPECT_EQ(verified->payload, payload);
  EXPECT_EQ(verified->signers, (std::vector<MemberId>{MemberId("us"), MemberId("mx")}));
}

TEST_F(RegistryToken, OneFounderAloneOrOneTwiceIsNotEnough) {
  EXPECT_EQ(verify_registry(by(us), anchors).error().code, ErrorCode::signature_invalid);
  EXPECT_EQ(verify_registry(merge_registries(by(us), by(us)).value(), anchors).error().code,
            ErrorCode::signature_invalid);
  EXPECT_EQ(verify_registry(merge_registries(by(us), by(stranger)).value(), anchors).error().code,
            ErrorCode::signature_invalid);
  EXPECT_TRUE(verify_registry(by(us), anchors, 1));
}

TEST_F(RegistryToken, SignaturesOfDifferentTextsAreNotPutTogether) {
  const auto other = sign_registry(R"({"version":8})", mx.own).value();
  EXPECT_EQ(merge_registries(by(us), other).error().code, ErrorCode::reference_broken);
}

TEST_F(RegistryToken, OfTwoSignaturesNoLetterCanBeChanged) {
  const auto two = merge_registries(by(us), by(mx)).value();
  ASSERT_TRUE(verify_registry(two, anchors));
  for (std::size_t at = 0; at < two.size(); ++at) {
    std::string changed = two;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify_registry(changed, anchors)) << at;
  }
}

TEST_F(RegistryToken, ABadSignatureOfAFounderSpoilsAllAndAStrangersIsIgnored) {
  const auto two = merge_registries(by(us), by(mx)).value();
  EXPECT_TRUE(verify_registry(merge_registries(two, by(stranger)).value(), anchors));
  std::string bad = by(ca);
  const auto at = bad.find("\"signature\":\"") + 20;
  bad[at] = bad[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(verify_registry(merge_registries(two, bad).value(), anchors).error().code,
            ErrorCode::signature_invalid);
}

}  // namespace
}  // namespace hotline
