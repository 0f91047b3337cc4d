#include "gateway/crypto/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/openssl_handle.h"
#include "gateway/crypto/random.h"

namespace hotline {
namespace {

using ExtensionHandle = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;
struct ExtensionsFree {
  void operator()(STACK_OF(X509_EXTENSION) * all) const {
    sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
  }
};
using Extensions = std::unique_ptr<STACK_OF(X509_EXTENSION), ExtensionsFree>;

std::string bio_text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

bool is_ip(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  ERR_clear_error();
  ASN1_OCTET_STRING_free(address);
  return address != nullptr;
}

// The extension's text is a small language of OpenSSL's own; only plain host characters may get into it.
bool is_host(const std::string& host) {
  return !host.empty() &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") ==
             std::string::npos;
}

Result<std::string> alternative_names(const CertificateSubject& subject) {
  std::string text = "DNS:localhost,IP:127.0.0.1";
  for (const auto& host : subject.hosts) {
    if (!is_host(host)) return fail(ErrorCode::value_not_allowed, {}, "host");
    if (host == "localhost" || host == "127.0.0.1") continue;
    text += (is_ip(host) ? ",IP:" : ",DNS:") + host;
  }
  return text;
}

bool set_name(X509_NAME* name, const std::string& common_name) {
  return openssl_ok(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                               reinterpret_cast<const unsigned char*>(common_name.data()),
                                               static_cast<int>(common_name.size()), -1, 0));
}

Result<Extensions> make_extensions(const CertificateSubject& subject) {
  const auto names = alternative_names(subject);
  if (!names) return fail(names.error());
  const std::pair<int, std::string> wanted[] = {
      {NID_basic_constraints, "critical,CA:FALSE"},
      {NID_key_usage, "critical,digitalSignature"},
      {NID_ext_key_usage, "serverAuth,clientAuth"},
      {NID_subject_alt_name, *names},
  };
  Extensions all(sk_X509_EXTENSION_new_null());
  for (const auto& [nid, text] : wanted) {
    ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, text.c_str()));
    ERR_clear_error();
    if (!extension || sk_X509_EXTENSION_push(all.get(), extension.get()) == 0)
      return fail(ErrorCode::crypto_failed);
    static_cast<void>(extension.release());  // the stack owns it
  }
  return all;
}

bool set_serial(X509* certificate) {
  std::string serial = random_bytes(16);
  serial[0] &= 0x7F;  // positive, at most 20 octets (RFC 5280 section 4.1.2.2)
  const BignumHandle number(BN_bin2bn(reinterpret_cast<const unsigned char*>(serial.data()),
                                      static_cast<int>(serial.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

CertificateHandle read_certificate(std::string_view pem) {
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CertificateHandle certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  return certificate;
}

std::optional<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (!openssl_ok(ASN1_TIME_to_tm(time, &parts))) return std::nullopt;
  return Instant{static_cast<std::int64_t>(timegm(&parts)) * 1000};
}

}  // namespace

Result<std::string> make_certificate(const KeyPair& key, const CertificateSubject& subject) {
  auto extensions = make_extensions(subject);
  if (!extensions) return fail(extensions.error());
  const CertificateHandle certificate(X509_new());
  X509* x = certificate.get();
  X509_NAME* name = X509_get_subject_name(x);
  const bool filled = x != nullptr && openssl_ok(X509_set_version(x, X509_VERSION_3)) && set_serial(x) &&
                      ASN1_TIME_set(X509_getm_notBefore(x), subject.from.seconds()) != nullptr &&
                      ASN1_TIME_set(X509_getm_notAfter(x), subject.until.seconds()) != nullptr &&
                      openssl_ok(X509_set_pubkey(x, key.get())) && set_name(name, subject.common_name) &&
                      openssl_ok(X509_set_issuer_name(x, name));
  if (!filled) return fail(ErrorCode::crypto_failed);
  for (int i = 0; i < sk_X509_EXTENSION_num(extensions->get()); ++i) {
    if (!openssl_ok(X509_add_ext(x, sk_X509_EXTENSION_value(extensions->get(), i), -1))) {
      return fail(ErrorCode::crypto_failed);
    }
  }
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (X509_sign(x, key.get(), EVP_sha256()) <= 0 || !openssl_ok(PEM_write_bio_X509(bio.get(), x))) {
    return fail(ErrorCode::crypto_failed);
  }
  return bio_text(bio.get());
}

Result<std::string> make_certificate_request(const KeyPair& key, const CertificateSubject& subject) {
  auto extensions = make_extensions(subject);
  if (!extensions) return fail(extensions.error());
  const CertificateRequestHandle request(X509_REQ_new());
  X509_REQ* x = request.get();
  const BioHandle bio(BIO_new(BIO_s_mem()));
  const bool done = x != nullptr && bio && set_name(X509_REQ_get_subject_name(x), subject.common_name) &&
                    openssl_ok(X509_REQ_set_pubkey(x, key.get())) &&
                    openssl_ok(X509_REQ_add_extensions(x, extensions->get())) &&
                    X509_REQ_sign(x, key.get(), EVP_sha256()) > 0 &&
                    openssl_ok(PEM_write_bio_X509_REQ(bio.get(), x));
  if (!done) return fail(ErrorCode::crypto_failed);
  return bio_text(bio.get());
}

std::string certificate_spki_sha256(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = certificate == nullptr ? 0 : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  ERR_clear_error();
  if (size <= 0) return {};
  std::string digest = sha256_hex({reinterpret_cast<char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return digest;
}

Result<std::string> certificate_spki_sha256(std::string_view pem) {
  const CertificateHandle certificate = read_certificate(pem);
  std::string digest = certificate_spki_sha256(certificate.get());
  if (digest.empty()) return fail(ErrorCode::data_invalid);
  return digest;
}

Result<Validity> certificate_validity(std::string_view pem) {
  const CertificateHandle certificate = read_certificate(pem);
  if (!certificate) return fail(ErrorCode::data_invalid);
  const auto from = instant_of(X509_get0_notBefore(certificate.get()));
  const auto until = instant_of(X509_get0_notAfter(certificate.get()));
  if (!from || !until) return fail(ErrorCode::data_invalid);
  return Validity{*from, *until};
}

}  // namespace hotline
