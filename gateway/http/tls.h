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

enum class ClientCertificates { none, optional, required };

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

// SHA-256 (hex) of the certificate's SubjectPublicKeyInfo: what the registry pins.
Result<std::string> certificate_key_sha256(const std::string& certificate_pem);

}  // namespace hotline
