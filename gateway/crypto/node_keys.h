// All secrets of one node, as files of mode 0600 in one folder of mode 0700: signing.pem, encryption.pem,
// tls.pem, log.pem (PKCS#8), tls.crt, tls.csr, wrapping.json (the versions of the wrapping key and two keys
// for HMAC).
#pragma once

#include <string>

#include "gateway/crypto/certificate.h"
#include "gateway/crypto/key_pair.h"
#include "gateway/crypto/payload_cipher.h"

namespace hotline {

struct NodeKeys {
  KeyPair signing;
  KeyPair encryption;
  KeyPair tls;
  KeyPair log;  // Ed25519
  KeyWrapper wrapper;
  SecretBytes fingerprint_key;  // HMAC of requests for Idempotency-Key: a plain hash of personal data is
                                // personal data
  SecretBytes row_key;          // HMAC of stored rows, so that a changed row is found
  std::string certificate_pem;
  std::string directory;

  std::string tls_key_path() const { return directory + "/tls.pem"; }
  std::string certificate_path() const { return directory + "/tls.crt"; }
};

// Makes the folder and everything in it. state_conflict when one of the files exists: keys are never
// overwritten.
Result<NodeKeys> generate_node_keys(const std::string& directory, const CertificateSubject& subject);
// settings_invalid when a file can be read by others, not_found when one is missing (`expected` names it).
Result<NodeKeys> load_node_keys(const std::string& directory);
// Adds a new version of the wrapping key; older ones stay until nothing is wrapped by them.
Result<void> rotate_wrapping_key(const std::string& directory);

}  // namespace hotline
