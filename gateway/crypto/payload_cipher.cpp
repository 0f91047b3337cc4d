#include "gateway/crypto/payload_cipher.h"

#include <cstdlib>

#include "gateway/crypto/openssl_handle.h"
#include "gateway/crypto/random.h"

namespace hotline {
namespace {

constexpr std::size_t kIvBytes = 12;
constexpr std::size_t kTagBytes = 16;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes, std::size_t at = 0) {
  return reinterpret_cast<unsigned char*>(bytes.data() + at);
}

}  // namespace

std::string encrypt_bytes(const SecretBytes& key, std::string_view plaintext, std::string_view context) {
  std::string out = random_bytes(kIvBytes);
  out.resize(kIvBytes + plaintext.size() + kTagBytes);
  const CipherHandle cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  const bool done =
      cipher && key.reveal().size() == kPayloadKeyBytes &&
      openssl_ok(
          EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key.reveal()), octets(out))) &&
      openssl_ok(EVP_EncryptUpdate(cipher.get(), nullptr, &written, octets(context),
                                   static_cast<int>(context.size()))) &&
      openssl_ok(EVP_EncryptUpdate(cipher.get(), octets(out, kIvBytes), &written, octets(plaintext),
                                   static_cast<int>(plaintext.size()))) &&
      openssl_ok(EVP_EncryptFinal_ex(cipher.get(), octets(out, kIvBytes + plaintext.size()), &written)) &&
      openssl_ok(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                                     octets(out, kIvBytes + plaintext.size())));
  if (!done)
    std::abort();  // a wrong key size is a fault of ours, the rest is no memory: never store plaintext
  return out;
}

Result<std::string> decrypt_bytes(const SecretBytes& key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < kGcmOverhead || key.reveal().size() != kPayloadKeyBytes) {
    return fail(ErrorCode::crypto_failed);
  }
  const std::string_view body = sealed.substr(kIvBytes, sealed.size() - kGcmOverhead);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plaintext(body.size(), '\0');
  std::string rest(kTagBytes, '\0');
  const CipherHandle cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  const bool done =
      cipher &&
      openssl_ok(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key.reveal()),
                                    octets(sealed))) &&
      openssl_ok(EVP_DecryptUpdate(cipher.get(), nullptr, &written, octets(context),
                                   static_cast<int>(context.size()))) &&
      openssl_ok(EVP_DecryptUpdate(cipher.get(), octets(plaintext), &written, octets(body),
                                   static_cast<int>(body.size()))) &&
      openssl_ok(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data())) &&
      openssl_ok(EVP_DecryptFinal_ex(cipher.get(), octets(rest), &written));
  if (done) return plaintext;
  wipe(plaintext);  // not authenticated: nobody may see it
  return fail(ErrorCode::crypto_failed);
}

void KeyWrapper::add(std::uint32_t version, SecretBytes key) {
  keys_.insert_or_assign(version, std::move(key));
}

KeyWrapper::Wrapped KeyWrapper::wrap(const SecretBytes& key, std::string_view context) const {
  return {newest(), encrypt_bytes(keys_.rbegin()->second, key.reveal(), context)};
}

Result<SecretBytes> KeyWrapper::unwrap(const Wrapped& wrapped, std::string_view context) const {
  const auto found = keys_.find(wrapped.version);
  if (found == keys_.end()) return fail(ErrorCode::crypto_failed, {}, "wrapping_key_version");
  auto key = decrypt_bytes(found->second, wrapped.bytes, context);
  if (!key) return fail(std::move(key.error()));
  SecretBytes secret(*key);
  wipe(*key);
  return secret;
}

}  // namespace hotline
