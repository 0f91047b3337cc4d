// What a person told opens at the receiver by need: shut at first, opened for a reason, written down each
// time.
#include <gtest/gtest.h>

#include "gateway/exchange/account_of.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/withdraw.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kTold = "case-handoff-to-puebla";
const LanguageTag kSpanish("es-MX");

class Told : public testing::Test {
 protected:
  Told() {
    auto sent = houses.submit("us", "mx", kTold);
    id = sent.first;
    houses.deliver("us", std::move(sent.jobs));
  }
  Result<OpenedRecord> open(std::string_view reason = "needed_for_safety") {
    auto opened = open_narratives(houses.context("mx"), id, reason, kSpanish, "ana");
    if (opened) houses.deliver("mx", std::move(opened->jobs));
    return opened;
  }
  InboxRecord read() { return read_inbox(houses.context("mx"), id, kSpanish, "ana").value(); }
  // Of every entry about a reading: "" or the reason for which the narratives were opened.
  std::vector<std::string> readings() {
    std::vector<std::string> reasons;
    (void)houses.at("mx").store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& entry : reader.log_entries_of(id)) {
        if (LogEntry::parse(entry.entry)->kind != LogKind::read) continue;
        const auto detail = parse_json(*entry.detail).value();
        EXPECT_EQ(text_at(detail, "actor"), "ana");
        reasons.emplace_back(text_at(detail, "code.reason"));
      }
      return {};
    });
    return reasons;
  }
  std::vector<Instant> told_to_the_person() {
    const auto consent = houses.referral("us", id.get()).consents.front();
    return account_of(houses.context("us"), consent)->lines.front().entry.story_opened_at;
  }
  Houses houses;
  ReferralId id;
};

TEST_F(Told, IsShutAtFirstAndSaidToBeThere) {
  const auto shown = read();
  EXPECT_EQ(shown.narratives.count, 1u);
  EXPECT_EQ(shown.narratives.languages, std::vector<std::string>{"es-MX"});
  EXPECT_FALSE(shown.narratives.open);
  const auto canonical = parse_json(shown.canonical).value();
  EXPECT_EQ(member(canonical, "narratives"), nullptr);
}

TEST_F(Told, NoWordOfItIsInWhatIsShownShut) {
  const auto opened = open();
  ASSERT_TRUE(opened);
  const auto canonical = parse_json(opened->record.canonical).value();
  const std::string text(text_at(canonical["narratives"][0], "text"));
  ASSERT_GT(text.size(), 20u);
  const std::string words = to_text(make_text(text.substr(0, 20), Json().GetAllocator()));
  const std::string piece = words.substr(1, words.size() - 2);
  ASSERT_NE(opened->record.record.find(piece), std::string::npos) << "our own record holds it";
  const auto shut = read();
  EXPECT_EQ(shut.record.find(piece), std::string::npos);
  EXPECT_EQ(shut.canonical.find(piece), std::string::npos);
}

TEST_F(Told, EachOpeningIsWrittenDownWithWhoAndWhy) {
  (void)read();
  ASSERT_TRUE(open());
  ASSERT_TRUE(open("asked_by_the_person"));
  EXPECT_EQ(readings(), (std::vector<std::string>{"", "needed_for_safety", "asked_by_the_person"}));
}

TEST_F(Told, WithoutAReasonOfTheListItStaysShut) {
  for (const char* reason : {"", "curious", "NEEDED_FOR_SAFETY"}) {
    const auto refused = open(reason);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::value_not_allowed);
    EXPECT_EQ(refused.error().pointer, "/reason");
  }
  EXPECT_TRUE(readings().empty());
}

TEST_F(Told, ThePersonsAccountSaysWhenAndReadingAloneSaysNothing) {
  (void)read();
  EXPECT_TRUE(told_to_the_person().empty());
  ASSERT_TRUE(open());
  EXPECT_EQ(told_to_the_person(), std::vector<Instant>{houses.context("us").clock.now()});
  EXPECT_EQ(houses.referral("us", id.get()).status, ReferralStatus::delivered) << "nothing else has changed";
}

TEST_F(Told, AnOpeningThatIsToldLateIsToldAllTheSame) {
  auto opened = open_narratives(houses.context("mx"), id, "needed_for_safety", kSpanish, "ana");
  ASSERT_TRUE(opened);
  auto taken = acknowledge(houses.context("mx"), id, "ana", {});
  ASSERT_TRUE(taken);
  houses.deliver("mx", std::move(taken->jobs));
  houses.deliver("mx", std::move(opened->jobs));
  EXPECT_EQ(told_to_the_person().size(), 1u);
  EXPECT_EQ(houses.referral("us", id.get()).status, ReferralStatus::acknowledged);
}

TEST_F(Told, WhatWasTakenOrTakenBackCannotBeOpened) {
  ASSERT_TRUE(acknowledge(houses.context("mx"), id, "ana", {}));
  const auto taken = open();
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::state_conflict);
  const auto unknown =
      open_narratives(houses.context("mx"), ReferralId("00000000-0000-4000-8000-000000000000"),
                      "needed_for_safety", kSpanish, "ana");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
}

TEST_F(Told, WhatIsHeldBackCannotBeOpened) {
  const auto consent = houses.referral("us", id.get()).consents.front();
  auto held = withdraw_consent(houses.context("us"), consent, {WithdrawalStep::pending, "system"});
  ASSERT_TRUE(held);
  houses.deliver("us", std::move(held->jobs));
  const auto refused = open();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::state_conflict);
}

// Of a referral that was never theirs a member hears and changes nothing.
TEST_F(Told, AnotherMemberCannotSayThatItWasOpened) {
  auto opened = open_narratives(houses.context("mx"), id, "needed_for_safety", kSpanish, "ana");
  ASSERT_TRUE(opened);
  EXPECT_FALSE(receive(houses.context("us"), opened->jobs.front().sealed, MemberId("ca")));
  EXPECT_TRUE(told_to_the_person().empty());
}

}  // namespace
}  // namespace hotline::test
