#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "tests/unit/gateway/store_fixture.h"

namespace hotline {
namespace {

struct StoreCommit : testing::Test {
  TemporaryFolder folder;
  std::unique_ptr<Store> store = open_store(folder.path());

  std::int64_t queued() const {
    std::int64_t count = -1;
    EXPECT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
      count = reader.outbox_count(OutboxState::queued);
      return {};
    }));
    return count;
  }
};

TEST_F(StoreCommit, WhatWasCommittedIsThereAfterReopening) {
  const std::string referral = uuid4(), message = uuid7(kNow);
  ASSERT_TRUE(send_one(*store, referral, message));
  store.reset();
  store = open_store(folder.path());
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    const auto row = reader.referral(ReferralId(referral));
    EXPECT_TRUE(row.has_value());
    EXPECT_EQ(row->consents, referral_row(referral).consents);
    EXPECT_EQ(row->until, referral_row(referral).until);
    const auto out = reader.outbox(MessageId(message));
    EXPECT_TRUE(out.has_value());
    EXPECT_EQ(reader.payload(out->sealed), sealed_text(message));
    EXPECT_EQ(reader.log_size(), 1u);
    EXPECT_EQ(reader.log_entries_of(ReferralId(referral)).size(), 1u);
    EXPECT_EQ(reader.referrals_under(ConsentId("consent-2")).size(), 1u);
    return {};
  }));
}

TEST_F(StoreCommit, ARefusedWorkLeavesNothing) {
  const ProtectedPayload payload = store->protect("text");
  const auto refused = store->commit([&](Transaction& tx) -> Result<void> {
    tx.put(referral_row(uuid4()));
    tx.keep(payload);
    tx.append(LogKind::send, LogDetail(), kNow);
    return fail(ErrorCode::state_conflict);
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::state_conflict);
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    EXPECT_EQ(reader.log_size(), 0u);
    EXPECT_TRUE(reader.referrals({}, 10).empty());
    EXPECT_FALSE(reader.payload(payload.id));
    return {};
  }));
  EXPECT_TRUE(store->verify()->ok());
}

TEST_F(StoreCommit, AnExceptionOrABrokenRuleIsThatWorksAlone) {
  const auto thrown = store->commit([](Transaction&) -> Result<void> { throw std::runtime_error("x"); });
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().code, ErrorCode::internal);
  // An outbox row of a referral that is not there.
  const auto broken = store->commit([](Transaction& tx) -> Result<void> {
    OutboxRow row;
    row.message = MessageId(uuid7(kNow));
    row.referral = ReferralId(uuid4());
    tx.put(row);
    return {};
  });
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::internal);
  EXPECT_TRUE(send_one(*store, uuid4(), uuid7(kNow)));
  EXPECT_TRUE(store->verify()->ok());
}

TEST_F(StoreCommit, ManyClientsAtOnceLoseAndMixNothing) {
  constexpr int kClients = 8, kEach = 25;
  std::atomic<int> refused = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < kClients; ++c) {
    clients.emplace_back([&, c] {
      for (int i = 0; i < kEach; ++i) {
        if (i % 5 == c % 5) {
          const auto no = store->commit([&](Transaction& tx) -> Result<void> {
            tx.put(referral_row(uuid4()));
            tx.append(LogKind::refusal, LogDetail(), kNow);
            return fail(ErrorCode::no_consent);
          });
          if (!no && no.error().code == ErrorCode::no_consent) ++refused;
        } else {
          ASSERT_TRUE(send_one(*store, uuid4(), uuid7(kNow)));
        }
      }
    });
  }
  for (auto& each : clients) each.join();
  EXPECT_EQ(refused, kClients * kEach / 5);
  EXPECT_EQ(queued(), kClients * kEach * 4 / 5);
  const auto report = store->verify();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->ok()) << report->findings.front().what;
  EXPECT_EQ(report->entries, static_cast<std::uint64_t>(kClients * kEach * 4 / 5));
}

TEST_F(StoreCommit, DueMessagesComeByPriorityThenAge) {
  const std::string referral = uuid4();
  std::vector<std::string> expected;
  ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
    tx.put(referral_row(referral));
    int second = 0;
    for (int priority : {2, 0, 1, 0}) {
      OutboxRow row;
      row.message = MessageId(uuid7(kNow.plus_seconds(++second)));
      row.referral = ReferralId(referral);
      row.priority = priority;
      row.next_attempt = kNow;
      tx.put(row);
      expected.push_back(row.message.get());
    }
    OutboxRow later;
    later.message = MessageId(uuid7(kNow));
    later.referral = ReferralId(referral);
    later.next_attempt = kNow.plus_seconds(60);
    tx.put(later);
    return {};
  }));
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    std::vector<std::string> got;
    for (const auto& row : reader.outbox_due(kNow, 10)) got.push_back(row.message.get());
    EXPECT_EQ(got, (std::vector<std::string>{expected[1], expected[3], expected[2], expected[0]}));
    EXPECT_EQ(reader.outbox_next_attempt(), kNow);
    return {};
  }));
}

TEST_F(StoreCommit, InboxCursorsRiseAndStayWithTheirMessage) {
  const std::string referral = uuid4();
  const MessageId first(uuid7(kNow)), second(uuid7(kNow));
  const auto arrive = [&](const MessageId& message, InboxState state) {
    return store->commit([&](Transaction& tx) -> Result<void> {
      tx.put(referral_row(referral));
      InboxRow row;
      row.sender = MemberId("ca");
      row.message = message;
      row.referral = ReferralId(referral);
      row.state = state;
      tx.put(row);
      return {};
    });
  };
  ASSERT_TRUE(arrive(first, InboxState::waiting));
  ASSERT_TRUE(arrive(second, InboxState::waiting));
  ASSERT_TRUE(arrive(first, InboxState::acknowledged));
  store.reset();
  store = open_store(folder.path());
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    EXPECT_EQ(reader.inbox(MemberId("ca"), first)->cursor, 1);
    EXPECT_EQ(reader.inbox_at(2)->message, second);
    EXPECT_EQ(reader.inbox_waiting(0, 10).size(), 1u);
    EXPECT_EQ(reader.inbox_count(InboxState::acknowledged), 1);
    return {};
  }));
  ASSERT_TRUE(arrive(MessageId(uuid7(kNow)), InboxState::waiting));
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    EXPECT_TRUE(reader.inbox_at(3).has_value());
    return {};
  }));
}

