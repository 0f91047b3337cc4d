// Withdrawing by voice and without papers: a receipt code said at any hotline, a code word, a duress word.
#include "gateway/exchange/words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/events.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/receipt_code.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/seal/receipt.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "seasonal-worker-goes-home-without-the-employer";
const ConsentId kConsent("C-4182-1");

// ca took the consent and sent to mx; the person now stands before us.
class Words : public testing::Test {
 protected:
  Words() {
    auto sent = houses.submit("ca", "mx", kWorker);
    id = sent.first;
    houses.deliver("ca", std::move(sent.jobs));
    const auto set = set_words(houses.context("ca"), kConsent, {"Colibrí azul", "Tarde"}, "system");
    EXPECT_TRUE(set);
    code = std::string(text_at(*parse_json(set->body), "receipt_code"));
  }
  Result<Recalled> say(const std::string& at, const std::string& said, const std::string& word = {}) {
    return withdraw_by_code(houses.context(at), said, word, "system");
  }
  // As it goes over the wire and through the rounds of everybody.
  void carry(const std::string& at, Result<Recalled> said) {
    ASSERT_TRUE(said);
    houses.deliver(at, std::move(said->jobs));
    auto jobs = sweep(houses.context("ca"));
    ASSERT_TRUE(jobs);
    houses.deliver("ca", std::move(*jobs));
  }
  Result<Recalled> by_word(const std::string& word, WithdrawalStep step = WithdrawalStep::at_once) {
    return withdraw_by_word(houses.context("ca"), kConsent, word, {step, "system"});
  }
  std::int64_t events(const std::string& house, std::string_view kind, bool all) {
    const auto page = events_after(*houses.at(house).store, 0, all, 1000);
    const auto& rows = page.value().rows;
    return std::count_if(rows.begin(), rows.end(), [&](const EventRow& row) { return row.kind == kind; });
  }
  bool is_held() { return !houses.referral("mx", id.get()).hold.empty(); }
  bool is_gone() { return houses.referral("mx", id.get()).status == ReferralStatus::withdrawn_by_person; }

  Houses houses;
  ReferralId id;
  std::string code;
};

TEST_F(Words, WithTheCodeWordItIsDestroyedAtOnce) {
  carry("us", say("us", code, "colibri  AZUL"));  // as somebody else writes down what was said
  EXPECT_TRUE(is_gone());
}

TEST_F(Words, AtTheHotlineThatTookTheConsentItIsTheSame) {
  carry("ca", say("ca", code, "colibrí azul"));
  EXPECT_TRUE(is_gone());
}

TEST_F(Words, NobodyHearsWhetherTheCodeIsKnown) {
  const auto unknown = spoken(new_receipt_code(MemberId("ca")));
  auto yes = say("us", code, "colibrí azul"), no = say("us", unknown, "colibrí azul"),
       bare = say("us", unknown);
  ASSERT_TRUE(yes && no && bare);
  EXPECT_EQ(yes->answer.body, no->answer.body);
  EXPECT_EQ(yes->answer.status, no->answer.status);
  // Nor does the wire: the same length with and without a word, known or not.
  EXPECT_EQ(yes->jobs[0].sealed.size(), no->jobs[0].sealed.size());
  EXPECT_EQ(yes->jobs[0].sealed.size(), bare->jobs[0].sealed.size());
  const auto first = receive(houses.context("ca"), yes->jobs[0].sealed, MemberId("us"));
  const auto second = receive(houses.context("ca"), no->jobs[0].sealed, MemberId("us"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->receipt.size(), second->receipt.size());
  EXPECT_TRUE(first->jobs.empty() && second->jobs.empty());
  // What is asked is looked at later, by the hotline's own round, so the answer takes as long either way.
  EXPECT_FALSE(is_held());
}

TEST_F(Words, AnUnknownCodeDoesNothing) {
  carry("us", say("us", spoken(new_receipt_code(MemberId("ca"))), "colibrí azul"));
  EXPECT_FALSE(is_held());
  EXPECT_FALSE(is_gone());
  EXPECT_EQ(events("ca", "withdrawn", true), 0);
}

TEST_F(Words, WhatTheOtherHotlineSendsHoldsNoWordOfThePerson) {
  auto said = say("us", code, "colibrí azul");
  ASSERT_TRUE(said);
  std::vector<std::string> kept;
  (void)houses.at("us").store->read([&](const Reader& reader) -> Result<void> {
    for (const auto& entry : reader.log_entries(0, 100))
      kept.push_back(entry.entry + entry.detail.value_or(""));
    EXPECT_TRUE(reader.referrals(std::nullopt, 10).empty());  // nor is it listed as a referral
    return {};
  });
  ASSERT_FALSE(kept.empty());
  std::string digits = code.substr(3);
  std::erase(digits, ' ');
  for (const auto& text : kept) {
    EXPECT_EQ(text.find("colibr"), std::string::npos);
    EXPECT_EQ(text.find(digits), std::string::npos);
  }
}

TEST_F(Words, AMisheardDigitIsSaidAtOnce) {
  std::string wrong = code;
  wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
  for (const auto& said : {wrong, std::string("ca 1"), std::string(), std::string("zz 4821 7730 0459")}) {
    const auto refused = say("us", said);
    ASSERT_FALSE(refused) << said;
    EXPECT_EQ(refused.error().code, ErrorCode::value_not_allowed);
    EXPECT_EQ(refused.error().pointer, "/code");
  }
}

TEST_F(Words, GuessingIsStoppedHereAndANamedHumanIsTold) {
  const CodeLimits limits = houses.context("ca").own_policy().codes;
  for (int i = 0; i < limits.per_client_and_hour; ++i)
    ASSERT_TRUE(say("us", spoken(new_receipt_code(MemberId("ca")))));
  const auto refused = say("us", code);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::too_many_requests);
  EXPECT_EQ(events("us", "guessing", true), 1);
  houses.set_clocks(houses.at("us").clock.at.plus_seconds(3600));
  EXPECT_TRUE(say("us", code));
}

