// A received record that is sent on, and a withdrawal that follows it all the way: ca to mx, mx to us.
#include "gateway/exchange/onward.h"

#include <gtest/gtest.h>

#include "gateway/exchange/inbox.h"
#include "gateway/exchange/purges.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "i18n/base/text_files.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
constexpr const char* kOnward = "asked-once-and-who-says-so";
const ConsentId kConsent("C-4182-1");
constexpr std::int64_t kDay = 24 * 3600;

class OnwardTo : public testing::Test {
 protected:
  OnwardTo() {
    auto sent = houses.submit("ca", "mx", kWorker);
    received = sent.first;
    houses.deliver("ca", std::move(sent.jobs));
    record = read_json_file(std::string(HOTLINE_ROOT) + "/adapters/mx/cases/" + kOnward + "/national.json")
                 .value();
  }
  // As if the person had named `members` when agreeing to what came from ca.
  void agree_to(const std::string& members) {
    (void)houses.at("mx").store->commit([&](Transaction& transaction) -> Result<void> {
      auto row = transaction.referral(received);
      auto terms = parse_json(row->terms).value();
      const auto named = parse_json(members).value();
      set_member(terms, "onward", JsonValue(named, terms.GetAllocator()), terms.GetAllocator());
      row->terms = to_text(terms);
      transaction.put(*row);
      return {};
    });
  }
  Sending<Sent> try_to_send_on() {
    return send(houses.context("mx"), Submission{record, "system", MemberId("us"), {}, {}, {}, received});
  }
  void send_on() {
    auto sent = try_to_send_on();
    ASSERT_TRUE(sent) << to_string(sent.error().error.code) << ' ' << sent.error().decision;
    passed_on = sent->first;
    houses.deliver("mx", std::move(sent->jobs));
    ASSERT_TRUE(is_readable("us", passed_on));
  }
  bool is_readable(const std::string& house, const ReferralId& id) {
    bool readable = false;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& row : reader.inbox_of(id))
        readable = readable || reader.payload(row.canonical).has_value();
      return {};
    });
    return readable;
  }
  std::vector<DeliveryJob> step(WithdrawalStep step) {
    auto done = withdraw_consent(houses.context("ca"), kConsent, {step, "system"});
    EXPECT_TRUE(done);
    return std::move(done->jobs);
  }
  std::optional<RecallRow> recall(const std::string& house, const ReferralId& id) {
    std::optional<RecallRow> row;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      row = reader.recall(id);
      return {};
    });
    return row;
  }

  Houses houses;
  ReferralId received, passed_on;
  Json record;
};

TEST_F(OnwardTo, NobodyWhomThePersonDidNotName) {
  const auto refused = try_to_send_on();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().decision.find("base.onward.not_agreed"), std::string::npos);
}

TEST_F(OnwardTo, WhomThePersonNamed) {
  agree_to(R"(["us"])");
  send_on();
  EXPECT_EQ(houses.referral("mx", passed_on.get()).onward_of, received);
  EXPECT_LE(houses.referral("mx", passed_on.get()).until, houses.referral("mx", received.get()).until);
}

TEST_F(OnwardTo, WhatCameInNoCategoryGoesOnInNone) {
  const auto terms = read_terms(houses.referral("mx", received.get()).terms);
  EXPECT_TRUE(terms.recipients.empty());
  for (const auto& [category, level] : terms.levels) {
    EXPECT_EQ(level, category.get() == "employment" ? Level::withheld : Level::full) << category.get();
  }
  EXPECT_EQ(terms.until, houses.referral("mx", received.get()).until);
  EXPECT_TRUE(read_terms("").recipients.empty());
  EXPECT_TRUE(read_terms("{").levels.empty());
}

TEST_F(OnwardTo, OnlyWhatWasReceivedCanBePassedOn) {
  received = ReferralId("11111111-1111-4111-8111-111111111111");
  const auto refused = try_to_send_on();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().error.pointer, "/onward_of");
}

