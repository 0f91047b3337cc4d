// JOSE once more, by hand over OpenSSL and without the library under test: makes and opens tokens with any
// header, so that what we write is read independently and what we must refuse can be made.
#pragma once

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/key_pair.h"
#include "gateway/crypto/openssl_handle.h"
#include "gateway/crypto/random.h"
#include "gateway/seal/open.h"
#include "gateway/seal/seal.h"

namespace hotline {
namespace by_hand {

inline const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

inline std::vector<std::string> parts_of(std::string_view token) {
  std::vector<std::string> parts(1);
  for (char c : token) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// r || s of ES256.
inline std::string sign(const KeyPair& key, std::string_view text) {
  const DigestHandle context(EVP_MD_CTX_new());
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
  std::string der(128, '\0');
  std::size_t size = der.size();
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size, octets(text),
                 text.size());
  const unsigned char* at = octets(der);
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
  std::string raw(64, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), reinterpret_cast<unsigned char*>(raw.data()), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), reinterpret_cast<unsigned char*>(raw.data() + 32), 32);
  ECDSA_SIG_free(signature);
  return raw;
}

inline bool verify(const KeyPair& key, std::string_view text, const std::string& raw) {
  ECDSA_SIG* signature = ECDSA_SIG_new();
  ECDSA_SIG_set0(signature, BN_bin2bn(octets(raw), 32, nullptr), BN_bin2bn(octets(raw) + 32, 32, nullptr));
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature, &der);
  const DigestHandle context(EVP_MD_CTX_new());
  const bool good =
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), der, static_cast<std::size_t>(size), octets(text), text.size()) == 1;
  OPENSSL_free(der);
  ECDSA_SIG_free(signature);
  return good;
}

inline std::string jws(const std::string& header, const std::string& payload, const KeyPair& key) {
  const std::string text = to_base64url(header) + '.' + to_base64url(payload);
  return text + '.' + to_base64url(sign(key, text));
}

inline PkeyHandle public_key(const std::string& point) {
  OSSL_PARAM_BLD* build = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  OSSL_PARAM* params = OSSL_PARAM_BLD_to_param(build);
  const PkeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params);
  OSSL_PARAM_free(params);
  OSSL_PARAM_BLD_free(build);
  return PkeyHandle(key);
}

// RFC 7518 section 4.6.2: one round of SHA-256, AlgorithmID A256GCM, empty party infos, 256 bits.
inline std::string content_key(EVP_PKEY* own, EVP_PKEY* peer) {
  const PkeyContextHandle context(EVP_PKEY_CTX_new(own, nullptr));
  std::string z(32, '\0');
  std::size_t size = z.size();
  EVP_PKEY_derive_init(context.get());
  EVP_PKEY_derive_set_peer(context.get(), peer);
  EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(z.data()), &size);
  using namespace std::string_literals;
  return sha256("\0\0\0\1"s + z + "\0\0\0\7A256GCM"s + "\0\0\0\0"s + "\0\0\0\0"s + "\0\0\1\0"s);
}

inline std::string gcm(bool encrypt, const std::string& key, const std::string& iv, std::string_view text,
                       std::string_view aad, std::string& tag) {
  const CipherHandle cipher(EVP_CIPHER_CTX_new());
  std::string out(text.size(), '\0');
  int size = 0;
  EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(iv), encrypt ? 1 : 0);
  EVP_CipherUpdate(cipher.get(), nullptr, &size, octets(aad), static_cast<int>(aad.size()));
  EVP_CipherUpdate(cipher.get(), reinterpret_cast<unsigned char*>(out.data()), &size, octets(text),
                   static_cast<int>(text.size()));
  if (!encrypt) EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, 16, tag.data());
  unsigned char rest[16];
  if (EVP_CipherFinal_ex(cipher.get(), rest, &size) != 1) return {};
  tag.resize(16);
  if (encrypt) EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, 16, tag.data());
  return out;
}

