// A consent is signed by who collected it; what was changed, or signed by somebody else, is refused.
#include "gateway/seal/consent_token.h"

#include "gateway/crypto/digest.h"
#include "tests/unit/gateway/seal_fixture.h"

namespace hotline {
namespace {

class ConsentToken : public testing::Test {
 protected:
  KeyPair pair = KeyPair::generate(KeyKind::p256).value();
  OwnKey key = OwnKey::from(pair).value();
  Json consent = parse_json(R"({"state":"given","consent_id":"C-1","person":"p1"})").value();
  Instant at = parse_instant("2026-03-01T12:00:00Z").value();
  std::vector<ConsentSigner> us{{MemberId("ca"), key.kid(), &key.pool()}};

  std::string token(const std::string& previous = "") {
    return sign_consent(consent, MemberId("ca"), at, previous, key).value();
  }
  ErrorCode refusal(const std::string& text, const std::vector<ConsentSigner>& signers) {
    const auto read = verify_consent(text, signers);
    EXPECT_FALSE(read);
    if (read) return ErrorCode::internal;
    EXPECT_EQ(read.error().expected, "consent_signature");
    return read.error().code;
  }
};

TEST_F(ConsentToken, SaysWhoSignedWhatAndWhen) {
  const auto read = verify_consent(token(std::string(64, 'a')), us);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->consent, consent);
  EXPECT_EQ(read->signer, MemberId("ca"));
  EXPECT_EQ(read->at, at);
  EXPECT_EQ(read->previous, std::string(64, 'a'));
  EXPECT_EQ(read->digest, sha256_hex(R"({"consent_id":"C-1","person":"p1","state":"given"})"));
  EXPECT_EQ(unverified_digest(token()), read->digest);
}

TEST_F(ConsentToken, TheHeaderHasAlgorithmKeyAndKindAndNothingElse) {
  const auto header = parse_json(from_base64url(by_hand::parts_of(token())[0]).value()).value();
  EXPECT_EQ(header.MemberCount(), 3u);
  EXPECT_EQ(text_at(header, "typ"), "consent+jwt");
  EXPECT_EQ(text_at(header, "alg"), "ES256");
  EXPECT_EQ(text_at(header, "kid"), key.kid());
}

TEST_F(ConsentToken, AForgedOneIsRefused) {
  auto parts = by_hand::parts_of(token());
  std::string claims = from_base64url(parts[1]).value();
  claims.replace(claims.find("given"), 5, "giveN");
  EXPECT_EQ(refusal(parts[0] + '.' + to_base64url(claims) + '.' + parts[2], us),
            ErrorCode::signature_invalid);
}

TEST_F(ConsentToken, AForeignOneIsRefused) {
  const auto other = OwnKey::from(KeyPair::generate(KeyKind::p256).value()).value();
  EXPECT_EQ(refusal(sign_consent(consent, MemberId("ca"), at, "", other).value(), us),
            ErrorCode::signer_mismatch);
  const std::string under_another_name = sign_consent(consent, MemberId("mx"), at, "", key).value();
  EXPECT_EQ(refusal(under_another_name, us), ErrorCode::signer_mismatch);
}

TEST_F(ConsentToken, ATokenOfAnotherKindIsNoConsent) {
  for (const char* type : {"referral+jwt", "status+jwt", "withdrawal+jwt", "registry+jwt"}) {
    const std::string header =
        to_base64url(R"({"alg":"ES256","kid":")" + key.kid() + R"(","typ":")" + type + "\"}");
    const std::string text = header + '.' + by_hand::parts_of(token())[1];
    EXPECT_EQ(refusal(text + '.' + to_base64url(by_hand::sign(pair, text)), us),
              ErrorCode::token_kind_unexpected)
        << type;
  }
}

TEST_F(ConsentToken, WhatIsNoTokenIsRefused) {
  for (const char* text : {"", ".", "..", "a.b.c", "{}", "not a token"}) {
    EXPECT_EQ(refusal(text, us), ErrorCode::token_malformed) << text;
    EXPECT_EQ(unverified_digest(text), "");
  }
}

}  // namespace
}  // namespace hotline
