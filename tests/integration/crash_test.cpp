// For every place at which a crash could lose or double something: a real gateway is killed there, started
// again, and everything that was acknowledged has arrived, once.
#include <gtest/gtest.h>
#include <signal.h>

#include "gateway/exchange/crash_points.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kConsent = "C-4182-1";

// Which of the two comes to the point in the story below: ca sends and withdraws, mx receives, accepts and
// takes.
std::string who_crashes(std::string_view point) {
  const bool receiver =
      point.starts_with("receive.") || point.starts_with("status.") || point.starts_with("ack.");
  return receiver ? "mx" : "ca";
}

std::string name_of(std::string_view point) {
  std::string name(point);
  for (char& c : name) c = c == '.' ? '_' : c;
  return name;
}

class CrashTest : public testing::TestWithParam<std::string_view> {
 protected:
  CrashTest() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) {
    for (const char* node : {"ca", "mx"}) {
      const bool crashes = who_crashes(GetParam()) == node;
      network_.start(node, HOTLINE_CRASHABLE,
                     crashes ? Environment{{"HOTLINE_CRASH_AT", std::string(GetParam())}} : Environment{});
    }
  }

  // Starts again whoever has been killed.
  void revive() {
    for (const char* node : {"ca", "mx"}) {
      if (network_.process(node).running()) continue;
      EXPECT_EQ(network_.process(node).wait(), 128 + SIGKILL)
          << node << ": " << read_whole(network_.log(node) + ".err");
      ++crashes_;
      network_.start(node);
    }
  }

  // As a hotline's own system does it: when no answer comes, the same call again.
  Json insist(const std::string& node, const Gateways::Call& call, std::initializer_list<int> good) {
    for (int tries = 0; tries < 5; ++tries) {
      try {
        const Reply reply = network_.call(node, call);
        if (std::find(good.begin(), good.end(), reply.status) != good.end())
          return parse_json(reply.body).value();
        ADD_FAILURE() << call.path << ' ' << reply.status << ' ' << reply.body;
      } catch (const std::runtime_error&) {
        eventually([&] { return !network_.process(node).running(); });
        revive();
      }
    }
    throw std::runtime_error("no answer from " + node);
  }

  Json story(const std::string& node, const std::string& id) {
    return insist(node, {"GET", "/v1/referrals/" + id}, {200});
  }
  bool comes_to(const std::string& node, const std::string& id, std::string_view state) {
    return eventually([&] {
      revive();
      return text_at(story(node, id), "state") == state;
    });
  }
  bool is_proved(const std::string& id) {
    return eventually([&] {
      revive();
      const auto referral = story("ca", id);
      for (const auto& step : referral["timeline"].GetArray()) {
        const auto reason = text_at(step, "reason");
        if (reason == "key_destroyed" || reason == "nothing_held") return true;
      }
      return false;
    });
  }

  Gateways network_;
  int crashes_ = 0;
};

TEST_P(CrashTest, EverythingAcknowledgedArrivesOnce) {
  const std::string record = read_whole(
      repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
  const auto sent = insist("ca",
                           {"POST",
                            "/v1/referrals",
                            {{"to", "mx"}, {"stage", "pseudonymous"}},
                            record,
                            {{"Idempotency-Key", "\"one\""}}},
                           {202});
  const std::string id(text_at(sent["referrals"][0], "id"));
  ASSERT_TRUE(comes_to("ca", id, "delivered"));
  EXPECT_EQ(insist("mx", {"GET", "/v1/inbox"}, {200})["items"].Size(), 1u);

  const auto shown = insist("mx", {"GET", "/v1/inbox/" + id}, {200});
  EXPECT_TRUE(flag_at(shown, "held"));
  insist("mx", {"POST", "/v1/inbox/" + id + "/ack"}, {200});
  insist("mx",
         {"POST",
          "/v1/referrals/" + id + "/status",
          {},
          R"({"status":"accepted","warm_handover":{"state":"agreed"}})"},
         {200});
  ASSERT_TRUE(comes_to("ca", id, "accepted"));

  insist("ca", {"POST", "/v1/referrals/" + id + "/stages", {}, record, {{"Idempotency-Key", "\"two\""}}},
         {202});
  ASSERT_TRUE(eventually([&] {
    revive();
    return text_at(story("mx", id), "stage") == "complete";
  }));
  EXPECT_EQ(insist("mx", {"GET", "/v1/inbox"}, {200})["items"].Size(), 1u);

  insist("ca", {"POST", "/v1/consents/" + std::string(kConsent) + "/withdraw"}, {202});
  ASSERT_TRUE(comes_to("mx", id, "withdrawn_by_person"));
  ASSERT_TRUE(is_proved(id));

  for (const char* node : {"ca", "mx"}) {
    EXPECT_EQ(insist(node, {"GET", "/v1/referrals"}, {200})["referrals"].Size(), 1u) << node;
  }
  EXPECT_EQ(crashes_, 1) << "the story never came to this point";
  for (const char* node : {"ca", "mx"}) {
    EXPECT_EQ(network_.stop(node), 0);
    const auto checked = run_gateway_command({"audit", "verify", "--config", network_.config(node)});
    EXPECT_EQ(checked.status, 0) << node << ": " << checked.out << checked.err;
  }
}

std::vector<std::string_view> all_points() {
  std::vector<std::string_view> names;
  for (const auto& each : kCrashPoints) names.push_back(each.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(At, CrashTest, testing::ValuesIn(all_points()),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace hotline::test
