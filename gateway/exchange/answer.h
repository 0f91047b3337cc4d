// The answer to a write, and how it is kept beside what it did, so that a retry is answered and not done
// again.
#pragma once

#include <optional>
#include <string>

#include "gateway/store/store.h"

namespace hotline {

struct Answer {
  int status = 200;
  std::string body;  // JSON
};

// Which write it was: client, Idempotency-Key (as HMAC) and what was asked (as HMAC of method, path and
// body).
struct WriteKey {
  std::string client;
  std::string key_hash;
  std::string fingerprint;
};

// The longest retry; said in openapi.json.
inline constexpr std::int64_t kAnswerKeptSeconds = std::int64_t{7} * 24 * 3600;

// Encrypts the answer outside the transaction, then puts it into it. Does nothing for a write without a key.
class KeptAnswer {
 public:
  KeptAnswer(const Store& store, const std::optional<WriteKey>& key, const Answer& answer, Instant now);
  void put(Transaction& transaction) const;

 private:
  std::optional<IdempotencyRow> row_;
  ProtectedPayload payload_;
};

}  // namespace hotline
