#include "gateway/crypto/node_keys.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/openssl_handle.h"
#include "i18n/base/json.h"
#include "i18n/base/text_files.h"
#include "tests/unit/gateway/store_fixture.h"

namespace hotline {
namespace {

struct NodeKeyFiles : testing::Test {
  TemporaryFolder folder;
  std::string directory = folder.path() + "/keys";
  CertificateSubject subject{"us", {"gateway.us.example", "10.1.2.3"}, kNow, kNow.plus_seconds(86400)};
};

TEST_F(NodeKeyFiles, AreForTheirOwnerOnlyAndComeBackTheSame) {
  const auto made = generate_node_keys(directory, subject);
  ASSERT_TRUE(made);
  const auto loaded = load_node_keys(directory);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(made->signing.kid(), loaded->signing.kid());
  EXPECT_EQ(made->log.public_raw(), loaded->log.public_raw());
  EXPECT_EQ(made->row_key.reveal(), loaded->row_key.reveal());
  EXPECT_NE(made->signing.kid(), made->encryption.kid());
  for (const auto& each : std::filesystem::directory_iterator(directory)) {
    struct stat about {};
    ASSERT_EQ(::stat(each.path().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u) << each.path();
  }
}

TEST_F(NodeKeyFiles, AreNeverOverwritten) {
  ASSERT_TRUE(generate_node_keys(directory, subject));
  const auto again = generate_node_keys(directory, subject);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::state_conflict);
}

TEST_F(NodeKeyFiles, ThatOthersCanReadAreRefused) {
  ASSERT_TRUE(generate_node_keys(directory, subject));
  ASSERT_EQ(::chmod((directory + "/signing.pem").c_str(), 0640), 0);
  const auto loaded = load_node_keys(directory);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::settings_invalid);
}

TEST_F(NodeKeyFiles, OfTwoNodesMixedUpAreRefused) {
  ASSERT_TRUE(generate_node_keys(directory, subject));
  const auto other = make_certificate(KeyPair::generate(KeyKind::p256).value(), subject).value();
  ASSERT_TRUE(write_file(directory + "/tls.crt", other));
  EXPECT_FALSE(load_node_keys(directory));
}

TEST_F(NodeKeyFiles, ANewWrappingKeyLeavesTheOldOneReadable) {
  const auto before = generate_node_keys(directory, subject);
  ASSERT_TRUE(before);
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  const auto wrapped = before->wrapper.wrap(key, "id");
  ASSERT_TRUE(rotate_wrapping_key(directory));
  const auto after = load_node_keys(directory);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->wrapper.newest(), 2u);
  EXPECT_TRUE(after->wrapper.unwrap(wrapped, "id"));
}

TEST_F(NodeKeyFiles, TheCertificateNamesItsHostsAndIsPinnedByItsKey) {
  const auto keys = generate_node_keys(directory, subject);
  ASSERT_TRUE(keys);
  EXPECT_EQ(certificate_spki_sha256(keys->certificate_pem), keys->tls.spki_sha256());
  EXPECT_EQ(certificate_validity(keys->certificate_pem)->until, kNow.plus_seconds(86400));
  const BioHandle bio(
      BIO_new_mem_buf(keys->certificate_pem.data(), static_cast<int>(keys->certificate_pem.size())));
  const CertificateHandle certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  for (const char* host : {"localhost", "gateway.us.example"}) {
    EXPECT_EQ(X509_check_host(certificate.get(), host, 0, 0, nullptr), 1) << host;
  }
  for (const char* address : {"127.0.0.1", "10.1.2.3"}) {
    EXPECT_EQ(X509_check_ip_asc(certificate.get(), address, 0), 1) << address;
  }
  EXPECT_EQ(X509_check_host(certificate.get(), "gateway.mx.example", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_verify(certificate.get(), keys->tls.get()), 1);
}

TEST_F(NodeKeyFiles, AHostThatIsNoneIsRefused) {
  subject.hosts = {"a.example,IP:6.6.6.6"};
  EXPECT_EQ(generate_node_keys(directory, subject).error().code, ErrorCode::value_not_allowed);
}

TEST_F(NodeKeyFiles, TheRequestIsSignedByItsKey) {
  ASSERT_TRUE(generate_node_keys(directory, subject));
  const std::string pem = read_file(directory + "/tls.csr").value();
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const CertificateRequestHandle request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
  ASSERT_TRUE(request);
  EXPECT_EQ(X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())), 1);
}

TEST(KeyPairJwk, IsPublicCompleteAndNamedByItsThumbprint) {
  const KeyPair key = KeyPair::generate(KeyKind::p256).value();
  const auto jwk = parse_json(key.public_jwk(KeyUse::sig));
  ASSERT_TRUE(jwk);
  EXPECT_EQ(member(*jwk, "d"), nullptr);
  EXPECT_EQ(text_at(*jwk, "alg"), "ES256");
  // RFC 7638: the required members in order, without white space.
  Json required(rapidjson::kObjectType);
  for (const char* name : {"crv", "kty", "x", "y"})
    set_text(required, name, text_at(*jwk, name), required.GetAllocator());
  EXPECT_EQ(text_at(*jwk, "kid"), to_base64url(sha256(to_canonical(required))));
  EXPECT_EQ(from_base64url(text_at(*jwk, "x"))->size(), 32u);
  EXPECT_EQ(KeyPair::from_pem(key.private_pem().reveal())->kid(), key.kid());
}

TEST(KeyPairJwk, OtherKeysThanTheTwoKindsAreRefused) {
  for (const auto& [kind, name] : {std::pair{"EC", "P-384"}, std::pair{"EC", "secp256k1"}}) {
    const PkeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, kind, name));
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    EXPECT_FALSE(KeyPair::from_pem({data, static_cast<std::size_t>(size)})) << name;
  }
  EXPECT_FALSE(KeyPair::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
}

}  // namespace
}  // namespace hotline
