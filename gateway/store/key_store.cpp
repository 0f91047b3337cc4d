#include "gateway/store/key_store.h"

namespace hotline {
namespace {

constexpr const char* kSetup =
    "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA wal_autocheckpoint=0;"
    "CREATE TABLE IF NOT EXISTS payload_key(id TEXT PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB NOT "
    "NULL)"
    " STRICT, WITHOUT ROWID";

}  // namespace

Result<std::unique_ptr<KeyStore>> KeyStore::open(const std::string& path, int flags) {
  auto sql = Sql::open(path, flags, kSetup);
  if (!sql) return fail(sql.error());
  std::unique_ptr<KeyStore> store(new KeyStore(std::move(*sql)));
  if (auto loaded = store->load(); !loaded) return fail(loaded.error());
  // A crash may have left the log with keys that were removed.
  store->dirty_ = true;
  if (!store->flush()) return fail(ErrorCode::store_unavailable, {}, "keys.db");
  return store;
}

Result<void> KeyStore::load() {
  {
    Query check = sql_->query("PRAGMA quick_check");
    if (!check.step() || check.text(0) != "ok") return fail(ErrorCode::store_corrupt, {}, "keys.db");
  }
  Query query = sql_->query("SELECT id,version,wrapped FROM payload_key");
  while (query.step()) {
    known_.emplace(PayloadId(query.text(0)),
                   KeyWrapper::Wrapped{static_cast<std::uint32_t>(query.integer(1)), query.text(2)});
  }
  if (sql_->failure() != SQLITE_OK) return fail(ErrorCode::store_corrupt, {}, "keys.db");
  return {};
}

std::optional<KeyWrapper::Wrapped> KeyStore::find(const PayloadId& id) const {
  const std::lock_guard lock(known_mutex_);
  const auto found = known_.find(id);
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

std::vector<PayloadId> KeyStore::ids() const {
  const std::lock_guard lock(known_mutex_);
  std::vector<PayloadId> all;
  all.reserve(known_.size());
  for (const auto& [id, wrapped] : known_) all.push_back(id);
  return all;
}

bool KeyStore::write(const std::vector<StoredKey>& add, const std::vector<PayloadId>& remove) {
  if (add.empty() && remove.empty()) return true;
  const std::lock_guard lock(writing_);
  sql_->run("BEGIN IMMEDIATE");
  for (const auto& each : add) {
    Query query = sql_->query("INSERT INTO payload_key(id,version,wrapped) VALUES(?,?,?)");
    query.bind(std::string_view(each.id.get()))
        .bind(std::int64_t{each.wrapped.version})
        .bind_blob(each.wrapped.bytes);
    query.run();
  }
  for (const auto& each : remove) {
    Query query = sql_->query("DELETE FROM payload_key WHERE id=?");
    query.bind(std::string_view(each.get()));
    query.run();
  }
  if (!sql_->run("COMMIT")) {
    sql_->forget_failure();
    if (sql_->in_transaction()) sql_->run("ROLLBACK");
    sql_->forget_failure();
    return false;
  }
  dirty_ = dirty_ || !remove.empty();
  const std::lock_guard known(known_mutex_);
  for (const auto& each : add) known_.emplace(each.id, each.wrapped);
  for (const auto& each : remove) known_.erase(each);
  return true;
}

bool KeyStore::flush() {
  const std::lock_guard lock(writing_);
  if (!dirty_) return true;
  bool done = false;
  {
    Query query = sql_->query("PRAGMA wal_checkpoint(TRUNCATE)");
    done = query.step() && query.integer(0) == 0;
  }
  done = done && sql_->failure() == SQLITE_OK;
  sql_->forget_failure();
  dirty_ = !done;
  return done;
}

}  // namespace hotline
