// The node's certificate for mutual TLS. It is self-signed and pinned by its key in the signed registry
// (trust is a list of members, not the web's); the request is for a hotline whose own authority wants to
// sign.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/crypto/key_pair.h"
#include "i18n/base/clock.h"

namespace hotline {

struct CertificateSubject {
  std::string common_name;  // the member id
  std::vector<std::string>
      hosts;  // further subjectAltName entries; DNS:localhost and IP:127.0.0.1 are always there
  Instant from;
  Instant until;
};

Result<std::string> make_certificate(const KeyPair& key, const CertificateSubject& subject);  // PEM
Result<std::string> make_certificate_request(const KeyPair& key,
                                             const CertificateSubject& subject);  // PEM, PKCS#10

Result<std::string> certificate_spki_sha256(
    std::string_view pem);                               // hex; data_invalid when it is no certificate
std::string certificate_spki_sha256(X509* certificate);  // hex, "" when it has no key

struct Validity {
  Instant from;
  Instant until;
};
Result<Validity> certificate_validity(std::string_view pem);

}  // namespace hotline
