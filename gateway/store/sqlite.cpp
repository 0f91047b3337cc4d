#include "gateway/store/sqlite.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <unordered_set>

#include "gateway/log/tree_head.h"
#include "gateway/store/migrations.h"
#include "gateway/store/sqlite_store.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

constexpr auto kHouseRhythm = std::chrono::milliseconds(200);
constexpr const char* kDatabase = "/gateway.db";
constexpr const char* kKeys = "/keys.db";
constexpr const char* kMirror = "/tree-head";

constexpr const char* kWriterSetup =
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000;PRAGMA wal_autocheckpoint=16000;"
    "PRAGMA journal_size_limit=67108864;PRAGMA trusted_schema=OFF";
constexpr const char* kReaderSetup =
    "PRAGMA query_only=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-4000;PRAGMA trusted_schema=OFF";

std::unique_ptr<Sql> open_reader(const std::string& directory) {
  auto sql = Sql::open(directory + kDatabase, SQLITE_OPEN_READWRITE, kReaderSetup);
  return sql ? std::move(*sql) : nullptr;
}

}  // namespace

SqliteStore::SqliteStore(SqliteOptions options, const NodeKeys& keys, int lock_file,
                         std::unique_ptr<Sql> writer, std::unique_ptr<KeyStore> payload_keys)
    : options_(std::move(options)),
      keys_(keys),
      lock_file_(lock_file),
      writer_(std::move(writer)),
      payload_keys_(std::move(payload_keys)) {}

SqliteStore::~SqliteStore() {
  {
    const std::lock_guard lock(house_mutex_);
    stopping_ = true;
  }
  house_wakes_.notify_one();
  if (house_.joinable()) house_.join();
  readers_.clear();
  checkpointer_.reset();
  writer_.reset();
  payload_keys_.reset();
  ::close(lock_file_);  // last: the next process may have it now
}

Result<void> SqliteStore::start() {
  if (options_.inspect) return {};
  for (auto step : {&SqliteStore::restore_tree, &SqliteStore::restore_tallies, &SqliteStore::sweep_orphans}) {
    if (auto done = (this->*step)(); !done) return done;
  }
  if (auto checked = check_mirror(); !checked) return checked;
  checkpointer_ = open_reader(options_.directory);
  if (!checkpointer_) return fail(ErrorCode::store_unavailable, {}, "gateway.db");
  {
    const std::lock_guard lock(house_mutex_);
    untidy_ = !head_.empty();
  }
  house_ = std::thread([this] { keep_house(); });
  return {};
}

Result<void> SqliteStore::restore_tree() {
  const SqliteReader reader(*writer_, *payload_keys_, keys_);
  const std::uint64_t size = reader.log_size();
  const auto nodes = [&](unsigned level, std::uint64_t index) { return reader.log_node(level, index); };
  auto tree = MerkleFrontier::restore(size, nodes);
  if (!tree) return fail(ErrorCode::log_mismatch, {}, "log_node");
  pending_.tree = std::move(*tree);
  const auto note = reader.signed_head();
  if (!note) return size == 0 ? Result<void>{} : fail(ErrorCode::log_mismatch, {}, "tree_head");
  const auto head = verify_tree_head(*note, options_.log_origin, keys_.log.public_raw());
  if (!head) return fail(head.error());
  if (head->size != size || head->root != pending_.tree.root())
    return fail(ErrorCode::log_mismatch, {}, "tree_head");
  head_ = *note;
  return {};
}

// The mirror is written after the commit, so it may be older than the store, never newer.
Result<void> SqliteStore::check_mirror() {
  const auto note = read_file(options_.directory + kMirror, 1u << 16);
  if (!note) return {};  // a crash before the first one, or an operator's restore: verify() tells
  mirrored_ = true;
  const auto head = verify_tree_head(*note, options_.log_origin, keys_.log.public_raw());
  if (!head) return fail(ErrorCode::log_mismatch, {}, "tree-head");
  const SqliteReader reader(*writer_, *payload_keys_, keys_);
  const auto root = head->size > pending_.tree.size()
                        ? std::nullopt
                        : merkle_root(head->size, [&](unsigned level, std::uint64_t index) {
                            return reader.log_node(level, index);
                          });
  if (!root || *root != head->root) return fail(ErrorCode::log_mismatch, {}, "tree-head");
  return {};
}

Result<void> SqliteStore::restore_tallies() {
  {
    Query query = writer_->query("SELECT name,rows,sum FROM tally");
    while (query.step()) {
      const auto tally = Tally::from(query.integer(1), query.text(2));
      if (!tally) return fail(ErrorCode::store_corrupt, {}, "tally");
      pending_.tallies[query.text(0)] = *tally;
    }
  }
  Query query = writer_->query("SELECT max(cursor) FROM inbox");
  if (query.step() && query.is_integer(0)) pending_.last_cursor = query.integer(0);
  if (writer_->failure() != SQLITE_OK) return fail(ErrorCode::store_corrupt, {}, "gateway.db");
  return {};
}

