// What the receiving hotline says about a referral, and when the sender believes it.
#include "gateway/exchange/status.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/control.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";

class Status : public testing::Test {
 protected:
  void SetUp() override {
    auto sent = houses.submit("ca", "mx", kWorker);
    id = sent.first;
    first_message = sent.jobs.front().message;
    houses.deliver("ca", std::move(sent.jobs));
  }
  Result<StatusChanged> say(const std::string& house, StatusWish wish) {
    return change_status(houses.context(house), id, wish, "system");
  }
  ReferralStatus at(const std::string& house) { return houses.referral(house, id.get()).status; }
  std::vector<TimelineRow> steps() {
    std::vector<TimelineRow> rows;
    (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
      rows = reader.timeline(id);
      return {};
    });
    return rows;
  }
  Houses houses;
  ReferralId id;
  MessageId first_message;
};

TEST_F(Status, AcceptanceTravelsBack) {
  auto changed = say("mx", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_TRUE(changed);
  EXPECT_EQ(houses.deliver("mx", std::move(changed->jobs)), 1);
  EXPECT_EQ(at("ca"), ReferralStatus::accepted);
}

TEST_F(Status, ADeclineNamesWhoCouldTakeItAndIsNotTheEnd) {
  auto declined = say("mx", {ReferralStatus::declined_capacity, {}, MemberId("us"), {}});
  ASSERT_TRUE(declined);
  houses.deliver("mx", std::move(declined->jobs));
  EXPECT_EQ(at("ca"), ReferralStatus::declined_capacity);
  std::vector<TimelineRow> steps;
  (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    steps = reader.timeline(id);
    return {};
  });
  EXPECT_EQ(steps.back().next_option.get(), "us");
  EXPECT_EQ(steps.back().reason, ControlReason::no_space);
  auto accepted = say("mx", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_TRUE(accepted);
  houses.deliver("mx", std::move(accepted->jobs));
  EXPECT_EQ(at("ca"), ReferralStatus::accepted);
}

TEST_F(Status, TheSenderCannotAcceptForTheReceiver) {
  const auto refused = say("ca", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::value_not_allowed);
}

TEST_F(Status, WhatIsOverStaysOver) {
  auto closed = say("mx", {ReferralStatus::completed, {}, {}, {}});
  ASSERT_TRUE(closed);
  houses.deliver("mx", std::move(closed->jobs));
  const auto refused = say("mx", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::state_conflict);
  EXPECT_EQ(at("ca"), ReferralStatus::completed);
}

TEST_F(Status, AStaleVersionIsRefused) {
  const auto version = houses.referral("mx", id.get()).version;
  ASSERT_TRUE(say("mx", {ReferralStatus::accepted, {}, {}, version}));
  const auto refused = say("mx", {ReferralStatus::in_service, {}, {}, version});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::precondition_failed);
}

TEST_F(Status, ALateMessageChangesNothing) {
  auto first = say("mx", {ReferralStatus::more_info_requested, {}, {}, {}});
  auto second = say("mx", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(houses.deliver("mx", std::move(second->jobs)), 1);
  EXPECT_EQ(houses.deliver("mx", std::move(first->jobs)), 1);  // receipted, without effect
  EXPECT_EQ(at("ca"), ReferralStatus::accepted);
}

TEST_F(Status, AnotherMemberCannotSpeakAboutIt) {
  auto changed = say("mx", {ReferralStatus::accepted, {}, {}, {}});
  ASSERT_TRUE(changed);
  houses.cut = true;
  houses.deliver("mx", std::move(changed->jobs));
  EXPECT_FALSE(receive(houses.context("ca"), houses.wire.back(), MemberId("us")));
  EXPECT_EQ(at("ca"), ReferralStatus::delivered);
}

// A proof of erasure that nobody asked for would make a hotline believe that nothing is held any more.
TEST_F(Status, APurgeThatAnswersNoWithdrawalOfOursIsNoProof) {
  const auto& mx = houses.context("mx");
  std::int64_t sequence = 0;
  const auto forged = [&](ControlReason reason, const std::string& about) {
    auto row = houses.referral("mx", id.get());
    row.sent_sequence = ++sequence;
    auto parcel = make_control(
        mx, row, {MessageKind::purge, ReferralStatus::revoked_by_sender, reason, {}, MessageId(about)},
        mx.clock.now());
    auto got = receive(houses.context("ca"), parcel->sealed, MemberId("mx"));
    EXPECT_TRUE(got);
    const auto rows = steps();
    return std::count_if(rows.begin(), rows.end(), [&](const auto& step) { return step.reason == reason; });
  };
  EXPECT_EQ(forged(ControlReason::key_destroyed, ""), 0);
  EXPECT_EQ(forged(ControlReason::nothing_held, "0190a8a0-0000-7000-8000-000000000001"), 0);
  // Nor is the message that brought the referral one that could be answered so.
  EXPECT_EQ(forged(ControlReason::system_erased, first_message.get()), 0);
}

TEST_F(Status, TheSenderRecallsAndThePeerDestroys) {
  auto recalled = say("ca", {ReferralStatus::revoked_by_sender, {}, {}, {}});
  ASSERT_TRUE(recalled);
  EXPECT_EQ(houses.deliver("ca", std::move(recalled->jobs)), 2);
  EXPECT_EQ(at("mx"), ReferralStatus::revoked_by_sender);
  EXPECT_TRUE(houses.inbox("mx").empty());
}

TEST_F(Status, AnUnknownReferralIsNotFoundAndAForeignNextOptionIsRefused) {
  const auto unknown =
      change_status(houses.context("mx"), ReferralId("00000000-0000-4000-8000-000000000000"), {}, "system");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
  const auto foreign = say("mx", {ReferralStatus::declined_capacity, {}, MemberId("zz"), {}});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().pointer, "/next_option");
}

}  // namespace
}  // namespace hotline::test
