// The person's own account of what was done with their word: what went to whom, until when, taken, stopped,
// erased.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

const std::string kPath = "/v1/consents/C-4182-1/account";

class Account : public testing::Test {
 protected:
  Account() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) {
    network_.start("ca");
    network_.start("mx");
  }
  std::string send() {
    const auto sent = network_.json(
        "ca", {"POST",
               "/v1/referrals",
               {{"to", "mx"}},
               read_whole(repository() +
                          "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json"),
               {{"Idempotency-Key", "\"account\""}, {"Prefer", "wait=30"}}});
    return std::string(text_at(sent["referrals"][0], "id"));
  }
  Json account() { return network_.json("ca", {"GET", kPath}); }
  std::string text(const std::string& language) {
    return network_.call("ca", {"GET", kPath, {{"lang", language}}, {}, {{"Accept", "text/plain"}}}).body;
  }
  Gateways network_;
};

TEST_F(Account, TellsWhatWentToWhomAndUntilWhen) {
  const auto referral = send();
  const auto said = account();
  ASSERT_EQ(said["disclosures"].Size(), 1u);
  const auto& one = said["disclosures"][0];
  EXPECT_EQ(text_at(one, "referral"), referral);
  EXPECT_EQ(text_at(one, "to"), "mx");
  EXPECT_EQ(text_at(one, "country"), "MX");
  EXPECT_EQ(text_at(one, "until"), "2026-12-18T15:00:00Z");
  EXPECT_EQ(one["taken"].Size(), 0u);
  std::set<std::string> shared;
  for (const auto& each : one["shares"].GetArray()) shared.emplace(text_at(each, "category"));
  EXPECT_TRUE(shared.contains("needs"));
  EXPECT_FALSE(shared.contains("employment")) << "it was withheld";
}

TEST_F(Account, IsInTheirLanguageUnlessAnotherIsAskedFor) {
  send();
  EXPECT_EQ(text_at(account(), "language"), "es");
  std::set<std::string> said{text("en"), text("fr"), text("es")};
  EXPECT_EQ(said.size(), 3u);
  EXPECT_EQ(text_at(account(), "text"), text("es"));
}

TEST_F(Account, TellsWhoHasTakenItAndThatItIsErased) {
  const auto referral = send();
  network_.json("mx", {"POST", "/v1/inbox/" + referral + "/ack", {}, "{}"});
  ASSERT_TRUE(eventually([&] { return account()["disclosures"][0]["taken"].Size() == 1; }));
  network_.json("ca", {"POST", "/v1/consents/C-4182-1/withdraw", {}, "{}"}, 202);
  ASSERT_TRUE(eventually([&] {
    const auto open = network_.json("ca", {"GET", "/v1/withdrawals"});
    return open["outstanding"].Size() == 1 && member(open["outstanding"][0], "proof") != nullptr;
  }));
  EXPECT_NE(member(account()["disclosures"][0], "stopped"), nullptr);
  // Its key is gone; but their own system had taken a copy and has said nothing of that yet.
  EXPECT_EQ(member(account()["disclosures"][0], "erased"), nullptr);
  EXPECT_NE(text("en").find("They have not told us yet that it is deleted."), std::string::npos)
      << text("en");
  network_.json("mx", {"POST", "/v1/purges/" + referral, {}, R"({"state":"erased"})"});
  EXPECT_TRUE(eventually([&] { return member(account()["disclosures"][0], "erased") != nullptr; }));
}

// To read it is no message; so nobody here can say that it was not read.
TEST_F(Account, DoesNotSayThatNobodyReadWhatWasRead) {
  const auto referral = send();
  network_.json("mx", {"GET", "/v1/inbox/" + referral});
  EXPECT_NE(text("en").find("They have not told us whether they read it."), std::string::npos) << text("en");
  network_.json("ca", {"POST", "/v1/consents/C-4182-1/withdraw", {}, "{}"}, 202);
  EXPECT_TRUE(eventually([&] {
    const auto open = network_.json("ca", {"GET", "/v1/withdrawals"});
    return open["outstanding"].Size() == 1 && member(open["outstanding"][0], "proof") != nullptr;
  }));
  EXPECT_EQ(member(account()["disclosures"][0], "erased"), nullptr);
}

TEST_F(Account, OfAConsentUnderWhichNothingWentSaysSo) {
  EXPECT_EQ(network_.call("ca", {"GET", kPath}).status, 404);
  send();
  EXPECT_EQ(network_.call("ca", {"GET", kPath, {}, {}, {}, "auditor"}).status, 403);
}

}  // namespace
}  // namespace hotline::test
