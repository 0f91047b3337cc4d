#include "gateway/exchange/answer.h"

namespace hotline {

KeptAnswer::KeptAnswer(const Store& store, const std::optional<WriteKey>& key, const Answer& answer,
                       Instant now) {
  if (!key) return;
  payload_ = store.protect(answer.body);
  IdempotencyRow row;
  row.client = key->client;
  row.key_hash = key->key_hash;
  row.fingerprint = key->fingerprint;
  row.status = answer.status;
  row.media_type = "application/json";
  row.response = payload_.id;
  row.created = now;
  row.expires = now.plus_seconds(kAnswerKeptSeconds);
  row_ = std::move(row);
}

void KeptAnswer::put(Transaction& transaction) const {
  if (!row_) return;
  transaction.keep(payload_);
  transaction.put(*row_);
}

}  // namespace hotline
