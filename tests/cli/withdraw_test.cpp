// withdraw: each of its steps from outside, with a real gateway that has a record of the person on its way.
#include <gtest/gtest.h>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kConsent = "C-4182-1";
const std::string kCase =
    repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";

// A gateway of its own for each test: what is taken back stays so.
class WithdrawCommand : public testing::Test {
 protected:
  WithdrawCommand() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) {
    network_.start("ca");
    const auto sent = network_.json(
        "ca", {"POST", "/v1/referrals", {{"to", "mx"}}, read_whole(kCase), {{"Idempotency-Key", "\"sent\""}}},
        202);
    referral_ = std::string(text_at(sent["referrals"][0], "id"));
  }
  Outcome withdraw(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {"withdraw", "--config", network_.config("ca")});
    return run_gateway_command(words, input);
  }
  // mx does not run, so what was begun stays listed, with how far it has come.
  std::string stage() {
    const auto open = network_.json("ca", {"GET", "/v1/withdrawals"});
    return open["outstanding"].Empty() ? "" : std::string(text_at(open["outstanding"][0], "stage"));
  }
  std::string receipt_code() {
    const auto made = network_.json("ca",
                                    {"POST",
                                     std::string("/v1/consents/") + kConsent + "/words",
                                     {},
                                     R"({"code_word":"colibrí azul","duress_word":"tarde"})",
                                     {{"Idempotency-Key", "\"words\""}}},
                                    201);
    return std::string(text_at(made, "receipt_code"));
  }
  Gateways network_;
  std::string referral_;
};

TEST_F(WithdrawCommand, TakesItBackAtOnce) {
  const auto done = withdraw({kConsent});
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(stage(), "confirmed");
}

TEST_F(WithdrawCommand, PendingStopsAndOpenListsItAndConfirmEndsIt) {
  const auto pending = withdraw({"--pending", kConsent});
  EXPECT_EQ(pending.status, 0) << pending.err;
  EXPECT_EQ(stage(), "pending");
  const auto open = withdraw({"--open"});
  EXPECT_EQ(open.status, 0) << open.err;
  EXPECT_NE(open.out.find(referral_), std::string::npos) << open.out;
  const auto confirmed = withdraw({"--confirm", kConsent});
  EXPECT_EQ(confirmed.status, 0) << confirmed.err;
  EXPECT_EQ(stage(), "confirmed");
}

TEST_F(WithdrawCommand, LiftMakesEverythingAsBefore) {
  ASSERT_EQ(withdraw({"--pending", kConsent}).status, 0);
  const auto lifted = withdraw({"--lift", kConsent});
  EXPECT_EQ(lifted.status, 0) << lifted.err;
  EXPECT_TRUE(stage().empty() || stage() == "lifted") << stage();
}

TEST_F(WithdrawCommand, WhatIsNotPendingCanNeitherBeConfirmedNorLifted) {
  for (const char* step : {"--confirm", "--lift"}) {
    const auto refused = withdraw({step, kConsent});
    EXPECT_NE(refused.status, 0) << step;
    EXPECT_NE(refused.err.find("state_conflict"), std::string::npos) << refused.err;
  }
}

TEST_F(WithdrawCommand, CodeIsReadFromStandardInputAndTheWordAfterIt) {
  const auto code = receipt_code();
  const auto done = withdraw({"--code"}, code + "\ncolibri azul\n");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_EQ((done.out + done.err).find("colibr"), std::string::npos) << "what was said is not said again";
  EXPECT_TRUE(eventually([&] { return stage() == "confirmed"; })) << stage();
}

TEST_F(WithdrawCommand, ACodeThatCannotBeOneIsSaid) {
  const auto refused = withdraw({"--code"}, "ca 1234\n");
  EXPECT_NE(refused.status, 0);
  EXPECT_NE(refused.err.find("/code"), std::string::npos) << refused.err;
}

TEST_F(WithdrawCommand, OneStepAtATime) {
  EXPECT_EQ(withdraw({"--pending", "--lift", kConsent}).status, 2);
  EXPECT_EQ(withdraw({"--code", "--open"}).status, 2);
}

TEST_F(WithdrawCommand, AnUnknownConsentIsNotSaidToBeWithdrawn) {
  const auto refused = withdraw({"C-0000-0"});
  EXPECT_NE(refused.status, 0);
  EXPECT_NE(refused.err.find("not_found"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace hotline::test
