// The store in two SQLite files of one folder: gateway.db (rows, ciphertexts, log) and keys.db (payload keys,
// never in a backup), and the file tree-head, which repeats the newest signed tree head.
#pragma once

#include <memory>
#include <string>

#include "gateway/crypto/node_keys.h"
#include "gateway/store/store.h"

namespace hotline {

struct SqliteOptions {
  std::string directory;
  std::string log_origin;      // e.g. "us.hotline.example/log"
  std::size_t readers = 4;     // connections that stay open for read()
  bool create = true;          // false: not_found when there is no store
  bool inspect = false;        // open it although it cannot be trusted, for verify(); nothing is written
  std::int64_t max_pages = 0;  // quota of gateway.db in pages of 4 KiB, 0: none; beyond it is disk_full
};

// Opens or makes the store, brings its schema up to date, destroys orphaned keys, and compares the log with
// its signed head. store_corrupt or log_mismatch when it cannot be trusted, store_unavailable when it cannot
// be opened or another process has it. The keys must outlive the store.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options, const NodeKeys& keys);

}  // namespace hotline
