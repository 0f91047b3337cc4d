// Every content that a consent ever had is kept and signed, and no record gets more than the last word.
#include <gtest/gtest.h>

#include "gateway/exchange/consent_versions.h"
#include "gateway/exchange/grants.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
const ConsentId kConsent("C-4182-1");

class ConsentHistory : public testing::Test {
 protected:
  ConsentView view() {
    auto seen = view_consent(houses.context("ca"), kConsent);
    EXPECT_TRUE(seen);
    return std::move(*seen);
  }
  // What the record brings, changed by hand: the person's other word.
  Json changed(const std::function<void(Json&)>& change) {
    Json consent;
    consent.CopyFrom(view().versions.front().signed_word.consent, consent.GetAllocator());
    change(consent);
    return consent;
  }
  static void set(Json& consent, const char* name, const char* text) {
    set_text(consent, name, text, consent.GetAllocator());
  }
  static void grant_only(Json& consent, const char* category, const char* level) {
    for (auto& each : consent["categories"].GetArray()) {
      const bool this_one = text_at(each, "category") == category;
      set_text(each, "level", this_one ? level : "withheld", consent.GetAllocator());
    }
  }
  Result<Answer> record(const Json& consent) {
    return record_consent(houses.context("ca"), consent, "system", {});
  }
  std::string said_at() {
    return std::string(text_at(view().versions.front().signed_word.consent, "given_at"));
  }

  Houses houses;
};

TEST_F(ConsentHistory, ASentRecordLeavesItsConsentSignedByTheHotlineThatCollectedIt) {
  houses.submit("ca", "mx", kWorker);
  const auto seen = view();
  ASSERT_EQ(seen.versions.size(), 1u);
  EXPECT_EQ(seen.versions[0].signed_word.signer, MemberId("ca"));
  EXPECT_EQ(text_at(seen.versions[0].signed_word.consent, "consent_id"), kConsent.get());
}

TEST_F(ConsentHistory, TheSameContentIsNoNewVersion) {
  houses.submit("ca", "mx", kWorker);
  houses.submit("ca", "mx", kWorker);
  EXPECT_EQ(view().versions.size(), 1u);
  const auto again = record(changed([](Json&) {}));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->status, 200);
  EXPECT_EQ(view().versions.size(), 1u);
}

// What a person said stays what they said, whichever key the hotline signs with today.
TEST_F(ConsentHistory, AVersionIsVerifiedWithTheKeyOfItsTime) {
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));
  houses.submit("ca", "mx", kWorker);
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(3600));
  houses.change_signing_key("ca");
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));
  const auto more = record(changed([](Json& consent) { grant_only(consent, "needs", "full"); }));
  ASSERT_TRUE(more);
  EXPECT_EQ(more->status, 201);
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(3600));
  houses.change_signing_key("ca");
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));  // again at the next start
  EXPECT_EQ(view().versions.size(), 2u);
  houses.submit("ca", "mx", kWorker);  // decided by both of them
}

// Whoever finds an old key cannot write history with it.
TEST_F(ConsentHistory, AKeyThatAnotherHasFollowedSignsNothingMore) {
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));
  houses.submit("ca", "mx", kWorker);
  const OwnKey former = *houses.at("ca").signing;
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(3600));
  houses.change_signing_key("ca");
  ASSERT_TRUE(remember_signing_key(houses.context("ca")));
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(3600));
  const auto seen = view();
  const Json consent = changed([](Json& each) { grant_only(each, "identity", "full"); });
  const auto& context = houses.context("ca");
  const auto forged = sign_consent(consent, MemberId("ca"), context.clock.now(),
                                   seen.versions.back().signed_word.digest, former);
  ASSERT_TRUE(forged);
  auto payload = context.store.protect(*forged);
  auto row = seen.history.back();
  row.version = -1;
  row.record = payload.id;
  ASSERT_TRUE(context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.keep(payload);
    transaction.put(row);
    return {};
  }));
  const auto refused = view_consent(context, kConsent);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::signer_mismatch);
}

TEST_F(ConsentHistory, AnotherContentIsOneMoreAndNoneIsOverwritten) {
  houses.submit("ca", "mx", kWorker);
  const std::string first = view().versions[0].token;
  const auto other = record(changed([](Json& consent) { grant_only(consent, "needs", "full"); }));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->status, 201);
  const auto seen = view();
  ASSERT_EQ(seen.versions.size(), 2u);
  EXPECT_EQ(seen.versions[0].token, first);
  EXPECT_EQ(seen.versions[1].signed_word.previous, seen.versions[0].signed_word.digest);
}

