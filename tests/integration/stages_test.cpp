// In stages: pseudonymous first; identity and contact when the other side has accepted and a warm hand-over
// is agreed, under what the person says then.
#include "gateway/exchange/stages.h"

#include <gtest/gtest.h>

#include <set>

#include "consent/safe_contact.h"
#include "gateway/exchange/account_of.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/withdraw.h"
#include "i18n/base/text_files.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
const ConsentId kConsent("C-4182-1");

std::string replace_all_in(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

class InStages : public testing::Test {
 protected:
  InStages()
      : record(read_json_file(std::string(HOTLINE_ROOT) + "/adapters/ca/cases/" + kWorker + "/national.json")
                   .value()) {
    auto sent = send(houses.context("ca"),
                     Submission{record, "system", MemberId("mx"), {}, {}, {}, {}, Stage::pseudonymous});
    EXPECT_TRUE(sent);
    id = sent->first;
    first = sent->jobs.front().message;
    houses.deliver("ca", std::move(sent->jobs));
  }
  void say(ReferralStatus status, bool handover = false) {
    StatusWish wish;
    wish.status = status;
    wish.handover = handover;
    auto changed = change_status(houses.context("mx"), id, wish, "ana");
    ASSERT_TRUE(changed);
    houses.deliver("mx", std::move(changed->jobs));
  }
  Sending<Sent> complete() { return complete_referral(houses.context("ca"), {record, "system", id, {}}); }
  void complete_and_deliver() {
    auto sent = complete();
    ASSERT_TRUE(sent) << to_string(sent.error().error.code) << sent.error().error.expected;
    houses.deliver("ca", std::move(sent->jobs));
  }
  Json shown() {
    return parse_json(read_inbox(houses.context("mx"), id, LanguageTag("es-MX"), "ana")->canonical).value();
  }
  std::string why_not() {
    const auto refused = complete();
    if (refused) return "sent";
    EXPECT_EQ(refused.error().error.code, ErrorCode::state_conflict);
    return refused.error().error.expected;
  }
  int payloads_at_mx() {
    int held = 0;
    (void)houses.at("mx").store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& row : reader.inbox_of(id)) held += reader.payload(row.canonical) ? 1 : 0;
      return {};
    });
    return held;
  }
  std::set<std::string> told_shares() {
    std::set<std::string> shares;
    const auto account = account_of(houses.context("ca"), kConsent);
    for (const auto& each : account->lines.front().entry.shares) {
      if (each.level != Level::withheld) shares.insert(each.category.get());
    }
    return shares;
  }
  Houses houses;
  Json record;
  ReferralId id;
  MessageId first;
};

TEST_F(InStages, FirstOnlyTheNeedsAndNobody) {
  const auto arrived = shown();
  const auto& person = arrived["persons"][0];
  for (const char* section : {"identity", "contact", "location", "immigration", "health", "demographics"})
    EXPECT_EQ(member(person, section), nullptr) << section;
  EXPECT_NE(member(person, "needs"), nullptr);
  EXPECT_NE(member(person, "languages"), nullptr);
  EXPECT_EQ(member(arrived, "narratives"), nullptr);
  EXPECT_EQ(houses.referral("mx", id.get()).stage, "pseudonymous");
  // Nothing that narrows it down to a village, a state or a day.
  const auto text = to_text(person);
  for (const char* telling : {"variety", "Nundaco", "region", "already_told", "2026-12", "2026-11"})
    EXPECT_EQ(text.find(telling), std::string::npos) << telling;
  EXPECT_EQ(text_at(person["languages"], "preferred").substr(0, 3), "xtn");
  EXPECT_EQ(told_shares(), std::set<std::string>{"needs"})
      << "the account tells what went and not what was decided";
}

// What the person agreed to and what follows is not told as refused.
TEST_F(InStages, WhatFollowsIsNotToldAsRefused) {
  const auto reason = [](const Json& arrived, std::string_view category) {
    for (const auto& each : arrived["persons"][0]["withheld"].GetArray())
      if (text_at(each, "category") == category) return std::string(text_at(each, "reason"));
    return std::string();
  };
  const auto first_one = shown();
  EXPECT_EQ(reason(first_one, "identity"), "follows_later");
  EXPECT_EQ(reason(first_one, "contact"), "follows_later");
  EXPECT_EQ(reason(first_one, "employment"), "not_granted") << "that never follows";
  Json list;
  const auto safe = safe_contacts(first_one, list.GetAllocator());
  EXPECT_EQ(text_at(safe[0], "contact_allowed"), "no");
  EXPECT_EQ(text_at(safe[0], "reason"), "follows_later");
  say(ReferralStatus::accepted, true);
  complete_and_deliver();
  const auto whole = shown();
  EXPECT_EQ(reason(whole, "identity"), "");
  EXPECT_EQ(reason(whole, "employment"), "not_granted");
}

TEST_F(InStages, TheRestFollowsInTheSameReferralAndTheFirstIsDestroyed) {
  say(ReferralStatus::accepted, true);
  complete_and_deliver();
  EXPECT_NE(member(shown()["persons"][0], "contact"), nullptr);
  EXPECT_NE(member(shown()["persons"][0], "identity"), nullptr);
  EXPECT_EQ(payloads_at_mx(), 1) << "the key of the first stage is gone";
  EXPECT_EQ(houses.referral("mx", id.get()).status, ReferralStatus::accepted);
  EXPECT_EQ(houses.referral("mx", id.get()).stage, "complete");
  EXPECT_EQ(houses.referral("ca", id.get()).stage, "complete");
  EXPECT_EQ(houses.referral("ca", id.get()).status, ReferralStatus::accepted);
  EXPECT_EQ(houses.inbox("mx").size(), 1u);
  EXPECT_TRUE(told_shares().contains("contact"));
  EXPECT_EQ(why_not(), "stage_complete");
}

