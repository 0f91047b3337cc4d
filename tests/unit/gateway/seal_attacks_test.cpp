#include "tests/unit/gateway/seal_fixture.h"

namespace hotline {
namespace {

using Attack = SealedExchange;

TEST_F(Attack, TheCleanTokenOfTheseTestsIsTaken) {
  EXPECT_TRUE(open_sealed(token(claims()), opening()));
}

TEST_F(Attack, NoSignatureAndOtherAlgorithmsAreRefused) {
  const auto inside = [&](const std::string& jws) {
    return refusal(by_hand::jwe(jwe_header(), jws, mx_enc));
  };
  const std::string body = to_base64url(claims());
  EXPECT_EQ(inside(to_base64url(jws_header("status+jwt", "none")) + '.' + body + '.'),
            ErrorCode::token_header_refused);
  // The public key taken for an HMAC secret.
  const std::string head = to_base64url(jws_header("status+jwt", "HS256")) + '.' + body;
  EXPECT_EQ(inside(head + '.' + to_base64url(hmac_sha256(us_sign.public_jwk(KeyUse::sig), head))),
            ErrorCode::token_header_refused);
  for (const char* alg : {"ES384", "RS256", "PS256", "EdDSA", "es256", ""}) {
    EXPECT_EQ(inside(by_hand::jws(jws_header("status+jwt", alg), claims(), us_sign)),
              ErrorCode::token_header_refused)
        << alg;
  }
}

TEST_F(Attack, OneKindIsNotTakenForAnother) {
  for (const char* type : {"receipt+jwt", "registry+jwt", "JWT", "status", "handoff+jwt", "STATUS+JWT"}) {
    EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(jws_header(type), claims(), us_sign), mx_enc)),
              ErrorCode::token_kind_unexpected)
        << type;
  }
  // The type of a referral on the body of a status.
  EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(jws_header("referral+jwt"), claims(), us_sign),
                                 mx_enc)),
            ErrorCode::token_malformed);
}

TEST_F(Attack, EveryFurtherHeaderMemberIsRefused) {
  for (const char* extra :
       {R"("crit":["exp"])", R"("zip":"DEF")", R"("b64":true)", R"("jku":"https://x.example")", R"("jwk":{})",
        R"("x5u":"https://x.example")", R"("x5c":[])", R"("x5t":"")", R"("apu":"")", R"("apv":"")",
        R"("cty":"JWT")", R"("new":1)"}) {
    const std::string inner = jws_header().insert(1, std::string(extra) + ',');
    EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(inner, claims(), us_sign), mx_enc)),
              ErrorCode::token_header_refused)
        << extra;
    if (std::string_view(extra).starts_with("\"cty")) continue;
    const std::string outer = jwe_header().insert(1, std::string(extra) + ',');
    EXPECT_EQ(refusal(by_hand::jwe(outer, by_hand::jws(jws_header(), claims(), us_sign), mx_enc)),
              ErrorCode::token_header_refused)
        << extra;
  }
}

TEST_F(Attack, OtherEncryptionsAndPartsAreRefused) {
  const std::string inner = by_hand::jws(jws_header(), claims(), us_sign);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string header = jwe_header();
    header.replace(header.find(from), from.size(), to);
    return refusal(by_hand::jwe(header, inner, mx_enc));
  };
  EXPECT_EQ(with("ECDH-ES", "ECDH-ES+A256KW"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("ECDH-ES", "RSA1_5"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("ECDH-ES", "dir"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("ECDH-ES", "PBES2-HS256+A128KW"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("A256GCM", "A128GCM"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("A256GCM", "A256CBC-HS512"), ErrorCode::token_header_refused);
  EXPECT_EQ(with("\"JWT\"", "\"json\""), ErrorCode::token_header_refused);
  EXPECT_EQ(with("\"cty\":\"JWT\"", "\"cty\":\"JWT\",\"cty\":\"JWT\""), ErrorCode::token_malformed);
  EXPECT_EQ(with(R"(,"epk":@EPK@)", ""), ErrorCode::token_header_refused);
  EXPECT_EQ(with("@EPK@", R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})"),
            ErrorCode::token_header_refused);
  // A point that is not on the curve: all the sender would learn is our key.
  const std::string ones(43, 'A');
  EXPECT_EQ(with("@EPK@", R"({"kty":"EC","crv":"P-256","x":")" + ones + R"(","y":")" + ones + "\"}"),
            ErrorCode::token_malformed);
}

TEST_F(Attack, TokensForOthersAndByOthersAreRefused) {
  EXPECT_EQ(refusal(token(claims("aud", "\"ca\""))), ErrorCode::token_not_for_us);
  EXPECT_EQ(refusal(token(claims("iss", "\"ca\""))), ErrorCode::signer_mismatch);
  const KeyPair stranger = KeyPair::generate(KeyKind::p256).value();
  // Encrypted to another key; signed by an unknown one; signed by another under a known name.
  std::string header = jwe_header();
  header.replace(header.find(opener.kid()), opener.kid().size(), stranger.kid());
  EXPECT_EQ(refusal(by_hand::jwe(header, by_hand::jws(jws_header(), claims(), us_sign), mx_enc)),
            ErrorCode::token_not_for_us);
  EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(jws_header(), claims(), us_sign), stranger)),
            ErrorCode::token_malformed);
  std::string unknown = jws_header();
  unknown.replace(unknown.find(signer.kid()), signer.kid().size(), stranger.kid());
  EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(unknown, claims(), stranger), mx_enc)),
            ErrorCode::peer_unknown);
  EXPECT_EQ(refusal(by_hand::jwe(jwe_header(), by_hand::jws(jws_header(), claims(), stranger), mx_enc)),
            ErrorCode::signature_invalid);
  // The certificate on the link is another member's.
  OpenContext context = opening();
  context.peer = MemberId("ca");
  EXPECT_EQ(open_sealed(token(claims()), context).error().code, ErrorCode::signer_mismatch);
}

