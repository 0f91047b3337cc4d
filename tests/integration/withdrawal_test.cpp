// Taking back in two stages, whatever the other side does meanwhile.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/control.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/purges.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
const ConsentId kConsent("C-4182-1");
constexpr std::int64_t kDay = 24 * 3600;

class Withdrawal : public testing::Test {
 protected:
  void send_it() {
    auto sent = houses.submit("ca", "mx", kWorker);
    id = sent.first;
    houses.deliver("ca", std::move(sent.jobs));
  }
  Result<Recalled> step(WithdrawalStep step) {
    return withdraw_consent(houses.context("ca"), kConsent, {step, "system"});
  }
  int say(WithdrawalStep wanted) {
    auto done = step(wanted);
    EXPECT_TRUE(done);
    return houses.deliver("ca", std::move(done->jobs));
  }
  bool is_shown() {
    const auto shown = read_inbox(houses.context("mx"), id, LanguageTag("es-MX"), "system");
    return shown && !shown->record.empty();
  }
  bool is_kept() {
    bool kept = false;
    (void)houses.at("mx").store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& row : reader.inbox_of(id)) kept = kept || reader.payload(row.canonical).has_value();
      return {};
    });
    return kept;
  }
  void pass(std::int64_t seconds) { houses.set_clocks(houses.at("ca").clock.at.plus_seconds(seconds)); }
  int round(const std::string& house) {
    auto jobs = sweep(houses.context(house));
    EXPECT_TRUE(jobs);
    return houses.deliver(house, std::move(*jobs));
  }
  std::vector<std::string> events(const std::string& house, bool all = false) {
    std::vector<std::string> kinds;
    const auto page = events_after(*houses.at(house).store, 0, all, 100);
    for (const auto& row : page.value().rows) kinds.push_back(row.kind);
    return kinds;
  }
  std::vector<Outstanding> open(const std::string& house) { return *outstanding(houses.context(house)); }

  Houses houses;
  ReferralId id;
};

using Kinds = std::vector<std::string>;

TEST_F(Withdrawal, LiftedEverythingStandsAsBefore) {
  send_it();
  const auto before = houses.referral("mx", id.get()).status;
  say(WithdrawalStep::pending);
  EXPECT_EQ(say(WithdrawalStep::lift), 1);
  EXPECT_TRUE(is_shown());
  EXPECT_EQ(houses.referral("mx", id.get()).status, before);
  EXPECT_TRUE(change_status(houses.context("mx"), id, {ReferralStatus::accepted, {}, {}, {}}, "system"));
  EXPECT_TRUE(houses.try_submit("ca", "mx", kWorker));
  EXPECT_TRUE(open("ca").empty());
  pass(2 * kDay);
  round("ca");
  round("mx");
  EXPECT_EQ(houses.referral("ca", id.get()).status, ReferralStatus::delivered);
}

TEST_F(Withdrawal, TheReceiverDestroysByItselfWhenTheSenderIsSilent) {
  send_it();
  say(WithdrawalStep::pending);
  pass(kDay);
  EXPECT_EQ(round("mx"), 1);  // the proof
  EXPECT_FALSE(is_kept());
  EXPECT_EQ(houses.referral("ca", id.get()).status, ReferralStatus::withdrawn_by_person);
}

TEST_F(Withdrawal, ALiftThatComesTooLateSaysSo) {
  send_it();
  say(WithdrawalStep::pending);
  say(WithdrawalStep::confirm);
  const auto late = step(WithdrawalStep::lift);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::state_conflict);
}

TEST_F(Withdrawal, WhatIsNotPendingCanNeitherBeConfirmedNorLifted) {
  send_it();
  EXPECT_EQ(step(WithdrawalStep::confirm).error().code, ErrorCode::state_conflict);
  EXPECT_EQ(step(WithdrawalStep::lift).error().code, ErrorCode::state_conflict);
  EXPECT_TRUE(is_shown());
}

TEST_F(Withdrawal, AHoldThatOvertakesTheReferralKeepsItFromEverybodysEyes) {
  auto sent = houses.submit("ca", "mx", kWorker);
  id = sent.first;
  houses.on_post = [&] { say(WithdrawalStep::pending); };
  houses.deliver("ca", std::move(sent.jobs));
  EXPECT_TRUE(is_kept());
  EXPECT_FALSE(is_shown());
  say(WithdrawalStep::lift);
  EXPECT_TRUE(is_shown());
}

TEST_F(Withdrawal, WhatHasNotLeftYetWaitsAndLeavesWhenLifted) {
  auto sent = houses.submit("ca", "mx", kWorker);
  id = sent.first;
  auto pending = step(WithdrawalStep::pending);
  EXPECT_EQ(houses.deliver("ca", sent.jobs), 0);
  EXPECT_TRUE(houses.wire.empty());
  houses.deliver("ca", std::move(pending->jobs));
  say(WithdrawalStep::lift);
  EXPECT_EQ(houses.deliver("ca", std::move(sent.jobs)), 1);
  EXPECT_TRUE(is_shown());
}

