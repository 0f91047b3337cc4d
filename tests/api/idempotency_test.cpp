// A retry never makes a second referral.
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

std::string record() {
  return read_whole(repository() +
                    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
}

class Idempotency : public testing::Test {
 protected:
  Idempotency() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) {
    network_.start("ca");
  }
  Gateways::Call submission(const std::string& key, const std::string& body = record()) {
    return {"POST", "/v1/referrals", {{"to", "mx"}}, body, {{"Idempotency-Key", '"' + key + '"'}}};
  }
  std::size_t referrals() { return network_.json("ca", {"GET", "/v1/referrals"})["referrals"].Size(); }
  Gateways network_;
};

TEST_F(Idempotency, TheSameCallIsDoneOnceAndAnsweredAgain) {
  const Reply first = network_.call("ca", submission("a"));
  const Reply second = network_.call("ca", submission("a"));
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(second.status, 202);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(find_header(first.headers, "Idempotency-Replayed"), nullptr);
  EXPECT_NE(find_header(second.headers, "Idempotency-Replayed"), nullptr);
  EXPECT_EQ(referrals(), 1u);
}

TEST_F(Idempotency, TheSameRecordInAnotherOrderOfMembersIsTheSameCall) {
  const auto parsed = parse_json(record()).value();
  EXPECT_EQ(network_.call("ca", submission("a")).body,
            network_.call("ca", submission("a", to_canonical(parsed))).body);
  EXPECT_EQ(referrals(), 1u);
}

TEST_F(Idempotency, TheAnswerOutlivesTheProcess) {
  const Reply first = network_.call("ca", submission("a"));
  network_.stop("ca");
  network_.start("ca");
  EXPECT_EQ(network_.call("ca", submission("a")).body, first.body);
  EXPECT_EQ(referrals(), 1u);
}

TEST_F(Idempotency, TheSameKeyWithAnotherBodyOrReceiverIsRefused) {
  network_.call("ca", submission("a"));
  std::string other = record();
  other.replace(other.find("Celerino"), 8, "Celerina");
  EXPECT_EQ(network_.call("ca", submission("a", other)).status, 422);
  auto elsewhere = submission("a");
  elsewhere.query = {{"to", "mx"}, {"purpose", "services"}};
  EXPECT_EQ(network_.call("ca", elsewhere).status, 422);
  EXPECT_EQ(referrals(), 1u);
}

TEST_F(Idempotency, AfterItsTimeAKeyIsFree) {
  network_.call("ca", submission("a"));
  network_.set_clock(network_.now().plus_seconds(7 * 24 * 3600 + 60));
  EXPECT_EQ(network_.call("ca", submission("a")).status, 202);
  EXPECT_EQ(referrals(), 2u);
}

TEST_F(Idempotency, ManyAtOnceMakeOne) {
  std::vector<std::thread> callers;
  std::vector<int> statuses(8);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    callers.emplace_back([&, i] {
      const std::vector<std::string> words = {
          "send", "--config", network_.config("ca"), "--to", "mx", "--key", "b", "-"};
      statuses[i] = run_gateway_command(words, record()).status;
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_GE(std::count(statuses.begin(), statuses.end(), 0), 1);
  EXPECT_EQ(referrals(), 1u);
}

}  // namespace
}  // namespace hotline::test