TEST_F(OnwardTo, NothingOfWhatWasTakenBackOrIsHeld) {
  agree_to(R"(["us"])");
  houses.deliver("ca", step(WithdrawalStep::pending));
  EXPECT_FALSE(try_to_send_on());
  houses.deliver("ca", step(WithdrawalStep::lift));
  EXPECT_TRUE(try_to_send_on());
  houses.deliver("ca", step(WithdrawalStep::at_once));
  EXPECT_FALSE(try_to_send_on());
}

TEST_F(OnwardTo, AWithdrawalFollowsItToTheEndAndEveryProofIsCounted) {
  agree_to(R"(["us"])");
  send_on();
  houses.deliver("ca", step(WithdrawalStep::at_once));
  EXPECT_FALSE(is_readable("mx", received));
  EXPECT_FALSE(is_readable("us", passed_on));
  const auto proof = recall("ca", received);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->downstream, 1);
  EXPECT_EQ(proof->proven, 1);
  EXPECT_TRUE(outstanding(houses.context("ca"))->empty());
}

TEST_F(OnwardTo, TheOriginKnowsThatOneBehindIsDownAndWhenItHasProvenIt) {
  agree_to(R"(["us"])");
  send_on();
  auto jobs = step(WithdrawalStep::at_once);
  houses.unreachable = "us";
  houses.deliver("ca", std::move(jobs));
  EXPECT_FALSE(is_readable("mx", received));
  EXPECT_TRUE(is_readable("us", passed_on));
  const auto open = outstanding(houses.context("ca"));
  ASSERT_EQ(open->size(), 1u);
  EXPECT_EQ((*open)[0].recall.proof, "key_destroyed");  // mx itself has proven it
  EXPECT_EQ((*open)[0].recall.downstream, 1);
  EXPECT_EQ((*open)[0].recall.proven, 0);
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(kDay));
  (void)sweep(houses.context("ca"));
  EXPECT_EQ(recall("ca", received)->escalated, 1);

  houses.unreachable.clear();
  houses.deliver("mx", houses.queued("mx"));
  EXPECT_FALSE(is_readable("us", passed_on));
  EXPECT_EQ(recall("ca", received)->proven, 1);
  EXPECT_TRUE(outstanding(houses.context("ca"))->empty());
}

TEST_F(OnwardTo, AHoldAndItsLiftingFollowItToo) {
  agree_to(R"(["us"])");
  send_on();
  houses.deliver("ca", step(WithdrawalStep::pending));
  EXPECT_FALSE(houses.referral("us", passed_on.get()).hold.empty());
  const auto shown = read_inbox(houses.context("us"), passed_on, LanguageTag("en-US"), "system");
  ASSERT_TRUE(shown);
  EXPECT_TRUE(shown->record.empty());
  houses.deliver("ca", step(WithdrawalStep::lift));
  EXPECT_TRUE(houses.referral("us", passed_on.get()).hold.empty());
}

TEST_F(OnwardTo, WhatACrashCutShortIsPassedOnAfterwards) {
  agree_to(R"(["us"])");
  send_on();
  auto jobs = step(WithdrawalStep::at_once);
  houses.deliver_only("ca", std::move(jobs));
  // As a crash leaves it between the two commits: destroyed here, nobody behind told.
  (void)houses.at("mx").store->commit([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.recall(received);
    row->cascade = "owed";
    transaction.put(*row);
    auto behind = transaction.referral(passed_on);
    behind->status = ReferralStatus::delivered;
    ++behind->version;
    transaction.put(*behind);
    return {};
  });
  auto resumed = resume_withdrawals(houses.context("mx"));
  ASSERT_TRUE(resumed);
  houses.deliver("mx", std::move(*resumed));
  EXPECT_FALSE(is_readable("us", passed_on));
}

}  // namespace
}  // namespace hotline::test
