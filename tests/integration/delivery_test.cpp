// What happens between two hotlines on a bad day: lost answers, repeated and forged messages, wrong clocks.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/outbox.h"
#include "gateway/seal/open.h"
#include "gateway/seal/receipt.h"
#include "gateway/seal/seal.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";

int count(const std::vector<LogKind>& log, LogKind kind) {
  return static_cast<int>(std::count(log.begin(), log.end(), kind));
}

class Delivery : public testing::Test {
 protected:
  // Takes what `sender` has put on the wire last, as if it came over the link of `link_of`.
  Result<Received> receive_again(const std::string& link_of = "ca") {
    return receive(houses.context("mx"), houses.wire.back(), MemberId(link_of));
  }
  Houses houses;
};

TEST_F(Delivery, AReferralArrivesAndIsReceipted) {
  auto sent = houses.submit("ca", "mx", kWorker);
  const auto id = houses.only_referral(sent);
  EXPECT_EQ(houses.deliver("ca", std::move(sent.jobs)), 1);
  EXPECT_EQ(houses.referral("ca", id).status, ReferralStatus::delivered);
  ASSERT_EQ(houses.inbox("mx").size(), 1u);
  EXPECT_EQ(houses.inbox("mx")[0].referral.get(), id);
  EXPECT_EQ(count(houses.log("ca"), LogKind::receipt), 1);
  EXPECT_EQ(count(houses.log("mx"), LogKind::receive), 1);
}

TEST_F(Delivery, ALostAnswerLeadsToOneReferralAndTheSameReceipt) {
  auto sent = houses.submit("ca", "mx", kWorker);
  const auto id = houses.only_referral(sent);
  houses.lose_answers = true;
  EXPECT_EQ(houses.deliver("ca", sent.jobs), 0);
  EXPECT_EQ(houses.referral("ca", id).status, ReferralStatus::sent);
  houses.lose_answers = false;
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(600));
  EXPECT_EQ(houses.deliver("ca", std::move(sent.jobs)), 1);
  EXPECT_EQ(houses.referral("ca", id).status, ReferralStatus::delivered);
  EXPECT_EQ(houses.inbox("mx").size(), 1u);
  EXPECT_EQ(count(houses.log("mx"), LogKind::receive), 1);
}

TEST_F(Delivery, TheReceiptOfADuplicateSaysWhatTheFirstOneSaid) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  const auto payload = [](const std::string& token) { return token.substr(0, token.rfind('.')); };
  const auto first = receive_again();
  houses.set_clocks(houses.at("mx").clock.at.plus_seconds(60));
  const auto second = receive_again();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(payload(first->receipt), payload(second->receipt));
  EXPECT_EQ(houses.inbox("mx").size(), 1u);
}

TEST_F(Delivery, AMessageOverAnotherMembersLinkIsRefusedAndLeavesARefusal) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.cut = true;
  houses.deliver("ca", std::move(sent.jobs));
  const auto taken = receive_again("us");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::signer_mismatch);
  EXPECT_TRUE(houses.inbox("mx").empty());
  EXPECT_EQ(count(houses.log("mx"), LogKind::refusal), 1);
}

TEST_F(Delivery, AMessageForSomebodyElseIsRefused) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.cut = true;
  houses.deliver("ca", std::move(sent.jobs));
  const auto taken = receive(houses.context("us"), houses.wire.back(), MemberId("ca"));
  ASSERT_FALSE(taken);
  EXPECT_TRUE(houses.inbox("us").empty());
}

TEST_F(Delivery, AChangedByteIsRefused) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.cut = true;
  houses.deliver("ca", std::move(sent.jobs));
  auto& sealed = houses.wire.back();
  auto& middle = sealed[sealed.size() / 2];
  middle = middle == 'A' ? 'B' : 'A';
  ASSERT_FALSE(receive_again());
  EXPECT_TRUE(houses.inbox("mx").empty());
}

// As somebody would who has the sender's key and wants another content under an id that was receipted.
TEST_F(Delivery, AnIdThatWasSeenWithOtherBytesIsRefused) {
  const auto& ca = houses.at("ca");
  const auto message = [&](ReferralStatus status) {
    ControlMessage::Fields fields;
    fields.referral = ReferralId("11111111-1111-4111-8111-111111111111");
    fields.status = status;
    fields.sequence = 1;
    fields.at = ca.clock.at;
    const auto& encrypt = ca.peer_keys.at(MemberId("mx")).encryption;
    const SealContext context{MemberId("ca"),
                              MemberId("mx"),
                              MessageId("01a20173-2074-7a1d-9fd9-09c4bf944f4a"),
                              ca.clock.at,
                              ca.clock.at.plus_seconds(600),
                              *ca.signing,
                              encrypt};
    return seal(ControlMessage::make(fields).value(), context).value().bytes;
  };
  houses.wire.push_back(message(ReferralStatus::accepted));
  EXPECT_TRUE(receive_again());
  EXPECT_TRUE(receive_again());
  houses.wire.push_back(message(ReferralStatus::completed));
  const auto taken = receive_again();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::message_replayed);
  EXPECT_EQ(count(houses.log("mx"), LogKind::refusal), 1);
}

TEST_F(Delivery, AClockThatIsADayOffIsSaidAndNothingIsStored) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.at("mx").clock.at = houses.at("ca").clock.at.plus_seconds(-24 * 3600);
  EXPECT_EQ(houses.deliver("ca", sent.jobs), 0);
  const auto taken = receive_again();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::clock_skewed);
  EXPECT_TRUE(houses.inbox("mx").empty());
  houses.at("mx").clock.at = houses.at("ca").clock.at;
  EXPECT_EQ(houses.deliver("ca", std::move(sent.jobs)), 1);
}