TEST_F(Attack, ClocksThatDisagreeAreSaid) {
  const auto at = [&](std::int64_t iat, std::int64_t exp) {
    std::string text = claims("iat", std::to_string(kAt.seconds() + iat));
    const std::string usual = std::to_string(kAt.seconds() + 60);
    text.replace(text.find(R"("exp":)" + usual) + 6, usual.size(), std::to_string(kAt.seconds() + exp));
    return open_sealed(token(text), opening());
  };
  EXPECT_TRUE(at(300, 600));
  EXPECT_EQ(at(301, 600).error().code, ErrorCode::clock_skewed);
  EXPECT_TRUE(at(-600, -300));
  EXPECT_EQ(at(-600, -301).error().code, ErrorCode::clock_skewed);
  EXPECT_EQ(at(10, 10).error().code, ErrorCode::clock_skewed);
  EXPECT_EQ(at(86400, 90000).error().code, ErrorCode::clock_skewed);
  EXPECT_TRUE(at(0, 90 * 86400));
  EXPECT_EQ(at(0, 90 * 86400 + 1).error().code, ErrorCode::clock_skewed);
}

TEST_F(Attack, BrokenClaimsAreRefused) {
  EXPECT_EQ(refusal(token("not json")), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token("[]")), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims().insert(1, R"("more":1,)"))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims().insert(1, R"("iss":"us",)"))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims("jti", "\"1\""))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims("iat", "\"1\""))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims("exp", "9007199254740991"))), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(token(claims("control", "\"text\""))), ErrorCode::token_malformed);
  std::string spelled = claims();
  spelled.replace(spelled.find("control"), 7, "contro\\u006c");
  EXPECT_EQ(refusal(token(spelled)), ErrorCode::token_malformed);
}

TEST_F(Attack, ACutOrPaddedTokenIsRefused) {
  const std::string whole = token(claims());
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(open_sealed(whole.substr(0, size), opening())) << size;
  }
  EXPECT_EQ(refusal(whole + "="), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(whole + "."), ErrorCode::token_malformed);
  EXPECT_EQ(refusal(whole + "\n"), ErrorCode::token_malformed);
  OpenContext small = opening();
  small.max_bytes = whole.size() - 1;
  EXPECT_EQ(open_sealed(whole, small).error().code, ErrorCode::token_malformed);
}

TEST_F(Attack, AFlippedBitAnywhereIsRefused) {
  const std::string whole = token(claims());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << at % 8);
    ASSERT_FALSE(open_sealed(flipped, opening())) << at;
  }
  // Inside the encryption too, where a dishonest sender can reach.
  const std::string inner = by_hand::jws(jws_header(), claims(), us_sign);
  for (std::size_t at = 0; at < inner.size(); ++at) {
    std::string flipped = inner;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << at % 8);
    ASSERT_FALSE(open_sealed(by_hand::jwe(jwe_header(), flipped, mx_enc), opening())) << at;
  }
}

TEST_F(Attack, KeysOfAnotherShapeAreNoMembersKeys) {
  const std::string good = us_sign.public_jwk(KeyUse::sig);
  EXPECT_TRUE(MemberKey::from_jwk(good, KeyUse::sig));
  EXPECT_FALSE(MemberKey::from_jwk(good, KeyUse::enc));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return MemberKey::from_jwk(text, KeyUse::sig).has_value();
  };
  EXPECT_FALSE(with("P-256", "P-384"));
  EXPECT_FALSE(with("ES256", "HS256"));
  EXPECT_FALSE(with("\"EC\"", "\"oct\""));
  EXPECT_FALSE(with(us_sign.kid(), mx_enc.kid()));
  EXPECT_FALSE(with("{", "{\"d\":\"AA\","));
  EXPECT_FALSE(MemberKey::from_jwk(us_sign.private_jwk().reveal(), KeyUse::sig));
}

}  // namespace
}  // namespace hotline