TEST_F(ConsentHistory, AWithdrawalIsARowOfItsOwnAndTheTextStays) {
  houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(withdraw_consent(houses.context("ca"), kConsent, {WithdrawalStep::at_once, "system"}));
  const auto seen = view();
  EXPECT_EQ(seen.history.back().state, "withdrawn");
  EXPECT_EQ(seen.versions.size(), 1u);
  const auto more = record(changed([](Json& consent) { grant_only(consent, "needs", "full"); }));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().expected, "consent_withdrawn");
}

// The record on the desk still says yes; the person has said no since.
TEST_F(ConsentHistory, ALaterRefusalStandsAgainstTheRecord) {
  houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(record(changed([](Json& consent) {
    set(consent, "state", "refused");
    set(consent, "given_at", "2026-11-21T11:59:00Z");
  })));
  const auto sent = houses.try_submit("ca", "mx", kWorker);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().error.code, ErrorCode::no_consent);
}

TEST_F(ConsentHistory, ARefusalRecordedBeforeTheDeliveryKeepsItHere) {
  auto sent = houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(record(changed([](Json& consent) {
    set(consent, "state", "refused");
    set(consent, "given_at", "2026-11-21T11:59:00Z");
  })));
  houses.deliver("ca", std::move(sent.jobs));
  EXPECT_TRUE(houses.wire.empty());
  EXPECT_EQ(houses.referral("ca", sent.first.get()).status, ReferralStatus::withdrawn_by_person);
}

TEST_F(ConsentHistory, ALaterNarrowerWordNarrowsTheRecord) {
  auto wide = houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(record(changed([](Json& consent) {
    grant_only(consent, "needs", "full");
    set(consent, "given_at", "2026-11-21T11:59:00Z");
  })));
  const auto narrow = houses.submit("ca", "mx", kWorker);
  const auto decision = parse_json(narrow.answer.body).value();
  for (const auto& each : decision["decision"]["persons"][0]["categories"].GetArray()) {
    const bool needs = text_at(each, "category") == "needs";
    EXPECT_EQ(text_at(each, "level"), needs ? "full" : "withheld") << text_at(each, "category");
  }
}

TEST_F(ConsentHistory, OfTheSameMomentTheStricterCounts) {
  houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(record(changed([](Json& consent) { grant_only(consent, "needs", "generalised"); })));
  const auto sent = houses.submit("ca", "mx", kWorker);
  const auto answer = parse_json(sent.answer.body).value();
  for (const auto& each : answer["decision"]["persons"][0]["categories"].GetArray())
    EXPECT_NE(text_at(each, "level"), "full") << text_at(each, "category");
}

// A consent recorded first and a record that is older: nothing old comes back.
TEST_F(ConsentHistory, AnEarlierWordOfTheGatewayChangesNothing) {
  const auto before = houses.submit("ca", "mx", kWorker);
  ASSERT_TRUE(record(changed([](Json& consent) {
    grant_only(consent, "needs", "generalised");
    set(consent, "given_at", "2026-11-01T00:00:00Z");
  })));
  const auto after = houses.submit("ca", "mx", kWorker);
  const auto decision_of = [](const Sent& sent) {
    auto answer = parse_json(sent.answer.body).value();
    return to_text(answer["decision"]["persons"]);
  };
  EXPECT_EQ(decision_of(before), decision_of(after));
}

TEST_F(ConsentHistory, AForgedSignatureIsAnErrorWhereverItIsRead) {
  houses.submit("ca", "mx", kWorker);
  auto& ca = houses.at("ca");
  const auto forged =
      sign_consent(changed([](Json& consent) { grant_only(consent, "health", "full"); }), MemberId("ca"),
                   ca.clock.at, view().versions[0].signed_word.digest, *houses.at("mx").signing)
          .value();
  const auto payload = ca.store->protect(forged);
  ASSERT_TRUE(ca.store->commit([&](Transaction& transaction) -> Result<void> {
    ConsentRow row = transaction.consent_history(kConsent).back();
    row.version = -1;
    row.record = payload.id;
    transaction.keep(payload);
    transaction.put(row);
    return {};
  }));
  const auto seen = view_consent(houses.context("ca"), kConsent);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, ErrorCode::signer_mismatch);
  EXPECT_EQ(seen.error().pointer, "/history/1");
  const auto sent = houses.try_submit("ca", "mx", kWorker);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().error.code, ErrorCode::signer_mismatch);
}

}  // namespace
}  // namespace hotline::test