Result<void> SqliteStore::sweep_orphans() {
  std::unordered_set<std::string> held;
  {
    Query query = writer_->query("SELECT id FROM payload");
    while (query.step()) held.insert(query.text(0));
  }
  if (writer_->failure() != SQLITE_OK) return fail(ErrorCode::store_corrupt, {}, "payload");
  std::vector<PayloadId> orphans;
  for (auto& id : payload_keys_->ids()) {
    if (!held.contains(id.get())) orphans.push_back(std::move(id));
  }
  if (!payload_keys_->write({}, orphans) || !payload_keys_->flush()) {
    return fail(ErrorCode::store_unavailable, {}, "keys.db");
  }
  return {};
}

std::unique_ptr<Sql> SqliteStore::borrow_reader() const {
  {
    const std::lock_guard lock(readers_mutex_);
    if (!readers_.empty()) {
      auto reader = std::move(readers_.back());
      readers_.pop_back();
      return reader;
    }
  }
  return open_reader(options_.directory);
}

void SqliteStore::give_back(std::unique_ptr<Sql> reader) const {
  const std::lock_guard lock(readers_mutex_);
  if (readers_.size() < options_.readers) readers_.push_back(std::move(reader));
}

Result<void> SqliteStore::read(const std::function<Result<void>(const Reader&)>& work) const {
  auto sql = borrow_reader();
  if (!sql || !sql->run("BEGIN")) return fail(ErrorCode::store_unavailable);
  const SqliteReader reader(*sql, *payload_keys_, keys_);
  Result<void> result;
  try {
    result = work(reader);
  } catch (...) {
    result = fail(ErrorCode::internal);
  }
  const int failure = sql->failure();
  sql->forget_failure();
  if (!sql->run("ROLLBACK") || failure != SQLITE_OK) {
    // A connection that has failed is not used again.
    return fail((failure & 0xFF) == SQLITE_CORRUPT ? ErrorCode::store_corrupt : ErrorCode::store_unavailable);
  }
  give_back(std::move(sql));
  return result;
}

void SqliteStore::keep_house() {
  std::unique_lock lock(house_mutex_);
  for (;;) {
    house_wakes_.wait(lock, [&] { return untidy_ || stopping_; });
    // What follows soon is done in one go.
    house_wakes_.wait_for(lock, kHouseRhythm, [&] { return stopping_; });
    const bool last = stopping_;
    lock.unlock();
    tidy();
    lock.lock();
    if (last) return;
  }
}

bool SqliteStore::tidy() {
  if (options_.inspect) return true;
  const std::lock_guard alone(tidying_);
  std::vector<PayloadId> doomed;
  std::string head;
  {
    const std::lock_guard lock(house_mutex_);
    doomed.swap(doomed_);
    head.swap(head_);
    untidy_ = false;
  }
  if (!payload_keys_->write({}, doomed) || !payload_keys_->flush()) {
    const std::lock_guard lock(house_mutex_);
    doomed_.insert(doomed_.end(), doomed.begin(), doomed.end());
    write_failed_ = true;  // a key that cannot be destroyed is a promise that cannot be kept
    return false;
  }
  const bool mirrored = head.empty() || write_file(options_.directory + kMirror, head, 0600).has_value();
  if (mirrored && !head.empty()) mirrored_ = true;
  {
    Query query = checkpointer_->query("PRAGMA wal_checkpoint(PASSIVE)");
    query.run();
  }
  checkpointer_->forget_failure();
  if (mirrored) return true;
  const std::lock_guard lock(house_mutex_);
  if (head_.empty()) head_ = std::move(head);  // tried again with the next commit
  return false;
}

Result<void> SqliteStore::settle() {
  if (tidy()) return {};
  return fail(ErrorCode::store_unavailable);
}

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options, const NodeKeys& keys) {
  std::error_code error;
  const std::string database = options.directory + kDatabase;
  if (!options.create && !std::filesystem::exists(database, error)) {
    return fail(ErrorCode::not_found, {}, "gateway.db");
  }
  std::filesystem::create_directories(options.directory, error);
  const int lock_file = ::open((options.directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_file < 0 || ::flock(lock_file, LOCK_EX | LOCK_NB) != 0) {
    if (lock_file >= 0) ::close(lock_file);
    return fail(ErrorCode::store_unavailable, {}, "lock");
  }
  const ::mode_t mask = ::umask(077);
  auto writer = Sql::open(database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, kWriterSetup);
  auto payload_keys = KeyStore::open(options.directory + kKeys, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  ::umask(mask);
  const auto refuse = [&](const Error& why) {
    ::close(lock_file);
    return fail(why);
  };
  if (!writer) return refuse(writer.error());
  if (!payload_keys) return refuse(payload_keys.error());
  if (!options.inspect) {
    if (auto migrated = migrate(**writer); !migrated) return refuse(migrated.error());
  }
  if (options.max_pages > 0) {
    (*writer)->run(("PRAGMA max_page_count=" + std::to_string(options.max_pages)).c_str());
  }
  auto store =
      std::make_unique<SqliteStore>(options, keys, lock_file, std::move(*writer), std::move(*payload_keys));
  if (auto started = store->start(); !started) return fail(started.error());
  return store;
}

}  // namespace hotline
