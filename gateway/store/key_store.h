// keys.db: the wrapped key of each payload, apart from the payloads and never in a backup. A key that is
// destroyed is overwritten where it lay, and the write-ahead log that may still hold it is cut to nothing.
#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "gateway/crypto/payload_cipher.h"
#include "gateway/store/rows.h"
#include "gateway/store/sql.h"

namespace hotline {

struct StoredKey {
  PayloadId id;
  KeyWrapper::Wrapped wrapped;
};

// Safe to use from many threads; one writes at a time.
class KeyStore {
 public:
  static Result<std::unique_ptr<KeyStore>> open(const std::string& path, int flags);

  std::optional<KeyWrapper::Wrapped> find(const PayloadId& id) const;
  std::vector<PayloadId> ids() const;

  // Durable when it returns true. Keys to remove are deleted in the same transaction, yet may be read from
  // the file's log until flush().
  bool write(const std::vector<StoredKey>& add, const std::vector<PayloadId>& remove);
  // After this no removed key is in the files. Only works when something was removed since the last one.
  bool flush();

 private:
  explicit KeyStore(std::unique_ptr<Sql> sql) : sql_(std::move(sql)) {}
  Result<void> load();

  std::unique_ptr<Sql> sql_;
  std::mutex writing_;
  bool dirty_ = false;
  mutable std::mutex known_mutex_;
  std::unordered_map<PayloadId, KeyWrapper::Wrapped> known_;  // wrapped, so no secret by itself
};

}  // namespace hotline
