#include "gateway/crypto/payload_cipher.h"

#include <gtest/gtest.h>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"

namespace hotline {
namespace {

TEST(PayloadCipher, WhatWasEncryptedComesBackUnderItsKeyAndContext) {
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  const std::string sealed = encrypt_bytes(key, "the words of a person", "record-1");
  EXPECT_EQ(sealed.size(), std::string_view("the words of a person").size() + kGcmOverhead);
  EXPECT_EQ(sealed.find("words"), std::string::npos);
  ASSERT_TRUE(decrypt_bytes(key, sealed, "record-1"));
  EXPECT_EQ(*decrypt_bytes(key, sealed, "record-1"), "the words of a person");
}

TEST(PayloadCipher, TheSameTextNeverLooksTheSame) {
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  EXPECT_NE(encrypt_bytes(key, "same", ""), encrypt_bytes(key, "same", ""));
}

TEST(PayloadCipher, EveryFlippedBitIsRefused) {
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  const std::string sealed = encrypt_bytes(key, "a short text", "place");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    const auto opened = decrypt_bytes(key, flipped, "place");
    ASSERT_FALSE(opened) << bit;
    EXPECT_EQ(opened.error().code, ErrorCode::crypto_failed);
  }
}

TEST(PayloadCipher, AnotherContextAnotherKeyAndACutTextAreRefused) {
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  const std::string sealed = encrypt_bytes(key, "text", "row 1");
  EXPECT_FALSE(decrypt_bytes(key, sealed, "row 2"));
  EXPECT_FALSE(decrypt_bytes(random_secret(kPayloadKeyBytes), sealed, "row 1"));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(decrypt_bytes(key, std::string_view(sealed).substr(0, size), "row 1")) << size;
  }
}

// NIST GCM test vector (McGrew and Viega, test case 14): 256-bit zero key, zero IV, 16 zero bytes.
TEST(PayloadCipher, ReadsThePublishedVector) {
  const SecretBytes key(std::string(32, '\0'));
  const auto sealed =
      from_hex("000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
  ASSERT_TRUE(sealed);
  const auto opened = decrypt_bytes(key, *sealed, "");
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, std::string(16, '\0'));
}

TEST(KeyWrapper, TheNewestVersionWrapsAndAllUnwrap) {
  KeyWrapper wrapper;
  wrapper.add(1, random_secret(kPayloadKeyBytes));
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  const auto old = wrapper.wrap(key, "id");
  wrapper.add(2, random_secret(kPayloadKeyBytes));
  EXPECT_EQ(old.version, 1u);
  EXPECT_EQ(old.bytes.size(), 60u);
  EXPECT_EQ(wrapper.wrap(key, "id").version, 2u);
  ASSERT_TRUE(wrapper.unwrap(old, "id"));
  EXPECT_EQ(wrapper.unwrap(old, "id")->reveal(), key.reveal());
  EXPECT_FALSE(wrapper.unwrap(old, "another"));
  EXPECT_FALSE(wrapper.unwrap({3, old.bytes}, "id"));
}

}  // namespace
}  // namespace hotline
