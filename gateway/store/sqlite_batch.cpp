// Group commit. Whoever finds nobody leading leads: takes all who wait, runs their work one after the other
// in one SQLite transaction with a savepoint each, and makes it durable with one write for all. A single
// client commits in its own thread without a hand-over; sixty-four share the disk's time.
#include <algorithm>

#include "gateway/crypto/random.h"
#include "gateway/log/tree_head.h"
#include "gateway/store/sqlite_store.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxBatch = 128;

}  // namespace

ProtectedPayload SqliteStore::protect(std::string_view plaintext) const {
  const PayloadId id(uuid4());
  const SecretBytes key = random_secret(kPayloadKeyBytes);
  auto wrapped = keys_.wrapper.wrap(key, id.get());
  return {id, encrypt_bytes(key, plaintext, id.get()), wrapped.version, std::move(wrapped.bytes)};
}

Result<void> SqliteStore::commit(const Work& work) {
  Ticket ticket(work);
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&ticket);
  ticket.turn.wait(lock, [&] { return ticket.done || (!leading_ && queue_.front() == &ticket); });
  if (ticket.done) return ticket.result;

  leading_ = true;
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMaxBatch));
  const std::vector<Ticket*> batch(queue_.begin(), end);
  queue_.erase(queue_.begin(), end);
  lock.unlock();
  run_batch(batch);
  lock.lock();
  leading_ = false;
  for (Ticket* each : batch) {
    each->done = true;
    if (each != &ticket) each->turn.notify_one();
  }
  if (!queue_.empty()) queue_.front()->turn.notify_one();
  return ticket.result;
}

void SqliteStore::run_batch(const std::vector<Ticket*>& batch) {
  if (write_failed_ || options_.inspect) {
    for (Ticket* each : batch) each->result = unavailable();
    return;
  }
  Pending pending = pending_;
  const std::uint64_t size_before = pending.tree.size();
  writer_->run("BEGIN IMMEDIATE");
  if (!run_works(batch, pending) || !finish(pending, size_before)) {
    return abandon(batch, writer_->failure(), false);
  }
  // Keys first: a row whose key is lost would be a referral lost, a key without a row is swept at the next
  // start.
  if (!payload_keys_->write(pending.keys, {})) return abandon(batch, SQLITE_FULL, false);
  if (!writer_->run("COMMIT")) return abandon(batch, writer_->failure(), true);
  disk_full_ = false;
  after_commit(batch, pending);
}

// False when the database itself failed; a work that only refused is rolled back to where it began.
bool SqliteStore::run_works(const std::vector<Ticket*>& batch, Pending& pending) {
  SqliteTransaction transaction(*writer_, *payload_keys_, keys_, pending);
  for (Ticket* each : batch) {
    const Pending before = pending;
    if (!writer_->run("SAVEPOINT part")) return false;
    each->result = own_fault(run_one(each->work, transaction));
    if (writer_->failure() != SQLITE_OK) return false;
    if (!each->result) {
      pending = before;
      if (!writer_->run("ROLLBACK TO part")) return false;
    }
    if (!writer_->run("RELEASE part")) return false;
  }
  return true;
}

Result<void> SqliteStore::run_one(const Work& work, SqliteTransaction& transaction) {
  try {
    return work(transaction);
  } catch (...) {  // others of the batch must not go down with it
    return fail(ErrorCode::internal);
  }
}

// A rule of the schema that was broken, or a row that is not what was stored, is this work's failure alone; a
// disk that fails is everybody's.
Result<void> SqliteStore::own_fault(Result<void> result) {
  const int code = writer_->failure() & 0xFF;
  if (code != SQLITE_CONSTRAINT && code != SQLITE_CORRUPT) return result;
  writer_->forget_failure();
  return fail(code == SQLITE_CORRUPT ? ErrorCode::store_corrupt : ErrorCode::internal, {}, "row");
}

// The signed head of the tree as it now is, and the tallies of the tables that have changed.
bool SqliteStore::finish(Pending& pending, std::uint64_t size_before) {
  for (const auto& [name, tally] : pending.tallies) {
    const auto known = pending_.tallies.find(name);
    if (known != pending_.tallies.end() && known->second == tally) continue;
    MacInput input("tally");
    input(std::string_view(name));
    input(tally.rows);
    const std::string sum = tally.sum_bytes();
    input(std::string_view(sum));
    const std::string mac = input.mac(keys_.row_key);
    Query query = writer_->query("INSERT OR REPLACE INTO tally(name,rows,sum,mac) VALUES(?,?,?,?)");
    query.bind(std::string_view(name)).bind(tally.rows).bind_blob(sum).bind_blob(mac).run();
  }
  if (pending.tree.size() != size_before) {
    const auto note =
        sign_tree_head({options_.log_origin, pending.tree.size(), pending.tree.root()}, keys_.log);
    if (!note) return false;
    // One head an hour is kept, and the newest.
    Query drop = writer_->query("DELETE FROM tree_head WHERE hour=?");
    drop.bind(std::string_view(pending.head_hour)).run();
    Query query = writer_->query("INSERT INTO tree_head(size,hour,note) VALUES(?,?,?)");
    query.bind(static_cast<std::int64_t>(pending.tree.size())).bind(std::string_view(pending.head_hour));
    query.bind(std::string_view(*note)).run();
    pending.new_head = *note;
  }
  return writer_->failure() == SQLITE_OK;
}

void SqliteStore::after_commit(const std::vector<Ticket*>& batch, Pending& pending) {
  const bool gone = pending.destroy_now.empty() ||
                    (payload_keys_->write({}, pending.destroy_now) && payload_keys_->flush());
  if (!gone) {
    // The rows are safe, the key may not be gone: nobody may be told that it is. The next start sweeps it.
    write_failed_ = true;
    for (Ticket* each : batch) each->result = unavailable();
  }
  const bool wake = !pending.destroy_soon.empty() || !pending.new_head.empty();
  if (wake) {
    const std::lock_guard lock(house_mutex_);
    doomed_.insert(doomed_.end(), pending.destroy_soon.begin(), pending.destroy_soon.end());
    if (!pending.new_head.empty()) head_ = std::move(pending.new_head);
    if (!untidy_) house_wakes_.notify_one();
    untidy_ = true;
  }
  pending.keys.clear();
  pending.destroy_now.clear();
  pending.destroy_soon.clear();
  pending.new_head.clear();
  pending_ = std::move(pending);
}

void SqliteStore::abandon(const std::vector<Ticket*>& batch, int code, bool committing) {
  const bool full = (code & 0xFF) == SQLITE_FULL;
  writer_->forget_failure();
  if (writer_->in_transaction()) writer_->run("ROLLBACK");
  // A commit that failed for another reason may or may not be on the disk. To go on would be to guess.
  if (writer_->failure() != SQLITE_OK || (committing && !full)) write_failed_ = true;
  if ((code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CORRUPT) write_failed_ = true;
  writer_->forget_failure();
  disk_full_ = full;
  for (Ticket* each : batch) each->result = unavailable();
}

Result<void> SqliteStore::unavailable() const {
  return fail(ErrorCode::store_unavailable, {}, health().reason);
}

Store::Health SqliteStore::health() const {
  if (options_.inspect) return {false, "inspecting"};
  if (write_failed_) return {false, "write_failed"};
  if (disk_full_) return {false, "disk_full"};
  return {true, ""};
}

}  // namespace hotline
