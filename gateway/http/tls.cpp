#include "gateway/http/tls.h"

#include <Poco/Net/NetSSL.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>

#include "gateway/http/tls_poco.h"

namespace hotline {
namespace {

template <auto free_function>
struct Freer {
  template <class T>
  void operator()(T* handle) const {
    free_function(handle);
  }
};
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;

X509Ptr read_certificate(const std::string& pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

// `size` bytes that OpenSSL has allocated; they are freed here.
std::string digest_hex(unsigned char* der, int size) {
  if (size <= 0) return {};
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(der, static_cast<std::size_t>(size), digest.data());
  OPENSSL_free(der);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

CertificateDigests digests_of(const X509* certificate) {
  CertificateDigests digests;
  unsigned char* key = nullptr;
  const int key_size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &key);
  digests.key = digest_hex(key, key_size);
  unsigned char* whole = nullptr;
  const int size = i2d_X509(certificate, &whole);
  digests.certificate = digest_hex(whole, size);
  return digests;
}

int accept_any(int, X509_STORE_CTX*) {
  return 1;
}

Result<void> use_identity(SSL_CTX* context, const TlsIdentity& identity) {
  if (identity.certificate_pem.empty()) return {};
  const auto certificate = read_certificate(identity.certificate_pem);
  if (!certificate || SSL_CTX_use_certificate(context, certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, identity.private_key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return fail(ErrorCode::crypto_failed, {}, "tls_identity");
  }
  return {};
}

Result<void> trust(SSL_CTX* context, const std::vector<std::string>& trusted_pem) {
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  // A pinned certificate is the end of the chain even when another authority has issued it.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  for (const auto& pem : trusted_pem) {
    const auto certificate = read_certificate(pem);
    if (!certificate || X509_STORE_add_cert(store, certificate.get()) != 1) {
      return fail(ErrorCode::crypto_failed, {}, "trusted_certificate");
    }
  }
  return {};
}

Result<std::shared_ptr<TlsContext::Impl>> make(Poco::Net::Context::Usage usage, int verification,
                                               SSL_verify_cb callback, const TlsIdentity& identity,
                                               const std::vector<std::string>& trusted_pem) {
  Poco::Net::initializeSSL();
  Poco::Net::Context::Params params;
  params.verificationMode = static_cast<Poco::Net::Context::VerificationMode>(verification);
  params.loadDefaultCAs = false;
  auto impl = std::make_shared<TlsContext::Impl>();
  try {
    impl->context = new Poco::Net::Context(usage, params);
    impl->context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_3);
    impl->context->enableExtendedCertificateVerification(
        false);  // names are no proof here; the pinned key is
  } catch (const Poco::Exception&) {
    return fail(ErrorCode::crypto_failed, {}, "tls");
  }
  SSL_CTX* context = impl->context->sslContext();
  SSL_CTX_set_verify(context, verification, callback);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);  // what was read lies in no idle connection
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (auto done = use_identity(context, identity); !done) return fail(std::move(done.error()));
  if (auto done = trust(context, trusted_pem); !done) return fail(std::move(done.error()));
  return impl;
}

}  // namespace

Result<TlsContext> TlsContext::server(const TlsIdentity& identity, ClientCertificates wanted,
                                      const std::vector<std::string>& trusted_pem) {
  int verification = SSL_VERIFY_NONE;
  if (wanted == ClientCertificates::any) verification = SSL_VERIFY_PEER;
  if (wanted == ClientCertificates::trusted) verification = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  const SSL_verify_cb callback = wanted == ClientCertificates::any ? &accept_any : nullptr;
  auto impl = make(Poco::Net::Context::TLS_SERVER_USE, verification, callback, identity, trusted_pem);
  if (!impl) return fail(std::move(impl.error()));
  return TlsContext(std::move(*impl));
}

Result<TlsContext> TlsContext::client(const TlsIdentity& identity,
                                      const std::vector<std::string>& trusted_pem) {
  auto impl = make(Poco::Net::Context::TLS_CLIENT_USE, SSL_VERIFY_PEER, nullptr, identity, trusted_pem);
  if (!impl) return fail(std::move(impl.error()));
  return TlsContext(std::move(*impl));
}

Result<CertificateDigests> certificate_digests(const std::string& certificate_pem) {
  const auto certificate = read_certificate(certificate_pem);
  if (!certificate) return fail(ErrorCode::crypto_failed, {}, "certificate");
  return digests_of(certificate.get());
}

CertificateDigests peer_digests(const Poco::Net::SecureStreamSocket& socket) {
  if (!socket.havePeerCertificate()) return {};
  return digests_of(socket.peerCertificate().certificate());
}

}  // namespace hotline
