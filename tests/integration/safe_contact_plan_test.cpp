// Whoever plans to contact a person is held to what they said is safe, for as long as the referral lasts and
// no longer.
#include <gtest/gtest.h>

#include "gateway/exchange/contact.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

// The worker's safe hours are 19:00 to 21:30 in Toronto on working days; 23 November 2026 is a Monday.
constexpr const char* kInside = R"({"who":"receiver","channel":"phone","interpreter":true,
  "window":{"date":"2026-11-23","from":"18:00","to":"19:00","time_zone":"America/Mexico_City"}})";
constexpr const char* kOutside = R"({"who":"receiver","channel":"phone","interpreter":true,
  "window":{"date":"2026-11-23","from":"19:00","to":"21:30","time_zone":"America/Mexico_City"}})";

class SafeContactPlan : public testing::Test {
 protected:
  void SetUp() override {
    auto sent = houses.submit("ca", "mx", "seasonal-worker-goes-home-without-the-employer");
    id = sent.first;
    houses.deliver("ca", std::move(sent.jobs));
  }
  std::string verdict(const std::string& house, const char* plan) {
    const auto json = parse_json(plan);
    const auto checked = check_plan(houses.context(house), id, *json, "desk");
    if (!checked) return std::string(to_string(checked.error().code)) + " " + checked.error().pointer;
    std::string text(checked->verdict());
    for (const auto& each : checked->findings) text.append(" ").append(each.code);
    return text;
  }
  std::optional<std::string> rules(const std::string& house) {
    std::optional<std::string> text;
    const auto row = houses.referral(house, id.get());
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      text = reader.payload(row.contact_rules);
      return {};
    });
    return text;
  }
  Houses houses;
  ReferralId id;
};

TEST_F(SafeContactPlan, IsHeldToThemAtTheReceiverAndAtTheSender) {
  for (const char* house : {"mx", "ca"}) {
    EXPECT_EQ(verdict(house, kInside), "safe") << house;
    EXPECT_EQ(verdict(house, kOutside), "refused outside_safe_times") << house;
  }
  EXPECT_EQ(houses.log("mx").back(), LogKind::refusal);
}

TEST_F(SafeContactPlan, IsStillHeldToThemWhenTheRecordItselfIsGone) {
  auto taken = acknowledge(houses.context("mx"), id, "system", {});
  ASSERT_TRUE(taken);
  houses.deliver("mx", std::move(taken->jobs));
  EXPECT_EQ(verdict("mx", kOutside), "refused outside_safe_times");
  EXPECT_EQ(verdict("mx", kInside), "safe");
}

TEST_F(SafeContactPlan, KeepsNoNumberNoNameAndNoCoverPhrase) {
  for (const char* house : {"mx", "ca"}) {
    const auto kept = rules(house);
    ASSERT_TRUE(kept) << house;
    for (const char* never : {"say_we_are", "number", "phones", "+1", "555", "note", "original"})
      EXPECT_EQ(kept->find(never), std::string::npos) << house << ' ' << never;
  }
}

TEST_F(SafeContactPlan, NothingOfThemIsReadableAfterAWithdrawal) {
  ASSERT_TRUE(rules("mx"));
  auto taken_back =
      withdraw_consent(houses.context("ca"), ConsentId("C-4182-1"), {WithdrawalStep::at_once, "system"});
  ASSERT_TRUE(taken_back);
  houses.deliver("ca", std::move(taken_back->jobs));
  EXPECT_FALSE(rules("mx"));
  EXPECT_FALSE(rules("ca"));
  EXPECT_EQ(verdict("mx", kInside), "state_conflict /contact");
}

TEST_F(SafeContactPlan, NorAfterItIsClosedOrItsTimeIsOver) {
  auto closed = change_status(houses.context("mx"), id, {ReferralStatus::completed, {}, {}, {}}, "desk");
  ASSERT_TRUE(closed);
  EXPECT_FALSE(rules("mx"));
  EXPECT_TRUE(rules("ca"));
  houses.deliver("mx", std::move(closed->jobs));
  EXPECT_FALSE(rules("ca"));
}

TEST_F(SafeContactPlan, OfWhatIsNotKnownIsAnsweredWithAWarning) {
  auto row = houses.referral("mx", id.get());
  row.contact_rules = PayloadId();
  ASSERT_TRUE(houses.at("mx").store->commit([&](Transaction& transaction) -> Result<void> {
    transaction.put(row);
    return {};
  }));
  EXPECT_EQ(verdict("mx", kInside), "not_known rules_not_known");
}

TEST_F(SafeContactPlan, ForNobodyInTheRecordIsRefused) {
  EXPECT_EQ(verdict("mx", R"({"person":"somebody","who":"receiver","channel":"phone","interpreter":true,
                              "at":"2026-11-24T00:30:00Z"})"),
            "value_not_allowed /contact/person");
  id = ReferralId("00000000-0000-4000-8000-000000000000");
  EXPECT_EQ(verdict("mx", kInside), "not_found ");
}

}  // namespace
}  // namespace hotline::test