TEST_F(Words, GuessingFromAnotherHotlineIsStoppedByTheOneThatIsAsked) {
  const CodeLimits limits = houses.context("ca").own_policy().codes;
  (void)houses.at("ca").store->commit([&](Transaction& transaction) -> Result<void> {
    for (int i = 0; i < limits.per_member_and_hour; ++i) {
      EXPECT_TRUE(may_try(transaction, "us", limits.per_member_and_hour, houses.at("ca").clock.at));
    }
    return {};
  });
  carry("us", say("us", code, "colibrí azul"));
  EXPECT_FALSE(is_gone());
  EXPECT_EQ(events("ca", "guessing", true), 1);
}

TEST_F(Words, TheCodeWordWithdrawsAtOnceAndConfirms) {
  auto done = by_word("Colibri azul");
  ASSERT_TRUE(done);
  houses.deliver("ca", std::move(done->jobs));
  EXPECT_TRUE(is_gone());
}

TEST_F(Words, TheDuressWordIsAnsweredLikeTheCodeWord) {
  auto forced = by_word("TARDE");
  ASSERT_TRUE(forced);
  const auto told = forced->answer.body;
  houses.deliver("ca", std::move(forced->jobs));
  EXPECT_TRUE(is_held());
  EXPECT_FALSE(is_gone());
  EXPECT_EQ(events("ca", "duress", true), 1);
  auto real = by_word("colibrí azul");
  ASSERT_TRUE(real);
  EXPECT_EQ(told, real->answer.body);
}

// Everything that a client without the named human's scope can ask for after a word, without ids and times.
std::string shown_after(const std::string& word, const std::vector<WithdrawalStep>& steps) {
  Houses houses;
  auto sent = houses.submit("ca", "mx", kWorker);
  const auto id = sent.first;
  houses.deliver("ca", std::move(sent.jobs));
  const auto& ca = houses.context("ca");
  EXPECT_TRUE(set_words(ca, kConsent, {"Colibrí azul", "Tarde"}, "system"));
  std::string shown;
  for (const auto step : steps) {
    WithdrawalWish wish{step, "system", WriteKey{"system", "hash", "print"}};
    auto done = step == WithdrawalStep::lift ? withdraw_consent(ca, kConsent, wish)
                                             : withdraw_by_word(ca, kConsent, word, wish);
    shown += done ? done->answer.body
                  : std::to_string(static_cast<int>(done.error().code)) + done.error().expected;
    shown += '\n';
  }
  const auto page = events_after(*houses.at("ca").store, 0, false, 100);
  for (const auto& row : page->rows) shown += std::to_string(row.cursor) + ' ' + row.kind + '\n';
  EXPECT_TRUE(houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.consent_history(kConsent)) shown += row.state + ' ' + row.client + '\n';
    for (const auto& row : reader.timeline(id))
      shown += std::string(to_string(row.status)) + ' ' + std::string(to_string(row.reason)) + '\n';
    const auto kept = reader.idempotency("system", "hash");
    shown += kept ? *reader.payload(kept->response) : "nothing kept";
    const auto row = reader.referral(id);
    shown += std::string(to_string(shown_status(*row))) + ' ' + std::to_string(row->version);
    return {};
  }));
  for (std::size_t at = 0; (at = shown.find(id.get())) != std::string::npos;)
    shown.replace(at, id.get().size(), "ID");
  return shown;
}