TEST_F(Delivery, AnAttemptThatFailsIsPutOffAndSaysWhy) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.cut = true;
  auto job = sent.jobs[0];
  EXPECT_EQ(attempt_delivery(houses.context("ca"), houses, {2, 900}, job, 1000), Attempt::again);
  EXPECT_EQ(job.attempts, 1);
  EXPECT_GT(job.due, houses.at("ca").clock.at);
  std::vector<OutboxRow> rows;
  (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    rows = reader.outbox_of(sent.first);
    return {};
  });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].last_error, "peer_unavailable");
  EXPECT_EQ(rows[0].next_attempt, job.due);
}

// Every waiting caller holds a thread of the API, which somebody may need to withdraw a consent.
TEST_F(Delivery, WhoComesWhenAsManyWaitAsMayIsNotMadeToWait) {
  Outbox outbox(houses.context("ca"), houses, {{}, 1, 1000, 0});
  auto sent = houses.submit("ca", "mx", kWorker);
  EXPECT_FALSE(outbox.deliver_and_wait(std::move(sent.jobs), std::chrono::hours(1)));
  EXPECT_TRUE(houses.wire.empty());  // nor did the peer's slowness hold the caller
}

TEST_F(Delivery, AStopWaitsForNobodyWhoWaits) {
  Outbox outbox(houses.context("ca"), houses, {{}, 1, 1000, 1});
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.lose_answers = true;
  houses.on_post = [&] { outbox.let_go(); };
  EXPECT_FALSE(outbox.deliver_and_wait(std::move(sent.jobs), std::chrono::hours(1)));
  EXPECT_EQ(houses.wire.size(), 1u);
}

TEST_F(Delivery, PausesGrowAndAreNeverAllTheSame) {
  const RetryTimes times{2, 900};
  for (int attempts = 0; attempts < 40; ++attempts) {
    const auto pause = retry_pause_ms(times, attempts);
    const auto longest = attempts < 9 ? (std::int64_t{2} << attempts) * 1000 : 900'000;
    EXPECT_GE(pause, std::min<std::int64_t>(longest, 900'000) / 2);
    EXPECT_LE(pause, 900'000);
  }
  bool differ = false;
  for (int i = 0; i < 20; ++i) differ = differ || retry_pause_ms(times, 5) != retry_pause_ms(times, 5);
  EXPECT_TRUE(differ);
}

TEST_F(Delivery, ThePayloadIsGoneOnceThePeerHasIt) {
  auto sent = houses.submit("ca", "mx", kWorker);
  PayloadId sealed;
  (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    sealed = reader.outbox_of(sent.first)[0].sealed;
    EXPECT_TRUE(reader.payload(sealed).has_value());
    return {};
  });
  houses.deliver("ca", std::move(sent.jobs));
  ASSERT_TRUE(houses.at("ca").store->settle());
  (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    EXPECT_FALSE(reader.payload(sealed).has_value());
    return {};
  });
}

TEST_F(Delivery, GroupsOfOneRecordShareNoTime) {
  houses.set_unlink_delay("us", 60, 3600);
  const auto sent = houses.submit("us", "mx", "crew-of-five-with-different-consents");
  ASSERT_EQ(sent.jobs.size(), 2u);
  const auto gap = sent.jobs[1].due.ms - sent.jobs[0].due.ms;
  EXPECT_GE(gap, 60'000);
  EXPECT_LE(gap, 3'600'000);
  // The first twelve digits of a UUIDv7 are its time.
  EXPECT_NE(sent.jobs[0].message.get().substr(0, 13), sent.jobs[1].message.get().substr(0, 13));
  std::vector<ReferralRow> rows;
  (void)houses.at("us").store->read([&](const Reader& reader) -> Result<void> {
    rows = reader.referrals(std::nullopt, 10);
    return {};
  });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_NE(rows[0].created, rows[1].created);
}

TEST_F(Delivery, CrisisComesFirstInTheInboxWhateverArrivedFirst) {
  for (const auto& [from, name] : std::map<std::string, std::string>{{"mx", "mother-signed-for-the-children"},
                                                                     {"us", "crisis-within-24-hours"}}) {
    auto sent = houses.submit(from, "ca", name);
    houses.deliver(from, std::move(sent.jobs));
  }
  const auto inbox = houses.inbox("ca");
  ASSERT_EQ(inbox.size(), 2u);
  EXPECT_EQ(inbox[0].priority, 0);
  EXPECT_EQ(inbox[0].sender.get(), "us");
  EXPECT_GT(inbox[0].cursor, inbox[1].cursor);
}

TEST_F(Delivery, NobodyIsSentToWhoIsNoMemberOrIsOurselves) {
  for (const char* to : {"zz", "ca", ""}) {
    const auto refused = houses.try_submit("ca", to, kWorker);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().error.code, ErrorCode::value_not_allowed);
  }
  EXPECT_TRUE(houses.log("ca").empty());
}

TEST_F(Delivery, ARefusalByConsentIsLoggedAndTellsTheSenderWhy) {
  const auto refused = houses.try_submit("ca", "us", kWorker);  // the consent names mx
  ASSERT_FALSE(refused);
  EXPECT_EQ(exit_status(refused.error().error.code), 4);
  EXPECT_NE(refused.error().decision.find("base.consent.recipient"), std::string::npos);
  EXPECT_EQ(houses.log("ca"), (std::vector<LogKind>{LogKind::decision, LogKind::refusal}));
}

}  // namespace
}  // namespace hotline::test
