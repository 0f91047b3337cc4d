#include "gateway/crypto/key_pair.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/openssl_handle.h"

namespace hotline {
namespace {

constexpr std::size_t kCoordinate = 32;

std::string bio_text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string number_at(EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  if (!openssl_ok(EVP_PKEY_get_bn_param(key, name, &raw))) return {};
  const BignumHandle number(raw);
  std::string bytes(kCoordinate, '\0');
  BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(kCoordinate));
  return bytes;
}

bool is_p256(EVP_PKEY* key) {
  char group[64];
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         openssl_ok(
             EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &size)) &&
         std::string_view(group, size) == "prime256v1";
}

std::string raw_public(EVP_PKEY* key) {
  std::string bytes(32, '\0');
  std::size_t size = bytes.size();
  if (!openssl_ok(EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()), &size)))
    return {};
  return bytes;
}

}  // namespace

Result<KeyPair> KeyPair::generate(KeyKind kind) {
  EVP_PKEY* key = kind == KeyKind::p256 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                                        : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  ERR_clear_error();
  if (key == nullptr) return fail(ErrorCode::crypto_failed);
  return KeyPair(std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free), kind);
}

Result<KeyPair> KeyPair::from_pem(std::string_view pem) {
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  // An encrypted key must not make the library ask at a terminal.
  const auto no_password = [](char*, int, int, void*) { return -1; };
  EVP_PKEY* raw = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr) : nullptr;
  ERR_clear_error();
  if (raw == nullptr) return fail(ErrorCode::data_invalid);
  std::shared_ptr<EVP_PKEY> key(raw, EVP_PKEY_free);
  if (is_p256(raw)) return KeyPair(std::move(key), KeyKind::p256);
  if (EVP_PKEY_is_a(raw, "ED25519") == 1) return KeyPair(std::move(key), KeyKind::ed25519);
  return fail(ErrorCode::data_invalid);
}

SecretBytes KeyPair::private_pem() const {
  const BioHandle bio(BIO_new(BIO_s_secmem()));
  if (!bio ||
      !openssl_ok(PEM_write_bio_PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr))) {
    return {};
  }
  return SecretBytes(bio_text(bio.get()));
}

std::string KeyPair::public_raw() const {
  if (kind_ == KeyKind::ed25519) return raw_public(key_.get());
  return '\x04' + number_at(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X) +
         number_at(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
}

std::string KeyPair::spki_sha256() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &der);
  ERR_clear_error();
  if (size <= 0) return {};
  std::string digest = sha256_hex({reinterpret_cast<char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return digest;
}

std::string p256_thumbprint(std::string_view x, std::string_view y) {
  std::string text = R"({"crv":"P-256","kty":"EC","x":")";
  text.append(x).append(R"(","y":")").append(y).append("\"}");
  return to_base64url(sha256(text));
}

std::string KeyPair::kid() const {
  if (kind_ != KeyKind::p256) return {};
  const std::string point = public_raw();
  return p256_thumbprint(to_base64url(std::string_view(point).substr(1, kCoordinate)),
                         to_base64url(std::string_view(point).substr(1 + kCoordinate)));
}

std::string KeyPair::public_jwk(KeyUse use) const {
  if (kind_ != KeyKind::p256) return {};
  const std::string point = public_raw();
  const std::string x = to_base64url(std::string_view(point).substr(1, kCoordinate));
  const std::string y = to_base64url(std::string_view(point).substr(1 + kCoordinate));
  return R"({"kty":"EC","crv":"P-256","x":")" + x + R"(","y":")" + y + R"(","use":")" +
         (use == KeyUse::sig ? R"(sig","alg":"ES256)" : R"(enc","alg":"ECDH-ES)") + R"(","kid":")" +
         p256_thumbprint(x, y) + "\"}";
}

SecretBytes KeyPair::private_jwk() const {
  if (kind_ != KeyKind::p256) return {};
  const std::string point = public_raw();
  std::string scalar = number_at(key_.get(), OSSL_PKEY_PARAM_PRIV_KEY);
  std::string d = to_base64url(scalar);
  SecretBytes jwk(R"({"kty":"EC","crv":"P-256","x":")" +
                  to_base64url(std::string_view(point).substr(1, kCoordinate)) + R"(","y":")" +
                  to_base64url(std::string_view(point).substr(1 + kCoordinate)) + R"(","d":")" + d + "\"}");
  wipe(scalar);
  wipe(d);
  return jwk;
}

Result<std::string> KeyPair::sign_ed25519(std::string_view bytes) const {
  const DigestHandle context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (!context || kind_ != KeyKind::ed25519 ||
      !openssl_ok(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get())) ||
      !openssl_ok(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                 reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()))) {
    return fail(ErrorCode::crypto_failed);
  }
  return signature;
}

bool verify_ed25519(std::string_view public_raw, std::string_view bytes, std::string_view signature) {
  if (public_raw.size() != 32 || signature.size() != 64) return false;
  const PkeyHandle key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                                   reinterpret_cast<const unsigned char*>(public_raw.data()),
                                                   public_raw.size()));
  const DigestHandle context(EVP_MD_CTX_new());
  ERR_clear_error();
  return key && context &&
         openssl_ok(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get())) &&
         openssl_ok(EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                                     signature.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                                     bytes.size()));
}

}  // namespace hotline
