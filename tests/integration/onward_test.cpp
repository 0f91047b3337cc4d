// A received record that is sent on, and a withdrawal that follows it all the way: ca to mx, mx to us.
#include "gateway/exchange/onward.h"

#include <gtest/gtest.h>

#include "gateway/exchange/grants.h"
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
  OnwardTo() { record = good(std::string("mx/cases/") + kOnward); }
  static Json good(const std::string& name) {
    return read_json_file(std::string(HOTLINE_ROOT) + "/adapters/" + name + "/national.json").value();
  }
  // The person agrees that mx receives it, without one section, and that mx may pass it on to these members.
  void receive_it(const std::vector<std::string>& onward = {}, std::string_view without = {}) {
    auto worker = good(std::string("ca/cases/") + kWorker);
    auto& agreed = worker["consents"][0]["onward"];
    auto& allocator = worker.GetAllocator();
    for (auto& section : worker["consents"][0]["sections"].GetArray()) {
      if (text_at(section, "section") == without) set_text(section, "detail", "not_shared", allocator);
    }
    set_member(agreed, "allowed", JsonValue(!onward.empty()), allocator);
    JsonValue members(rapidjson::kArrayType);
    for (const auto& each : onward) members.PushBack(make_text(each, allocator), allocator);
    if (!onward.empty()) set_member(agreed, "services", std::move(members), allocator);
    auto sent = send(houses.context("ca"), Submission{worker, "system", MemberId("mx"), {}, {}, {}});
    ASSERT_TRUE(sent) << to_string(sent.error().error.code) << ' ' << sent.error().decision;
    received = sent->first;
    houses.deliver("ca", std::move(sent->jobs));
  }
  Sending<Sent> try_to_send_on(const std::string& to = "us") {
    return send(houses.context("mx"), Submission{record, "system", MemberId(to), {}, {}, {}, received});
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
  receive_it();
  const auto refused = try_to_send_on();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().decision.find("base.onward.not_agreed"), std::string::npos);
}

TEST_F(OnwardTo, WhomThePersonNamed) {
  receive_it({"us"});
  send_on();
  EXPECT_EQ(houses.referral("mx", passed_on.get()).onward_of, received);
  EXPECT_LE(houses.referral("mx", passed_on.get()).until, houses.referral("mx", received.get()).until);
}

TEST_F(OnwardTo, NobodyElseThanWhomThePersonNamed) {
  receive_it({"us"});
  const auto refused = try_to_send_on("ca");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().decision.find("base.onward.not_agreed"), std::string::npos);
}

// A named human's attestation opens no more of it than came, whomever it names.
TEST_F(OnwardTo, AnAttestationOpensNoMoreThanCame) {
  receive_it({}, "contact");
  const auto until = houses.at("mx").clock.at.plus_seconds(1800);
  auto wish =
      parse_json(R"({"ground": "imminent_harm_emergency", "recipient": "us", "staff_role": "supervisor",
      "recipient_role": "emergency_services", "categories": ["location", "contact", "safety"],
      "attested_by": "staff-9"})")
          .value();
  set_text(wish, "until", format_instant(until), wish.GetAllocator());
  const auto attested = attest(houses.context("mx"), wish, "supervisor", {});
  ASSERT_TRUE(attested) << attested.error().pointer;
  const std::string id(text_at(*parse_json(attested->body), "id"));
  record.RemoveMember("consentimientos");
  const auto sent =
      send(houses.context("mx"),
           Submission{record, "system", MemberId("us"), Purpose("emergency"), id, {}, received});
  ASSERT_TRUE(sent) << to_string(sent.error().error.code) << ' ' << sent.error().decision;
  const auto answer = parse_json(sent->answer.body).value();
  for (const auto& each : answer["decision"]["persons"][0]["categories"].GetArray()) {
    const auto category = text_at(each, "category");
    const bool opened = category == "location" || category == "safety";
    EXPECT_EQ(text_at(each, "level"), opened ? "full" : "withheld") << category;
  }
}

TEST_F(OnwardTo, WhatCameInNoCategoryGoesOnInNone) {
  receive_it();
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
  receive_it({"us"});
  houses.deliver("ca", step(WithdrawalStep::pending));
  EXPECT_FALSE(try_to_send_on());
  houses.deliver("ca", step(WithdrawalStep::lift));
  EXPECT_TRUE(try_to_send_on());
  houses.deliver("ca", step(WithdrawalStep::at_once));
  EXPECT_FALSE(try_to_send_on());
}

TEST_F(OnwardTo, TheOriginKnowsThatOneBehindIsDownAndWhenItHasProvenIt) {
  receive_it({"us"});
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
  receive_it({"us"});
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
  receive_it({"us"});
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