TEST(DuressWord, NothingThatIsShownTellsItFromTheCodeWord) {
  using S = WithdrawalStep;
  for (const auto& steps : {std::vector<S>{S::at_once},
                            {S::pending},
                            {S::confirm},
                            {S::pending, S::confirm},
                            {S::at_once, S::at_once},
                            {S::at_once, S::pending},
                            {S::at_once, S::confirm},
                            {S::at_once, S::lift},
                            {S::pending, S::lift}}) {
    EXPECT_EQ(shown_after("colibrí azul", steps), shown_after("tarde", steps)) << steps.size();
  }
}

TEST_F(Words, TheDuressWordIsToldAlsoWhereTheStepIsRefused) {
  const auto refused = by_word("tarde", WithdrawalStep::confirm);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::state_conflict);
  EXPECT_EQ(events("ca", "duress", true), 1);
}

TEST_F(Words, WhatWasSaidUnderDuressIsLiftedByANamedHumanOnlyAndEndsAfterADay) {
  auto forced = by_word("tarde");
  ASSERT_TRUE(forced);
  houses.deliver("ca", std::move(forced->jobs));
  WithdrawalWish lift{WithdrawalStep::lift, "system"};
  EXPECT_FALSE(withdraw_consent(houses.context("ca"), kConsent, lift));
  EXPECT_TRUE(withdraw_consent(houses.context("ca"), kConsent, {WithdrawalStep::confirm, "system"}));
  EXPECT_TRUE(is_held());
  lift.may_decide = true;
  auto lifted = withdraw_consent(houses.context("ca"), kConsent, lift);
  ASSERT_TRUE(lifted);
  houses.deliver("ca", std::move(lifted->jobs));
  EXPECT_FALSE(is_held());
  EXPECT_FALSE(is_gone());
  auto again = by_word("tarde");
  ASSERT_TRUE(again);
  houses.deliver("ca", std::move(again->jobs));
  houses.set_clocks(houses.at("ca").clock.at.plus_seconds(kConfirmWithinSeconds));
  auto jobs = sweep(houses.context("ca"));
  ASSERT_TRUE(jobs);
  houses.deliver("ca", std::move(*jobs));
  EXPECT_TRUE(is_gone());
}

TEST_F(Words, AnotherWordIsRefused) {
  const auto refused = by_word("martes");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().pointer, "/word");
  EXPECT_FALSE(by_word(""));
  EXPECT_FALSE(is_held());
}

TEST_F(Words, TwoWordsThatSoundAlikeAreNotTaken) {
  EXPECT_FALSE(set_words(houses.context("ca"), kConsent, {"Tarde", " tarde "}, "system"));
  EXPECT_FALSE(set_words(houses.context("ca"), kConsent, {"   ", ""}, "system"));
  EXPECT_FALSE(set_words(houses.context("ca"), ConsentId("C-0000-0"), {}, "system"));
}

TEST_F(Words, WithoutWordsThereIsStillACodeAndNoWordFits) {
  const auto set = set_words(houses.context("ca"), kConsent, {}, "system");
  ASSERT_TRUE(set);
  carry("us", say("us", std::string(text_at(*parse_json(set->body), "receipt_code")), "tarde"));
  EXPECT_TRUE(is_held());
  EXPECT_EQ(events("ca", "duress", true), 0);
  EXPECT_FALSE(by_word("colibrí azul"));
}

TEST(ReceiptCodes, AreReadAsPeopleSayThem) {
  const auto code = new_receipt_code(MemberId("mx"));
  const auto text = spoken(code);
  for (auto said :
       {text, "MX-" + code.digits, "mx." + code.digits.substr(0, 6) + "  " + code.digits.substr(6)}) {
    const auto read = parse_receipt_code(said);
    ASSERT_TRUE(read) << said;
    EXPECT_EQ(read->home.get(), "mx");
    EXPECT_EQ(read->digits, code.digits);
  }
}

TEST(ReceiptCodes, TwoSwappedDigitsAreFound) {
  EXPECT_TRUE(parse_receipt_code("mx 4539 1488 0340"));
  EXPECT_FALSE(parse_receipt_code("mx 4539 1488 0304"));
  EXPECT_FALSE(parse_receipt_code("mx 5439 1488 0340"));
}

}  // namespace
}  // namespace hotline::test
