// The hard cases of consent that need more than one hotline, each by its name. Those that a decision alone
// answers stand in tests/unit/consent/hard_cases_test.cpp, a demand by law enforcement in scenario 8.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/exchange/events.h"
#include "gateway/exchange/grants.h"
#include "gateway/exchange/inbox.h"
#include "gateway/exchange/onward.h"
#include "gateway/exchange/purges.h"
#include "gateway/exchange/status.h"
#include "gateway/exchange/sweeper.h"
#include "gateway/exchange/withdraw.h"
#include "gateway/exchange/words.h"
#include "i18n/base/text_files.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

constexpr const char* kWorker = "ca/cases/seasonal-worker-goes-home-without-the-employer";
constexpr const char* kSentOn = "mx/cases/asked-once-and-who-says-so";
const ConsentId kConsent("C-4182-1");
constexpr std::int64_t kDay = 24 * 3600;

Json national(const std::string& name) {
  return read_json_file(std::string(HOTLINE_ROOT) + "/adapters/" + name + "/national.json").value();
}

void set_level(Json& word, std::string_view category, const char* level) {
  for (auto& each : word["categories"].GetArray()) {
    if (text_at(each, "category") == category) set_text(each, "level", level, word.GetAllocator());
  }
}

// A worker agreed at ca that mx may have his record.
class HardCase : public testing::Test {
 protected:
  // `onward`: to whom mx may pass it on, as he said it.
  std::vector<DeliveryJob> submit(const std::vector<std::string>& onward = {}) {
    auto record = national(kWorker);
    auto& agreed = record["consents"][0]["onward"];
    auto& allocator = record.GetAllocator();
    set_member(agreed, "allowed", JsonValue(!onward.empty()), allocator);
    JsonValue members(rapidjson::kArrayType);
    for (const auto& each : onward) members.PushBack(make_text(each, allocator), allocator);
    if (!onward.empty()) set_member(agreed, "services", std::move(members), allocator);
    auto sent = send(houses.context("ca"), Submission{record, "system", MemberId("mx"), {}, {}, {}});
    EXPECT_TRUE(sent);
    id = sent->first;
    return std::move(sent->jobs);
  }
  void send_it(const std::vector<std::string>& onward = {}) { houses.deliver("ca", submit(onward)); }
  void send_on_to_us() {
    const auto record = national(kSentOn);
    auto sent = send(houses.context("mx"), Submission{record, "system", MemberId("us"), {}, {}, {}, id});
    ASSERT_TRUE(sent) << sent.error().decision;
    behind = sent->first;
    houses.deliver("mx", std::move(sent->jobs));
    ASSERT_TRUE(is_kept("us", behind));
  }
  std::vector<DeliveryJob> withdraw(WithdrawalStep step) {
    auto done = withdraw_consent(houses.context("ca"), kConsent, {step, "system"});
    EXPECT_TRUE(done);
    return std::move(done->jobs);
  }
  int say(WithdrawalStep step) { return houses.deliver("ca", withdraw(step)); }
  bool is_kept(const std::string& house, const ReferralId& referral) {
    bool kept = false;
    (void)houses.at(house).store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& row : reader.inbox_of(referral))
        kept = kept || reader.payload(row.canonical).has_value();
      return {};
    });
    return kept;
  }
  bool is_shown() {
    const auto shown = read_inbox(houses.context("mx"), id, LanguageTag("es-MX"), "system");
    return shown && !shown->record.empty();
  }
  void pass(std::int64_t seconds) { houses.set_clocks(houses.at("ca").clock.at.plus_seconds(seconds)); }
  int round(const std::string& house) { return houses.deliver(house, *sweep(houses.context(house))); }
  std::int64_t events(const std::string& house, std::string_view kind) {
    const auto page = events_after(*houses.at(house).store, 0, true, 1000);
    const auto& rows = page.value().rows;
    return std::count_if(rows.begin(), rows.end(), [&](const EventRow& row) { return row.kind == kind; });
  }
  // He says something else under the same consent, a minute before now.
  void record_word(const std::function<void(Json&)>& change) {
    const auto seen = view_consent(houses.context("ca"), kConsent);
    ASSERT_TRUE(seen);
    Json word;
    word.CopyFrom(seen->versions.front().signed_word.consent, word.GetAllocator());
    set_text(word, "given_at", "2026-11-21T11:59:00Z", word.GetAllocator());
    change(word);
    const auto recorded = record_consent(houses.context("ca"), word, "system", {});
    ASSERT_TRUE(recorded) << recorded.error().pointer;
  }
  bool may_say_code_at(const std::string& house, const std::string& word = {}) {
    const auto set = set_words(houses.context("ca"), kConsent, {"Colibrí azul", "Tarde"}, "system");
    auto said = withdraw_by_code(
        houses.context(house), std::string(text_at(*parse_json(set->body), "receipt_code")), word, "system");
    if (!said) return false;
    houses.deliver(house, std::move(said->jobs));
    round("ca");
    return true;
  }
  bool is_held() { return !houses.referral("mx", id.get()).hold.empty(); }

  Houses houses;
  ReferralId id, behind;
};