TEST_F(Withdrawal, ALateHoldDoesNotUndoTheLift) {
  send_it();
  auto pending = step(WithdrawalStep::pending);
  auto lift = step(WithdrawalStep::lift);
  houses.deliver("ca", std::move(lift->jobs));
  houses.deliver("ca", std::move(pending->jobs));
  EXPECT_TRUE(is_shown());
}

// ---- a peer that is down
// ------------------------------------------------------------------------------------

TEST_F(Withdrawal, AProofThatWasLostIsAskedForAgain) {
  send_it();
  auto jobs = step(WithdrawalStep::at_once)->jobs;
  // It arrives and is receipted; the purge that answers it never leaves.
  houses.deliver_only("ca", std::move(jobs));
  EXPECT_FALSE(is_kept());
  ASSERT_EQ(open("ca").size(), 1u);
  pass(kDay);
  EXPECT_EQ(round("ca"), 2);
  EXPECT_TRUE(open("ca").empty());
}

// ---- the hotline's own system
// -------------------------------------------------------------------------------

TEST_F(Withdrawal, TheReceiversOwnSystemIsAskedToAttestItsPurge) {
  send_it();
  ASSERT_TRUE(is_shown());
  ASSERT_TRUE(acknowledge(houses.context("mx"), id, "system", {}));
  say(WithdrawalStep::at_once);
  EXPECT_EQ(events("mx"), (Kinds{"withdrawn", "purge_wanted"}));
  ASSERT_EQ(open("ca").size(), 1u);
  EXPECT_EQ(open("ca")[0].recall.system, SystemPurge::asked);
  EXPECT_EQ(open("mx")[0].recall.direction, Direction::inbound);

  auto attested = attest_purge(houses.context("mx"), id, SystemPurge::erased, "system", {});
  ASSERT_TRUE(attested);
  EXPECT_EQ(houses.deliver("mx", std::move(attested->jobs)), 1);
  EXPECT_TRUE(open("ca").empty());
  EXPECT_TRUE(open("mx").empty());
  EXPECT_EQ(events("ca").back(), "purge_proven");
  EXPECT_TRUE(attest_purge(houses.context("mx"), id, SystemPurge::erased, "system", {})->jobs.empty());
  EXPECT_FALSE(attest_purge(houses.context("mx"), id, SystemPurge::kept_by_law, "system", {}));
}

TEST_F(Withdrawal, ASystemThatSaysNothingIsRemindedEachDay) {
  send_it();
  ASSERT_TRUE(is_shown());
  say(WithdrawalStep::at_once);
  pass(kDay);
  round("mx");
  pass(kDay);
  round("mx");
  const auto kinds = events("mx");
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "purge_wanted"), 3);
}

TEST_F(Withdrawal, NothingIsAttestedThatWasNotTakenBack) {
  send_it();
  const auto refused = attest_purge(houses.context("mx"), id, SystemPurge::erased, "system", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

// ---- strangers
// ----------------------------------------------------------------------------------------------

TEST_F(Withdrawal, ByAStrangerChangesNothingAndLearnsNothing) {
  send_it();
  const auto& us = houses.context("us");
  const auto say_as_us = [&](const std::string& about) {
    ReferralRow row;
    row.id = ReferralId(about);
    row.peer = MemberId("mx");
    row.sent_sequence = 1;
    auto parcel = make_control(us, row,
                               {MessageKind::withdrawal,
                                ReferralStatus::withdrawn_by_person,
                                ControlReason::person_withdrew,
                                {},
                                {}},
                               us.clock.now());
    return receive(houses.context("mx"), parcel->sealed, MemberId("us"));
  };
  const auto known = say_as_us(id.get());
  const auto unknown = say_as_us("11111111-1111-4111-8111-111111111111");
  ASSERT_TRUE(known && unknown);
  EXPECT_TRUE(is_shown());
  EXPECT_EQ(houses.referral("mx", id.get()).status, ReferralStatus::delivered);
  // The same receipt, the same message back, of the same size.
  EXPECT_EQ(known->receipt.size(), unknown->receipt.size());
  ASSERT_EQ(known->jobs.size(), 1u);
  ASSERT_EQ(unknown->jobs.size(), 1u);
  EXPECT_EQ(known->jobs[0].sealed.size(), unknown->jobs[0].sealed.size());
  const auto kinds = events("mx", true);
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "stranger"), 1);
  const auto plain = events("mx");
  EXPECT_EQ(std::count(plain.begin(), plain.end(), "stranger"), 0);
}

TEST_F(Withdrawal, WithAForgedSignatureIsRefused) {
  send_it();
  auto jobs = step(WithdrawalStep::at_once)->jobs;
  houses.cut = true;
  houses.deliver("ca", std::move(jobs));
  EXPECT_FALSE(receive(houses.context("mx"), houses.wire.back(), MemberId("us")));  // over another's link
  auto& middle = houses.wire.back()[houses.wire.back().size() / 2];
  middle = middle == 'A' ? 'B' : 'A';
  EXPECT_FALSE(receive(houses.context("mx"), houses.wire.back(), MemberId("ca")));
  EXPECT_TRUE(is_shown());
}

}  // namespace
}  // namespace hotline::test
