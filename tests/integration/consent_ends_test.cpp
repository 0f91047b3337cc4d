// Consent that ends on the way: withdrawn, over, or given for another policy than the peer has now.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/inbox.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
const ConsentId kConsent("C-4182-1");

class ConsentEnds : public testing::Test {
 protected:
  // Every payload that the inbox rows of a referral still name and that can still be read.
  int readable(const std::string& house, const ReferralId& id) {
    int found = 0;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& row : reader.inbox_of(id)) found += reader.payload(row.canonical) ? 1 : 0;
      for (const auto& row : reader.outbox_of(id)) {
        if (row.kind == MessageKind::referral) found += reader.payload(row.sealed) ? 1 : 0;
      }
      return {};
    });
    return found;
  }
  std::vector<TimelineRow> timeline(const std::string& house, const ReferralId& id) {
    std::vector<TimelineRow> rows;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      rows = reader.timeline(id);
      return {};
    });
    return rows;
  }
  std::vector<DeliveryJob> withdraw() {
    auto recalled = withdraw_consent(houses.context("ca"), kConsent, {WithdrawalStep::at_once, "system", {}});
    EXPECT_TRUE(recalled);
    EXPECT_EQ(recalled->answer.status, 202);
    return std::move(recalled->jobs);
  }
  bool has_reason(const std::vector<TimelineRow>& rows, ControlReason reason) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const TimelineRow& row) { return row.reason == reason; });
  }
  Houses houses;
};

TEST_F(ConsentEnds, AWithdrawalDestroysWhatThePeerHoldsAndTheProofComesBack) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  ASSERT_EQ(readable("mx", sent.first), 1);
  EXPECT_EQ(houses.deliver("ca", withdraw()), 2);  // the withdrawal there, the proof back
  EXPECT_EQ(readable("mx", sent.first), 0);
  EXPECT_EQ(houses.referral("mx", sent.first.get()).status, ReferralStatus::withdrawn_by_person);
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::withdrawn_by_person);
  EXPECT_TRUE(has_reason(timeline("ca", sent.first), ControlReason::key_destroyed));
  const auto shown = read_inbox(houses.context("mx"), sent.first, LanguageTag("es-MX"), "system");
  ASSERT_TRUE(shown);
  EXPECT_TRUE(shown->record.empty());
}

TEST_F(ConsentEnds, AWithdrawalBeforeTheFirstAttemptKeepsItHere) {
  auto sent = houses.submit("ca", "mx", kWorker);
  auto jobs = withdraw();
  EXPECT_EQ(readable("ca", sent.first), 0);
  houses.deliver("ca", std::move(sent.jobs));
  EXPECT_TRUE(houses.wire.empty());
  houses.deliver("ca", std::move(jobs));
  EXPECT_TRUE(houses.inbox("mx").empty());
  EXPECT_TRUE(has_reason(timeline("ca", sent.first), ControlReason::nothing_held));
}

TEST_F(ConsentEnds, AWithdrawalThatArrivesTwiceIsAnsweredAndDoneOnce) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  houses.deliver("ca", withdraw());
  const auto before = houses.log("mx").size();
  const auto withdrawal = houses.wire[1];
  const auto again = receive(houses.context("mx"), withdrawal, MemberId("ca"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->jobs.empty());
  EXPECT_EQ(houses.log("mx").size(), before);
  EXPECT_TRUE(withdraw().empty());  // a second call recalls nothing twice
}

TEST_F(ConsentEnds, AnUnknownConsentIsNotSaidToBeWithdrawn) {
  const auto unknown =
      withdraw_consent(houses.context("ca"), ConsentId("C-0000-0"), {WithdrawalStep::at_once, "system", {}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
}

TEST_F(ConsentEnds, NothingNewLeavesUnderAWithdrawnConsent) {
  houses.submit("ca", "mx", kWorker);
  withdraw();
  const auto refused = houses.try_submit("ca", "mx", kWorker);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().decision.find("base.consent.withdrawn"), std::string::npos);
}

TEST_F(ConsentEnds, AWithdrawalCutShortByACrashIsTakenUpAgain) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  // As a crash between the two commits leaves it: marked, nobody told.
  (void)houses.at("ca").store->commit([&](Transaction& transaction) -> Result<void> {
    transaction.put(WithdrawnConsentRow{kConsent, houses.at("ca").clock.at, MemberId("ca"), "stopped"});
    return {};
  });
  auto resumed = resume_withdrawals(houses.context("ca"));
  ASSERT_TRUE(resumed);
  EXPECT_EQ(houses.deliver("ca", std::move(*resumed)), 2);
  EXPECT_EQ(readable("mx", sent.first), 0);
  EXPECT_TRUE(resume_withdrawals(houses.context("ca"))->empty());
}

TEST_F(ConsentEnds, APolicyThatThePeerHasSignedSinceStopsTheDelivery) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.change_policy("ca", "mx", "mx-2027.1");
  houses.deliver("ca", std::move(sent.jobs));
  EXPECT_TRUE(houses.wire.empty());
  EXPECT_EQ(readable("ca", sent.first), 0);
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::refused_by_policy);
}

TEST_F(ConsentEnds, WhatNobodyTookInTimeIsDestroyedAndGivenBack) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  const auto until = houses.inbox("mx")[0].until;
  EXPECT_LE(until, houses.at("mx").clock.at.plus_seconds(72 * 3600));
  houses.set_clocks(until.plus_seconds(-1));
  EXPECT_TRUE(sweep(houses.context("mx"))->empty());
  EXPECT_EQ(readable("mx", sent.first), 1);
  houses.set_clocks(until.plus_seconds(1));
  auto back = sweep(houses.context("mx"));
  ASSERT_TRUE(back);
  EXPECT_EQ(readable("mx", sent.first), 0);
  EXPECT_EQ(houses.deliver("mx", std::move(*back)), 1);
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::expired);
}

TEST_F(ConsentEnds, WhatCannotBeDeliveredInSevenDaysIsDestroyed) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(7 * 24 * 3600 + 1));
  ASSERT_TRUE(sweep(houses.context("ca")));
  EXPECT_EQ(readable("ca", sent.first), 0);
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::expired);
}

TEST_F(ConsentEnds, OnceTheHotlineHasTakenItTheGatewayHoldsNothing) {
  auto sent = houses.submit("ca", "mx", kWorker);
  houses.deliver("ca", std::move(sent.jobs));
  const auto shown = read_inbox(houses.context("mx"), sent.first, LanguageTag("es-MX"), "system");
  ASSERT_TRUE(shown);
  EXPECT_NE(shown->record.find("personas"), std::string::npos);
  auto taken = acknowledge(houses.context("mx"), sent.first, "system", {});
  ASSERT_TRUE(taken);
  ASSERT_TRUE(houses.at("mx").store->settle());
  EXPECT_EQ(readable("mx", sent.first), 0);
  EXPECT_EQ(houses.deliver("mx", std::move(taken->jobs)), 1);
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::acknowledged);
  const auto again = acknowledge(houses.context("mx"), sent.first, "system", {});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->jobs.empty());
}

}  // namespace
}  // namespace hotline::test