// ---- between the decision and the delivery
// ------------------------------------------------------------------

TEST_F(HardCase, ExpiryBetweenDecisionAndDelivery) {
  auto sent = houses.submit("us", "ca", "crisis-within-24-hours");
  houses.set_clocks(houses.referral("us", sent.first.get()).until.plus_seconds(1));
  houses.deliver("us", std::move(sent.jobs));
  EXPECT_TRUE(houses.wire.empty());
  EXPECT_TRUE(houses.inbox("ca").empty());
  EXPECT_EQ(houses.referral("us", sent.first.get()).status, ReferralStatus::expired);
}

struct Narrowing {
  const char* name;
  void (*change)(Json&);
};
void PrintTo(const Narrowing& narrowing, std::ostream* out) {
  *out << narrowing.name;
}

void by_level(Json& word) {
  set_level(word, "contact", "generalised");
}
void by_end(Json& word) {
  set_text(word, "until", "2026-11-28T12:00:00Z", word.GetAllocator());
}
void by_recipient(Json& word) {
  set_text(word["recipient"], "member", "us", word.GetAllocator());
  set_text(word["recipient"], "country", "US", word.GetAllocator());
}
void by_purpose(Json& word) {
  word["purposes"][0] = make_text("legal", word.GetAllocator());
}
void by_onward(Json& word) {
  word["onward"].RemoveMember("recipients");
  set_member(word["onward"], "allowed", JsonValue(false), word.GetAllocator());
}

class ANarrowerWord : public HardCase, public testing::WithParamInterface<Narrowing> {};

TEST_P(ANarrowerWord, BetweenDecisionAndDelivery) {
  auto jobs = submit({"us"});
  record_word(GetParam().change);
  houses.deliver("ca", std::move(jobs));
  EXPECT_TRUE(houses.wire.empty());
  EXPECT_EQ(houses.referral("ca", id.get()).status, ReferralStatus::refused_by_policy);
  EXPECT_EQ(events("ca", "consent_narrowed"), 1) << "staff hear that it has to be sent again";
}

INSTANTIATE_TEST_SUITE_P(HardCase, ANarrowerWord,
                         testing::Values(Narrowing{"by_level", by_level}, Narrowing{"by_end", by_end},
                                         Narrowing{"by_recipient", by_recipient},
                                         Narrowing{"by_purpose", by_purpose},
                                         Narrowing{"by_onward", by_onward}),
                         [](const auto& info) { return std::string(info.param.name); });

// The mother and another guardian agreed for a child; the other one says no before it leaves.
TEST_F(HardCase, TwoGuardiansWhoDisagreeBetweenDecisionAndDelivery) {
  const ConsentId others("M-11902-8");
  auto record = national("mx/cases/mother-signed-for-the-children");
  auto& allocator = record.GetAllocator();
  auto& consents = record["consentimientos"];
  JsonValue second(consents[1], allocator);
  set_text(second, "numero", others.get(), allocator);
  set_text(second, "fecha_hora", "2026-11-20T14:00:00Z", allocator);
  second["otorga"].RemoveMember("clave_persona");
  consents.PushBack(second, allocator);
  auto sent = send(houses.context("mx"), Submission{record, "system", MemberId("ca"), {}, {}, {}});
  ASSERT_TRUE(sent) << sent.error().decision;

  const auto seen = view_consent(houses.context("mx"), others);
  ASSERT_TRUE(seen);
  Json word;
  word.CopyFrom(seen->versions.front().signed_word.consent, word.GetAllocator());
  set_text(word, "state", "refused", word.GetAllocator());
  set_text(word, "given_at", "2026-11-21T11:59:00Z", word.GetAllocator());
  ASSERT_TRUE(record_consent(houses.context("mx"), word, "system", {}));
  houses.deliver("mx", std::move(sent->jobs));
  EXPECT_TRUE(houses.wire.empty());
  EXPECT_EQ(events("mx", "consent_narrowed"), 1);
}

TEST_F(HardCase, AWordThatTakesNothingBackStopsNothing) {
  auto jobs = submit();
  record_word([](Json& word) { set_level(word, "employment", "full"); });
  houses.deliver("ca", std::move(jobs));
  EXPECT_TRUE(is_shown());
  EXPECT_EQ(events("ca", "consent_narrowed"), 0);
}

// ---- withdrawal
// ---------------------------------------------------------------------------------------------

TEST_F(HardCase, WithdrawalWhileAMessageIsInFlightOvertakesIt) {
  auto jobs = submit();
  // While the referral is on the wire, the withdrawal is made, delivered and answered.
  houses.on_post = [&] { say(WithdrawalStep::at_once); };
  houses.deliver("ca", std::move(jobs));
  EXPECT_TRUE(houses.inbox("mx").empty());
  EXPECT_FALSE(is_kept("mx", id));
  EXPECT_EQ(houses.referral("mx", id.get()).status, ReferralStatus::withdrawn_by_person);
}

