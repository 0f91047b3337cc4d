// Kill -9 while it commits; the destruction of keys.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "gateway/store/key_store.h"
#include "tests/unit/gateway/store_fixture.h"

namespace hotline {
namespace {

// Commits without end in a process of its own and says each acknowledged message over a pipe.
pid_t start_committing(const std::string& directory, int pipe_in, int threads) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  auto store = open_sqlite_store(options_in(directory), test_keys());
  if (!store) ::_exit(1);
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&] {
      for (;;) {
        const std::string message = uuid7(kNow);
        if (!send_one(**store, uuid4(), message)) ::_exit(2);
        if (::write(pipe_in, message.data(), message.size()) != static_cast<ssize_t>(message.size()))
          ::_exit(3);
      }
    });
  }
  for (auto& each : all) each.join();
  ::_exit(0);
}

TEST(StoreCrash, WhatWasAcknowledgedSurvivesKill9) {
  static_cast<void>(test_keys());
  const TemporaryFolder folder;
  std::vector<std::string> acknowledged;
  for (int round = 0; round < 6; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = start_committing(folder.path(), ends[1], 1 + round % 4);
    ::close(ends[1]);
    std::string got;
    char block[36];
    // Killed after a number of commits, not after a time: somewhere within the next ones.
    while (got.size() < 36u * static_cast<std::size_t>(20 + 7 * round)) {
      const ssize_t size = ::read(ends[0], block, sizeof block);
      ASSERT_GT(size, 0);
      got.append(block, static_cast<std::size_t>(size));
    }
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    for (ssize_t size; (size = ::read(ends[0], block, sizeof block)) > 0;)
      got.append(block, static_cast<std::size_t>(size));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    for (std::size_t at = 0; at + 36 <= got.size(); at += 36) acknowledged.push_back(got.substr(at, 36));

    auto store = open_store(folder.path());
    ASSERT_TRUE(store);
    ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& message : acknowledged) {
        const auto row = reader.outbox(MessageId(message));
        EXPECT_TRUE(row.has_value()) << "lost in round " << round;
        if (row) {
          EXPECT_EQ(reader.payload(row->sealed), sealed_text(message));
        }
      }
      EXPECT_GE(reader.log_size(), acknowledged.size());
      return {};
    }));
    const auto report = store->verify();
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->ok()) << report->findings.front().what << ' ' << report->findings.front().where;
  }
  EXPECT_GT(acknowledged.size(), 200u);
}

std::string all_files(const std::string& directory) {
  std::string bytes;
  for (const auto& each : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(each.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

struct KeyDestruction : testing::Test {
  TemporaryFolder folder;
  std::unique_ptr<Store> store = open_store(folder.path());
  ProtectedPayload payload = store->protect("a narrative that must go");

  void SetUp() override {
    std::vector<ProtectedPayload> others;
    for (int i = 0; i < 200; ++i) others.push_back(store->protect("another"));
    ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
      for (int i = 0; i < 100; ++i) tx.keep(others[static_cast<std::size_t>(i)]);
      tx.keep(payload);
      for (int i = 100; i < 200; ++i) tx.keep(others[static_cast<std::size_t>(i)]);
      return {};
    }));
    // The canary: before, the key is on the disk.
    ASSERT_NE(all_files(folder.path()).find(payload.wrapped_key), std::string::npos);
  }
  Result<void> destroy(Destroy when) {
    return store->commit([&](Transaction& tx) -> Result<void> {
      tx.destroy(payload.id, when);
      return {};
    });
  }
  bool readable() const {
    bool found = true;
    EXPECT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
      found = reader.payload(payload.id).has_value();
      return {};
    }));
    return found;
  }
  // Any eight bytes of it.
  bool key_on_disk() const {
    const std::string bytes = all_files(folder.path());
    for (std::size_t at = 0; at + 8 <= payload.wrapped_key.size(); ++at) {
      if (bytes.find(payload.wrapped_key.substr(at, 8)) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(KeyDestruction, ADestroyedKeyIsInNoFileWhenTheCallReturns) {
  EXPECT_TRUE(readable());
  ASSERT_TRUE(destroy(Destroy::before_return));
  EXPECT_FALSE(key_on_disk());
  EXPECT_FALSE(readable());
  EXPECT_TRUE(store->verify()->ok());
}

TEST_F(KeyDestruction, OneDestroyedSoonIsGoneWhenTheHouseIsKept) {
  ASSERT_TRUE(destroy(Destroy::soon));
  EXPECT_FALSE(readable());
  ASSERT_TRUE(store->settle());
  EXPECT_FALSE(key_on_disk());
  EXPECT_TRUE(store->verify()->ok());
}

TEST_F(KeyDestruction, AKeyWhoseRowsWereNeverCommittedIsSweptAtTheStart) {
  const ProtectedPayload orphan = store->protect("never kept");
  store.reset();
  {
    auto keys = KeyStore::open(folder.path() + "/keys.db", SQLITE_OPEN_READWRITE);
    ASSERT_TRUE(keys);
    ASSERT_TRUE((*keys)->write({{orphan.id, {orphan.wrap_version, orphan.wrapped_key}}}, {}));
  }
  ASSERT_NE(all_files(folder.path()).find(orphan.wrapped_key), std::string::npos);
  store = open_store(folder.path());
  EXPECT_EQ(all_files(folder.path()).find(orphan.wrapped_key), std::string::npos);
  EXPECT_TRUE(readable());
}

TEST_F(KeyDestruction, ABackupOfTheRowsAloneReadsNothing) {
  ASSERT_TRUE(store->settle());
  store.reset();
  std::filesystem::remove(folder.path() + "/keys.db");
  std::filesystem::remove(folder.path() + "/keys.db-wal");
  store = open_store(folder.path());
  EXPECT_FALSE(readable());
  EXPECT_FALSE(store->verify()->ok());  // and says which are lost
}

}  // namespace
}  // namespace hotline
