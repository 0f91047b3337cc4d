// A referral in a crisis waits for people, not for systems: who is told when, on both sides, and what ends
// it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/exchange/crisis.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

using Codes = std::vector<std::string>;

class CrisisDeadlines : public testing::Test {
 protected:
  void send() {
    auto sent = houses.submit("us", "ca", "crisis-within-24-hours");
    id = sent.first;
    start = houses.at("us").clock.at;
    houses.deliver("us", std::move(sent.jobs));
  }
  void at_minute(std::int64_t minute) { houses.set_clocks(start.plus_seconds(minute * 60)); }
  void look(Instant ticked = {}) {
    for (const char* house : {"us", "ca"}) ASSERT_TRUE(sweep(houses.context(house), ticked));
  }
  Codes told(const std::string& house) {
    Codes codes;
    const auto page = events_after(*houses.at(house).store, 0, true, 100);
    for (const auto& row : page->rows) {
      if (row.kind.starts_with("crisis_")) codes.push_back(row.kind + " " + row.code);
    }
    return codes;
  }
  std::vector<Alarm> alarmed(const std::string& house) {
    std::vector<Alarm> all;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      all = alarms(reader, houses.at(house).clock.at);
      return {};
    });
    return all;
  }
  void say(ReferralStatus status) {
    auto changed = change_status(houses.context("ca"), id, {status, {}, {}, {}}, "desk");
    ASSERT_TRUE(changed) << to_string(changed.error().code);
    houses.deliver("ca", std::move(changed->jobs));
  }
  Houses houses;
  ReferralId id;
  Instant start;
};

const Codes kAll = {"crisis_unacknowledged acknowledge", "crisis_escalate_supervisor escalate_first",
                    "crisis_unaccepted accept", "crisis_escalate_supervisor escalate_again",
                    "crisis_second_partner second_partner"};