TEST_F(HardCase, WithdrawalWhileThePeerIsDownForAWeek) {
  send_it();
  houses.cut = true;
  auto jobs = withdraw(WithdrawalStep::at_once);
  ASSERT_EQ(jobs.size(), 1u);
  for (int day = 0; day < 7; ++day) {
    EXPECT_EQ(houses.deliver("ca", jobs), 0);
    pass(kDay);
    EXPECT_TRUE(sweep(houses.context("ca"))->empty());  // still queued: nothing is said twice
  }
  auto open = *outstanding(houses.context("ca"));
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].recall.peer.get(), "mx");
  EXPECT_EQ(open[0].recall.escalated, 7);
  EXPECT_EQ(open[0].message->state, OutboxState::queued);
  EXPECT_EQ(events("ca", "withdrawal_unanswered"), 7);
  EXPECT_NE(houses.at("ca").metrics.text().find("hotline_withdrawals_escalated"), std::string::npos);

  houses.cut = false;
  EXPECT_EQ(houses.deliver("ca", std::move(jobs)), 2);
  EXPECT_FALSE(is_kept("mx", id));
  EXPECT_TRUE(outstanding(houses.context("ca"))->empty());
}

TEST_F(HardCase, WithdrawalAfterOnwardSharingFollowsItToTheEndAndEveryProofIsCounted) {
  send_it({"us"});
  send_on_to_us();
  say(WithdrawalStep::at_once);
  EXPECT_FALSE(is_kept("mx", id));
  EXPECT_FALSE(is_kept("us", behind));
  std::optional<RecallRow> proof;
  (void)houses.at("ca").store->read([&](const Reader& reader) -> Result<void> {
    proof = reader.recall(id);
    return {};
  });
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->downstream, 1);
  EXPECT_EQ(proof->proven, 1);
  EXPECT_TRUE(outstanding(houses.context("ca"))->empty());
}

TEST_F(HardCase, WithdrawalTwiceIsOnce) {
  send_it();
  say(WithdrawalStep::pending);
  EXPECT_TRUE(withdraw(WithdrawalStep::pending).empty());
  say(WithdrawalStep::at_once);
  EXPECT_TRUE(withdraw(WithdrawalStep::at_once).empty());
  EXPECT_TRUE(withdraw(WithdrawalStep::pending).empty());
  EXPECT_EQ(events("mx", "withdrawal_pending"), 1);
  EXPECT_EQ(events("mx", "withdrawn"), 1);
}

TEST_F(HardCase, WithdrawalBegunAtAnotherHotlineByVoiceWithoutPapers) {
  send_it();
  ASSERT_TRUE(may_say_code_at("us"));
  EXPECT_TRUE(is_held());
  EXPECT_FALSE(is_shown());
  EXPECT_TRUE(is_kept("mx", id)) << "a code alone stops and destroys nothing yet";
}

// ---- somebody who poses as the person
// ------------------------------------------------------------------------

TEST_F(HardCase, WithdrawalBySomebodyPosingAsThePersonStopsAtOnceAndDestroysNothing) {
  send_it();
  EXPECT_TRUE(is_shown());
  EXPECT_EQ(say(WithdrawalStep::pending), 1);
  EXPECT_FALSE(is_shown());
  EXPECT_TRUE(is_kept("mx", id));
  EXPECT_EQ(events("mx", "withdrawal_pending"), 1);
  const auto accepted =
      change_status(houses.context("mx"), id, {ReferralStatus::accepted, {}, {}, {}}, "system");
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().code, ErrorCode::state_conflict);
  EXPECT_FALSE(acknowledge(houses.context("mx"), id, "system", {}));
  const auto more =
      send(houses.context("ca"), Submission{national(kWorker), "system", MemberId("mx"), {}, {}, {}});
  EXPECT_FALSE(more) << "nothing new leaves meanwhile";
}

TEST_F(HardCase, WithdrawalBySomebodyPosingAsThePersonDestroysOnConfirmation) {
  send_it();
  say(WithdrawalStep::pending);
  EXPECT_EQ(say(WithdrawalStep::confirm), 2);
  EXPECT_FALSE(is_kept("mx", id));
  EXPECT_EQ(houses.referral("mx", id.get()).status, ReferralStatus::withdrawn_by_person);
  EXPECT_EQ(events("mx", "withdrawn"), 1);
  EXPECT_EQ(events("ca", "purge_proven"), 1);
  EXPECT_TRUE(outstanding(houses.context("ca"))->empty());
}

TEST_F(HardCase, WithdrawalBySomebodyPosingAsThePersonDestroysAfterADay) {
  send_it();
  say(WithdrawalStep::pending);
  pass(kDay - 1);
  round("ca");
  EXPECT_TRUE(is_kept("mx", id));
  pass(1);
  round("ca");
  EXPECT_FALSE(is_kept("mx", id));
}

TEST_F(HardCase, WithdrawalWithTheDuressWordDestroysNothingAndTellsANamedHuman) {
  send_it();
  ASSERT_TRUE(may_say_code_at("us", "tarde"));
  EXPECT_TRUE(is_held());
  EXPECT_TRUE(is_kept("mx", id));
  EXPECT_EQ(events("ca", "duress"), 1);
}

}  // namespace
}  // namespace hotline::test