TEST_F(StoreCommit, ExpiredAnswersAreForgottenWithTheirBodies) {
  const ProtectedPayload body = store->protect("{\"id\":1}");
  ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
    tx.keep(body);
    IdempotencyRow row{"client-1",         "hash",  "print", 202,
                       "application/json", body.id, kNow,    kNow.plus_seconds(60)};
    tx.put(row);
    return {};
  }));
  const auto forget = [&](Instant now) {
    return store->commit([&](Transaction& tx) -> Result<void> {
      tx.forget_expired(now, 100);
      return {};
    });
  };
  const auto kept = [&] {
    bool found = false;
    EXPECT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
      found = reader.idempotency("client-1", "hash").has_value() && reader.payload(body.id).has_value();
      return {};
    }));
    return found;
  };
  ASSERT_TRUE(forget(kNow.plus_seconds(59)));
  EXPECT_TRUE(kept());
  ASSERT_TRUE(forget(kNow.plus_seconds(60)));
  EXPECT_FALSE(kept());
  ASSERT_TRUE(store->settle());
  EXPECT_TRUE(store->verify()->ok());
}

TEST_F(StoreCommit, OldDetailsGoTheirEntriesStayAndTheLogIsSoundWithoutThem) {
  const auto add = [&](Instant at) {
    ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
      LogDetail detail;
      detail.actor("system").at(at);
      tx.append(LogKind::consent, detail, at);
      return {};
    }));
  };
  add(kNow);
  add(kNow.plus_seconds(3600));
  add(kNow.plus_seconds(7200));
  ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
    tx.forget_details(kNow.plus_seconds(7200), 100);
    return {};
  }));
  ASSERT_TRUE(store->read([&](const Reader& reader) -> Result<void> {
    EXPECT_EQ(reader.log_size(), 3u);
    EXPECT_FALSE(reader.log_entry(0)->detail);
    EXPECT_FALSE(reader.log_entry(1)->salt);
    EXPECT_TRUE(reader.log_entry(2)->detail);
    return {};
  }));
  const auto report = store->verify();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->findings.empty());
  EXPECT_EQ(report->details, 1u);
}

TEST_F(StoreCommit, DeadlinesAreFoundByTheirTimeUntilTheyAreMetOrTold) {
  DeadlineRow row{ReferralId("r1"), "acknowledge", MemberId("mx"), Direction::outbound, kNow, {}, {}};
  const auto found = [&](Instant at) {
    std::pair<std::size_t, std::size_t> due_and_missed;
    (void)store->read([&](const Reader& reader) -> Result<void> {
      due_and_missed = {reader.deadlines_due(at, 10).size(), reader.deadlines_missed(10).size()};
      return {};
    });
    return due_and_missed;
  };
  const auto put = [&] {
    ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
      tx.put(referral_row("r1"));
      tx.put(row);
      return {};
    }));
  };
  using Counts = std::pair<std::size_t, std::size_t>;
  put();
  EXPECT_EQ(found(Instant{kNow.ms - 1}), (Counts{0, 0}));
  EXPECT_EQ(found(kNow), (Counts{1, 0}));
  row.told = kNow;
  put();
  EXPECT_EQ(found(kNow), (Counts{0, 1}));
  row.met = kNow;
  put();
  EXPECT_EQ(found(kNow), (Counts{0, 0}));
}

TEST_F(StoreCommit, ASecondProcessCannotHaveTheSameStore) {
  const auto second = open_sqlite_store(options_in(folder.path()), test_keys());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::store_unavailable);
}

TEST(StoreFull, AFullDiskRefusesCleanlyAndLosesNothing) {
  const TemporaryFolder folder;
  SqliteOptions options = options_in(folder.path());
  options.max_pages = 120;
  auto store = open_sqlite_store(options, test_keys());
  ASSERT_TRUE(store);
  std::vector<std::string> acknowledged;
  Result<void> last;
  for (int i = 0; i < 2000 && last; ++i) {
    const std::string message = uuid7(kNow);
    last = send_one(**store, uuid4(), message);
    if (last) acknowledged.push_back(message);
  }
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().code, ErrorCode::store_unavailable);
  EXPECT_EQ(last.error().expected, "disk_full");
  EXPECT_FALSE((*store)->health().accepting);
  ASSERT_GT(acknowledged.size(), 5u);
  ASSERT_TRUE((*store)->read([&](const Reader& reader) -> Result<void> {
    for (const auto& message : acknowledged) EXPECT_TRUE(reader.outbox(MessageId(message)).has_value());
    EXPECT_EQ(reader.log_size(), acknowledged.size());
    return {};
  }));
  ASSERT_TRUE((*store)->settle());
  EXPECT_TRUE((*store)->verify()->ok());
  // With room again it goes on without a restart.
  store->reset();
  store = open_sqlite_store(options_in(folder.path()), test_keys());
  ASSERT_TRUE(store);
  EXPECT_TRUE(send_one(**store, uuid4(), uuid7(kNow)));
  EXPECT_TRUE((*store)->health().accepting);
}

}  // namespace
}  // namespace hotline
