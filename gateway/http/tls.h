// TLS 1.3 only (RFC 8446), no session tickets. Trust is a list of certificates, not the web's authorities: a
// certificate is good when it, or one that issued it, stands in the list.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "i18n/base/result.h"

namespace hotline {

struct TlsIdentity {
  std::string certificate_pem;
  std::string private_key_file;  // PEM, read once
};

// any: one is asked for and its possession proved, but whose it is is the caller's to look up (a list of
// digests); trusted: without one from the list there is no connection.
enum class ClientCertificates { none, any, trusted };

class TlsContext {
 public:
  static Result<TlsContext> server(const TlsIdentity& identity, ClientCertificates wanted,
                                   const std::vector<std::string>& trusted_pem);
  // Without identity ("" certificate) no certificate is shown.
  static Result<TlsContext> client(const TlsIdentity& identity, const std::vector<std::string>& trusted_pem);

  struct Impl;
  const std::shared_ptr<Impl>& impl() const { return impl_; }

 private:
  explicit TlsContext(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

struct CertificateDigests {
  std::string key;          // SHA-256 (hex) of the SubjectPublicKeyInfo: what the registry pins
  std::string certificate;  // SHA-256 (hex) of the whole certificate (DER): what node settings name
};
Result<CertificateDigests> certificate_digests(const std::string& certificate_pem);

}  // namespace hotline
