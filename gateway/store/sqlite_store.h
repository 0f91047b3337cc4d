// The store over SQLite: one writing connection that whoever commits borrows in turn, some reading ones, and
// a thread that keeps house. See sqlite.h for how to open one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "gateway/store/sqlite.h"
#include "gateway/store/sqlite_transaction.h"

namespace hotline {

class SqliteStore final : public Store {
 public:
  using Work = std::function<Result<void>(Transaction&)>;

  SqliteStore(SqliteOptions options, const NodeKeys& keys, int lock_file, std::unique_ptr<Sql> writer,
              std::unique_ptr<KeyStore> payload_keys);
  ~SqliteStore() override;
  Result<void> start();  // restores the tree, destroys orphaned keys, begins to keep house

  ProtectedPayload protect(std::string_view plaintext) const override;
  Result<void> commit(const Work& work) override;
  Result<void> read(const std::function<Result<void>(const Reader&)>& work) const override;
  Health health() const override;
  Result<LogReport> verify() const override;
  Result<void> settle() override;

 private:
  // A commit() that waits for its turn. The first in the queue leads: it carries out the work of all who
  // wait.
  struct Ticket {
    explicit Ticket(const Work& its_work) : work(its_work) {}
    const Work& work;
    Result<void> result;
    bool done = false;
    std::condition_variable turn;
  };

  void run_batch(const std::vector<Ticket*>& batch);
  bool run_works(const std::vector<Ticket*>& batch, Pending& pending);
  Result<void> run_one(const Work& work, SqliteTransaction& transaction);
  Result<void> own_fault(Result<void> result);
  bool finish(Pending& pending, std::uint64_t size_before);
  void after_commit(const std::vector<Ticket*>& batch, Pending& pending);
  void abandon(const std::vector<Ticket*>& batch, int code, bool committing);
  Result<void> unavailable() const;

  Result<void> restore_tree();
  Result<void> restore_tallies();
  Result<void> check_mirror();
  Result<void> sweep_orphans();

  std::unique_ptr<Sql> borrow_reader() const;
  void give_back(std::unique_ptr<Sql> reader) const;

  void keep_house();
  bool tidy();  // soon-destroyed keys, mirrored head, checkpoint

  const SqliteOptions options_;
  const NodeKeys& keys_;
  const int lock_file_;
  std::unique_ptr<Sql> writer_;
  std::unique_ptr<KeyStore> payload_keys_;

  std::mutex queue_mutex_;
  std::deque<Ticket*> queue_;
  bool leading_ = false;

  Pending pending_;  // its leader's; the lists are empty between batches
  std::atomic<bool> write_failed_ = false;
  std::atomic<bool> disk_full_ = false;
  std::atomic<bool> mirrored_ = false;  // the file tree-head has been there

  mutable std::mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<Sql>> readers_;

  std::mutex house_mutex_;  // guards what follows
  std::condition_variable house_wakes_;
  std::vector<PayloadId> doomed_;
  std::string head_;  // newest signed head, not mirrored yet
  bool untidy_ = false;
  bool stopping_ = false;
  std::mutex tidying_;
  std::unique_ptr<Sql> checkpointer_;
  std::thread house_;
};

}  // namespace hotline
