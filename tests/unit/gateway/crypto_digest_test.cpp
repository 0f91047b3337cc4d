#include "gateway/crypto/digest.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "gateway/crypto/random.h"

namespace hotline {
namespace {

TEST(Digest, AnswersThePublishedVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Digest, Base64IsThatOfRfc4648) {
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(from_base64("Zg=="), "f");
}

TEST(Digest, OneTextOnlyForEachByteString) {
  for (const char* text : {"Zh==", "Zg=", "Zg", "Z===", "Zg==Zg==", "Zm9\n", "Zg = "}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (const char* text : {"Zh", "Z", "Zg==", "Zm+", "Zm/", "Zm9v YQ", "Zm9vYR"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
    EXPECT_FALSE(is_base64url(text)) << text;
  }
  for (const char* text : {"AB", "0g", "f", "abc"}) EXPECT_FALSE(from_hex(std::string(text) + "G"));
  EXPECT_FALSE(from_hex("AB"));
}

TEST(Digest, SpellingsComeBack) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
    RC_ASSERT(from_base64(to_base64(bytes)) == bytes);
    RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
    RC_ASSERT(is_base64url(to_base64url(bytes)));
  }));
}

TEST(Random, IdsHaveTheirShapeAndDoNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(is_uuid(uuid4()));
    EXPECT_TRUE(seen.insert(uuid4()).second);
  }
  EXPECT_EQ(uuid4()[14], '4');
}

TEST(Random, Version7SortsByTime) {
  const std::string early = uuid7(Instant{1'700'000'000'000});
  const std::string late = uuid7(Instant{1'700'000'000'001});
  EXPECT_TRUE(is_uuid(early));
  EXPECT_EQ(early.substr(0, 13), "018bcfe5-6800");
  EXPECT_LT(early, late);
}

TEST(Random, WhatIsNoUuidIsNone) {
  for (const char* text : {"", "maria", "018BCFE5-6800-7000-8000-000000000000",
                           "018bcfe5-6800-1000-8000-000000000000", "018bcfe5-6800-7000-c000-000000000000",
                           "018bcfe5-6800-7000-8000-00000000000", "018bcfe5x6800-7000-8000-000000000000"}) {
    EXPECT_FALSE(is_uuid(text)) << text;
  }
}

}  // namespace
}  // namespace hotline