TEST_F(CrisisDeadlines, EachIsToldOnceOnBothSidesWhenNobodyTakesIt) {
  send();
  look();
  EXPECT_TRUE(told("us").empty());
  at_minute(15);
  look();
  look();
  EXPECT_EQ(told("ca"), Codes{kAll[0]});
  EXPECT_EQ(told("us"), Codes{kAll[0]});
  at_minute(5 * 60);
  look();
  look();
  for (const char* house : {"us", "ca"}) {
    Codes codes = told(house);
    Codes expected = kAll;
    std::sort(codes.begin(), codes.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(codes, expected) << house;
    ASSERT_EQ(alarmed(house).size(), 1u);
    EXPECT_EQ(alarmed(house)[0].worst().step, "second_partner");
  }
}

TEST_F(CrisisDeadlines, ASystemThatTakesTheRecordAcknowledgesNothing) {
  send();
  auto taken = acknowledge(houses.context("ca"), id, "system", {});
  ASSERT_TRUE(taken);
  houses.deliver("ca", std::move(taken->jobs));
  EXPECT_EQ(houses.referral("us", id.get()).status, ReferralStatus::acknowledged);
  at_minute(16);
  look();
  EXPECT_EQ(told("us"), Codes{kAll[0]});
  EXPECT_EQ(told("ca"), Codes{kAll[0]});
}

TEST_F(CrisisDeadlines, AHumansWordEndsItAlsoAfterTheSystemHasTakenIt) {
  send();
  auto taken = acknowledge(houses.context("ca"), id, "system", {});
  ASSERT_TRUE(taken);
  houses.deliver("ca", std::move(taken->jobs));
  at_minute(14);
  say(ReferralStatus::acknowledged);
  at_minute(100);
  look();
  EXPECT_TRUE(told("us").empty());
  EXPECT_TRUE(told("ca").empty());
  at_minute(121);
  look();
  EXPECT_EQ(told("us"), (Codes{kAll[2], kAll[3]}));
  say(ReferralStatus::accepted);
  EXPECT_TRUE(alarmed("us").empty());
  EXPECT_TRUE(alarmed("ca").empty());
  at_minute(5 * 60);
  look();
  EXPECT_EQ(told("us").size(), 2u);
}

TEST_F(CrisisDeadlines, ADeclineIsToldAtOnceAndTheClocksEnd) {
  send();
  say(ReferralStatus::declined_capacity);
  EXPECT_EQ(told("us"), Codes{"crisis_declined declined_capacity"});
  EXPECT_TRUE(told("ca").empty());
  at_minute(5 * 60);
  look();
  EXPECT_EQ(told("us").size(), 1u);
  ASSERT_EQ(alarmed("us").size(), 1u);
  EXPECT_EQ(alarmed("us")[0].worst().step, "next_option");
  say(ReferralStatus::accepted);
  EXPECT_TRUE(alarmed("us").empty());
}

TEST_F(CrisisDeadlines, AFailedDeliveryIsShownAtTheFirstAttempt) {
  houses.cut = true;
  send();
  EXPECT_EQ(told("us"), Codes{"crisis_undelivered peer_unavailable"});
  ASSERT_EQ(alarmed("us").size(), 1u);
  EXPECT_EQ(alarmed("us")[0].worst().step, "delivery");
  houses.deliver("us", houses.queued("us"));
  EXPECT_EQ(told("us").size(), 1u);
  houses.cut = false;
  houses.deliver("us", houses.queued("us"));
  EXPECT_TRUE(alarmed("us").empty());
}

// The clock stands still where the log last saw it (ForwardClock); the machine ticks on.
TEST_F(CrisisDeadlines, AClockThatWasSetBackStopsNoDeadline) {
  send();
  look(start.plus_seconds(16 * 60));
  EXPECT_EQ(told("ca"), Codes{kAll[0]});
  at_minute(16);
  look();
  EXPECT_EQ(told("ca"), Codes{kAll[0]});
}

TEST_F(CrisisDeadlines, WhatThePersonTakesBackAlarmsNobody) {
  send();
  at_minute(16);
  look();
  ASSERT_EQ(alarmed("ca").size(), 1u);
  const auto consent = houses.referral("us", id.get()).consents.front();
  auto pending = withdraw_consent(houses.context("us"), consent, {WithdrawalStep::pending, "system"});
  ASSERT_TRUE(pending);
  houses.deliver("us", std::move(pending->jobs));
  EXPECT_TRUE(alarmed("ca").empty());
  at_minute(60);
  look();
  EXPECT_EQ(told("ca").size(), 1u);  // nobody is to act while it is pending
  auto taken_back = withdraw_consent(houses.context("us"), consent, {WithdrawalStep::confirm, "system"});
  ASSERT_TRUE(taken_back);
  houses.deliver("us", std::move(taken_back->jobs));
  at_minute(5 * 60);
  look();
  EXPECT_EQ(told("ca").size(), 1u);
  EXPECT_EQ(told("us").size(), 1u);
}

TEST_F(CrisisDeadlines, WhatNobodyTookDoesNotEndInSilence) {
  send();
  houses.set_clocks(houses.referral("us", id.get()).until);
  auto given_back = sweep(houses.context("ca"), {});
  ASSERT_TRUE(given_back);
  houses.deliver("ca", std::move(*given_back));
  look();
  look();
  for (const char* house : {"us", "ca"}) {
    EXPECT_EQ(houses.referral(house, id.get()).status, ReferralStatus::expired);
    EXPECT_EQ(told(house), Codes{"crisis_untaken expired"}) << house;
    EXPECT_TRUE(alarmed(house).empty());
  }
}

TEST_F(CrisisDeadlines, WhatWasTakenEndsInSilence) {
  send();
  say(ReferralStatus::accepted);
  houses.set_clocks(houses.referral("us", id.get()).until);
  look();
  look();
  EXPECT_TRUE(told("us").empty());
  EXPECT_TRUE(told("ca").empty());
}

TEST_F(CrisisDeadlines, WhatWasDeclinedAndNobodyElseTookIsToldAtTheSender) {
  send();
  say(ReferralStatus::declined_capacity);
  houses.set_clocks(houses.referral("us", id.get()).until);
  look();
  EXPECT_EQ(told("us"), (Codes{"crisis_declined declined_capacity", "crisis_untaken expired"}));
  EXPECT_TRUE(told("ca").empty());
}

// More rows than any page of them: what is held of others takes nobody's turn, and no alarm falls off the
// end.
TEST_F(CrisisDeadlines, WhatIsHeldOrMissedOfOthersTakesNobodysTurn) {
  constexpr int kOthers = 70;
  constexpr int kMissed = 250;
  start = houses.at("us").clock.at;
  const auto put_others = [&](const std::string& prefix, int count, bool held) {
    const auto put = houses.at("us").store->commit([&](Transaction& transaction) -> Result<void> {
      for (int i = 0; i < count; ++i) {
        ReferralRow row;
        row.id = ReferralId(prefix + std::to_string(i));
        row.peer = MemberId("ca");
        row.status = ReferralStatus::delivered;
        row.urgency = "crisis_within_24_hours";
        row.handling = "full";
        row.until = start.plus_seconds(99'999);
        if (held) row.hold = "withdrawal_pending";
        transaction.put(row);
        for (const char* step : {"acknowledge", "accept", "escalate_again"}) {
          DeadlineRow deadline{row.id, step, row.peer, Direction::outbound, start, {}, {}};
          if (!held) deadline.told = start;
          transaction.put(deadline);
        }
      }
      return {};
    });
    ASSERT_TRUE(put);
  };
  put_others("held", kOthers, true);
  put_others("missed", kMissed, false);
  send();
  at_minute(5 * 60);
  look();
  Codes codes = told("us"), expected = kAll;
  std::sort(codes.begin(), codes.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(codes, expected);
  EXPECT_EQ(alarmed("us").size(), 1u + kMissed);
}

TEST_F(CrisisDeadlines, WhatIsNoCrisisHasNone) {
  auto sent = houses.submit("ca", "mx", "seasonal-worker-goes-home-without-the-employer");
  const auto other = sent.first;
  houses.deliver("ca", std::move(sent.jobs));
  for (const char* house : {"ca", "mx"}) {
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      EXPECT_TRUE(reader.deadlines_of(other).empty());
      return {};
    });
  }
}

TEST_F(CrisisDeadlines, WhatTheSenderSaidCanOnlyShortenOurClocks) {
  const auto& ca = houses.context("ca");
  const Instant now = ca.clock.now();
  const MemberId us("us");
  const auto ours = received_times(ca, us, std::nullopt, now);
  EXPECT_EQ(ours.acknowledge, now.plus_seconds(900));
  auto carried = ours;
  carried.acknowledge = now.plus_seconds(600);
  carried.accept = now.plus_seconds(99'999);
  EXPECT_EQ(received_times(ca, us, carried, now).acknowledge, now.plus_seconds(600));
  EXPECT_EQ(received_times(ca, us, carried, now).accept, ours.accept);
}

}  // namespace
}  // namespace hotline::test