TEST_F(InStages, NothingFollowsBeforeAcceptanceAndAnAgreedHandover) {
  EXPECT_EQ(why_not(), "stage_not_accepted");
  say(ReferralStatus::accepted);
  EXPECT_EQ(why_not(), "stage_no_handover");
  say(ReferralStatus::accepted, true);
  EXPECT_TRUE(complete());
}

TEST_F(InStages, WhatWasAgreedIsGoneWithADecline) {
  say(ReferralStatus::accepted, true);
  say(ReferralStatus::declined_capacity);
  EXPECT_EQ(why_not(), "stage_not_accepted");
  say(ReferralStatus::accepted);
  EXPECT_EQ(why_not(), "stage_no_handover");
}

TEST_F(InStages, WhatWentWholeHasNoSecondStage) {
  auto whole = houses.submit("ca", "mx", kWorker);
  id = whole.first;
  houses.deliver("ca", std::move(whole.jobs));
  say(ReferralStatus::accepted, true);
  EXPECT_EQ(why_not(), "stage_whole");
}

TEST_F(InStages, AReceiverThatHasTurnedAwayTakesNoIdentity) {
  say(ReferralStatus::accepted, true);
  auto sent = complete();
  ASSERT_TRUE(sent);
  StatusWish wish;
  wish.status = ReferralStatus::declined_capacity;
  ASSERT_TRUE(change_status(houses.context("mx"), id, wish, "ana"));  // its message has not arrived yet
  houses.deliver("ca", std::move(sent->jobs));
  EXPECT_EQ(member(shown()["persons"][0], "contact"), nullptr);
  EXPECT_EQ(houses.referral("ca", id.get()).stage, "pseudonymous") << "it may be asked for again";
}

TEST_F(InStages, ItIsDecidedAgainUnderWhatHoldsThen) {
  say(ReferralStatus::accepted, true);
  houses.set_clocks(houses.referral("ca", id.get()).until);
  const auto refused = complete();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().error.code, ErrorCode::no_consent);
  EXPECT_NE(refused.error().decision.find("base.consent.expired"), std::string::npos);
}

TEST_F(InStages, AWithdrawalReachesBothStages) {
  say(ReferralStatus::accepted, true);
  auto sent = complete();
  ASSERT_TRUE(sent);
  auto withdrawn = withdraw_consent(houses.context("ca"), kConsent, {WithdrawalStep::at_once, "system"});
  ASSERT_TRUE(withdrawn);
  houses.deliver("ca", std::move(withdrawn->jobs));
  houses.deliver("ca", std::move(sent->jobs));
  EXPECT_EQ(payloads_at_mx(), 0);
  EXPECT_EQ(why_not(), "stage_over");
}

TEST_F(InStages, AWithdrawalAfterTheSecondStageLeavesNothing) {
  say(ReferralStatus::accepted, true);
  complete_and_deliver();
  ASSERT_EQ(payloads_at_mx(), 1);
  auto withdrawn = withdraw_consent(houses.context("ca"), kConsent, {WithdrawalStep::at_once, "system"});
  ASSERT_TRUE(withdrawn);
  houses.deliver("ca", std::move(withdrawn->jobs));
  EXPECT_EQ(payloads_at_mx(), 0);
}

TEST_F(InStages, ARecordOfAnotherCaseIsNoSecondStage) {
  say(ReferralStatus::accepted, true);
  const std::string other = replace_all_in(to_text(record), "C-4182-1", "C-4182-9");
  const Json changed = parse_json(other).value();
  const auto refused = complete_referral(houses.context("ca"), {changed, "system", id, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().error.expected, "same_case");
}

TEST_F(InStages, ALostReceiptDoublesNothing) {
  say(ReferralStatus::accepted, true);
  auto sent = complete();
  ASSERT_TRUE(sent);
  houses.lose_answers = true;
  houses.deliver("ca", std::move(sent->jobs));
  houses.lose_answers = false;
  houses.deliver("ca", houses.queued("ca"));
  EXPECT_EQ(houses.inbox("mx").size(), 1u);
  EXPECT_EQ(payloads_at_mx(), 1);
}

TEST_F(InStages, BothSidesKnowWhatWasAgreedAndWhen) {
  StatusWish wish;
  wish.status = ReferralStatus::accepted;
  wish.handover = true;
  wish.handover_from = houses.context("mx").clock.now().plus_seconds(3600);
  wish.handover_until = wish.handover_from.plus_seconds(7200);
  auto changed = change_status(houses.context("mx"), id, wish, "ana");
  ASSERT_TRUE(changed);
  houses.deliver("mx", std::move(changed->jobs));
  for (const char* house : {"ca", "mx"}) {
    const auto row = houses.referral(house, id.get());
    EXPECT_EQ(row.handover, "agreed") << house;
    EXPECT_EQ(row.handover_from, wish.handover_from);
    EXPECT_EQ(row.handover_until, wish.handover_until);
  }
  std::swap(wish.handover_from, wish.handover_until);
  EXPECT_FALSE(change_status(houses.context("mx"), id, wish, "ana"));
  wish = {};
  wish.status = ReferralStatus::in_service;
  wish.handover = true;
  EXPECT_FALSE(change_status(houses.context("mx"), id, wish, "ana"));
}

}  // namespace
}  // namespace hotline::test
