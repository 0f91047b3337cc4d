#include "gateway/crypto/secret.h"

#include <openssl/crypto.h>

namespace hotline {

void wipe(std::string& bytes) {
  // The whole buffer: a string that was longer before, or was moved from while short, has left bytes behind
  // its end.
  bytes.resize(bytes.capacity());
  OPENSSL_cleanse(bytes.data(), bytes.size());
  bytes.clear();
}

}  // namespace hotline