// `header` may hold @EPK@ where the ephemeral key's JWK belongs.
inline std::string jwe(std::string header, const std::string& plaintext, const KeyPair& recipient) {
  const KeyPair ephemeral = KeyPair::generate(KeyKind::p256).value();
  const std::string point = ephemeral.public_raw();
  const std::string epk = R"({"kty":"EC","crv":"P-256","x":")" + to_base64url(point.substr(1, 32)) +
                          R"(","y":")" + to_base64url(point.substr(33)) + "\"}";
  if (const auto at = header.find("@EPK@"); at != std::string::npos) header.replace(at, 5, epk);
  const std::string first = to_base64url(header);
  const std::string iv = random_bytes(12);
  std::string tag;
  const std::string key = content_key(ephemeral.get(), public_key(recipient.public_raw()).get());
  const std::string body = gcm(true, key, iv, plaintext, first, tag);
  return first + ".." + to_base64url(iv) + '.' + to_base64url(body) + '.' + to_base64url(tag);
}

inline std::string decrypt(const std::string& token, const KeyPair& recipient) {
  const auto parts = parts_of(token);
  const auto header = parse_json(from_base64url(parts[0]).value());
  const JsonValue& epk = (*header)["epk"];
  const std::string point =
      '\x04' + from_base64url(text_at(epk, "x")).value() + from_base64url(text_at(epk, "y")).value();
  std::string tag = from_base64url(parts[4]).value();
  return gcm(false, content_key(recipient.get(), public_key(point).get()), from_base64url(parts[2]).value(),
             from_base64url(parts[3]).value(), parts[0], tag);
}

}  // namespace by_hand

// Two members: "us" sends to "mx".
struct SealedExchange : testing::Test {
  static constexpr Instant kAt{1'772'373'600'000};
  KeyPair us_sign = KeyPair::generate(KeyKind::p256).value();
  KeyPair mx_enc = KeyPair::generate(KeyKind::p256).value();
  OwnKey signer = OwnKey::from(us_sign).value();
  OwnKey opener = OwnKey::from(mx_enc).value();
  MemberKey to_mx = MemberKey::from_jwk(mx_enc.public_jwk(KeyUse::enc), KeyUse::enc).value();
  MemberKey of_us = MemberKey::from_jwk(us_sign.public_jwk(KeyUse::sig), KeyUse::sig).value();
  MessageId message{uuid7(kAt)};

  SealContext sealing() const {
    return {MemberId("us"), MemberId("mx"), message, kAt, kAt.plus_seconds(3600), signer, to_mx};
  }
  OpenContext opening() const {
    return {MemberId("mx"), opener, MemberId("us"),
            [this](std::string_view kid) -> std::optional<KnownSigner> {
              if (kid != of_us.kid()) return std::nullopt;
              return KnownSigner{MemberId("us"), of_us};
            },
            kAt};
  }

  std::string jwe_header() const {
    return R"({"alg":"ECDH-ES","enc":"A256GCM","kid":")" + opener.kid() + R"(","cty":"JWT","epk":@EPK@})";
  }
  std::string jws_header(const std::string& type = "status+jwt", const std::string& alg = "ES256") const {
    return R"({"alg":")" + alg + R"(","kid":")" + signer.kid() + R"(","typ":")" + type + "\"}";
  }
  std::string claims(const std::string& changed = {}, const std::string& value = {}) const {
    const auto pick = [&](const char* name, const std::string& usual) {
      return changed == name ? value : usual;
    };
    return R"({"iss":)" + pick("iss", "\"us\"") + R"(,"aud":)" + pick("aud", "\"mx\"") + R"(,"jti":)" +
           pick("jti", '"' + message.get() + '"') + R"(,"iat":)" +
           pick("iat", std::to_string(kAt.seconds())) + R"(,"exp":)" +
           pick("exp", std::to_string(kAt.seconds() + 60)) + R"(,"control":)" +
           pick("control", R"({"any": "thing"})") + '}';
  }
  std::string token(const std::string& payload) const {
    return by_hand::jwe(jwe_header(), by_hand::jws(jws_header(), payload, us_sign), mx_enc);
  }
  ErrorCode refusal(const std::string& bytes) const {
    const auto opened = open_sealed(bytes, opening());
    EXPECT_FALSE(opened) << "was taken";
    return opened ? ErrorCode::internal : opened.error().code;
  }
};

}  // namespace hotline
