// Crises and plans to contact somebody, over HTTP.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

class CareApi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network = std::make_unique<Gateways>(parse_instant("2026-11-21T12:00:00Z").value(),
                                         std::vector<std::string>{"us", "ca", "mx"});
    for (const char* node : {"us", "ca", "mx"}) network->start(node);
    crisis = sent("us", "ca", "crisis-within-24-hours");
    worker = sent("ca", "mx", "seasonal-worker-goes-home-without-the-employer");
  }
  static void TearDownTestSuite() { network.reset(); }

  static std::string sent(const std::string& from, const std::string& to, const std::string& name) {
    const auto record = read_whole(repository() + "/adapters/" + from + "/cases/" + name + "/national.json");
    const auto answer = network->json(from, {"POST",
                                             "/v1/referrals",
                                             {{"to", to}},
                                             record,
                                             {{"Idempotency-Key", '"' + name + '"'}, {"Prefer", "wait=30"}}});
    return std::string(text_at(answer["referrals"][0], "id"));
  }
  static Json status(const std::string& id, const std::string& body, int expected) {
    return network->json(
        "mx", {"POST", "/v1/referrals/" + id + "/status", {}, body, {{"Accept-Language", "fr"}}}, expected);
  }

  static inline std::unique_ptr<Gateways> network;
  static inline std::string crisis, worker;
};

constexpr const char* kOutside =
    R"({"status":"accepted","contact":{"who":"receiver","channel":"mail","interpreter":true,
  "window":{"date":"2026-11-23","from":"09:00","to":"10:00","time_zone":"America/Mexico_City"}}})";
constexpr const char* kInside =
    R"({"status":"accepted","contact":{"who":"receiver","channel":"phone","interpreter":true,
  "window":{"date":"2026-11-23","from":"18:00","to":"19:00","time_zone":"America/Mexico_City"}}})";

TEST_F(CareApi, APlanThatIsNotSafeIsRefusedWithWhatIsAndNothingIsSaid) {
  const auto refused = status(worker, kOutside, 403);
  EXPECT_EQ(text_at(refused["contact"], "verdict"), "refused");
  const auto& findings = refused["contact"]["findings"];
  ASSERT_EQ(findings.Size(), 2u);
  EXPECT_EQ(text_at(findings[0], "code"), "channel_not_safe");
  EXPECT_EQ(text_at(findings[0], "pointer"), "/contact/channel");
  EXPECT_NE(findings[0]["allowed"].Size(), 0u);
  EXPECT_EQ(text_at(findings[1], "code"), "outside_safe_times");
  EXPECT_NE(text_at(findings[1], "text").find("heures sûres"), std::string::npos);
  EXPECT_EQ(text_at(network->json("mx", {"GET", "/v1/referrals/" + worker}), "state"), "delivered");
}

TEST_F(CareApi, ASafeOneGoesWithTheStateAndOneAloneChangesNothing) {
  const auto accepted = status(worker, kInside, 200);
  EXPECT_EQ(text_at(accepted, "state"), "accepted");
  EXPECT_EQ(text_at(accepted["contact"], "verdict"), "safe");
  const auto alone = network->json(
      "ca",
      {"POST",
       "/v1/referrals/" + worker + "/status",
       {},
       R"({"contact":{"who":"sender","channel":"phone","interpreter":true,"at":"2026-11-24T00:30:00Z"}})"});
  EXPECT_EQ(text_at(alone["contact"], "verdict"), "safe");
  status(worker, R"({"contact":{"who":"receiver","channel":"phone","at":"2026-11-24T00:30:00Z","note":"x"}})",
         422);
  status(worker, "{}", 422);
}

TEST_F(CareApi, ACrisisThatNobodyTakesStandsFirstOnBothSidesUntilAPersonHasIt) {
  EXPECT_EQ(member(network->json("ca", {"GET", "/v1/inbox"}), "alarms"), nullptr);
  network->json("ca", {"POST", "/v1/inbox/" + crisis + "/ack", {}, "{}"});
  network->set_clock(parse_instant("2026-11-21T12:20:00Z").value());
  for (const char* node : {"us", "ca"}) {
    ASSERT_TRUE(eventually([&] {
      return member(network->json(node, {"GET", "/v1/referrals"}), "alarms") != nullptr;
    })) << node;
    const auto list = network->json(node, {"GET", "/v1/inbox", {}, {}, {{"Accept-Language", "es"}}});
    EXPECT_STREQ(list.MemberBegin()->name.GetString(), "alarms");
    const auto& alarm = list["alarms"][0];
    EXPECT_EQ(text_at(alarm, "referral"), crisis);
    EXPECT_EQ(as_text(alarm["steps"][0]), "acknowledge");
    // Whoever has it is told to look; whoever sent it, to call.
    const auto events = network->json(node, {"GET", "/v1/events"});
    EXPECT_EQ(text_at(events["events"][0], "text"),
              std::string(node) == "ca"
                  ? "No person here has seen a crisis in time. Look at it now."
                  : "No person at the other hotline has seen a crisis in time. Call them now.");
    EXPECT_NE(text_at(alarm, "text").find("CRISIS"), std::string::npos);
  }
  const auto shown = network->json("us", {"GET", "/v1/referrals/" + crisis});
  EXPECT_EQ(text_at(shown["deadlines"][0], "state"), "missed");
  // Over a restart too.
  network->stop("ca");
  network->start("ca");
  EXPECT_NE(member(network->json("ca", {"GET", "/v1/inbox"}), "alarms"), nullptr);
  const auto metrics = network->call("ca", {"GET", "/metrics", {}, {}, {}, "operator"});
  EXPECT_NE(metrics.body.find("hotline_crises{state=\"alarm\"} 1"), std::string::npos);
  network->json("ca", {"POST", "/v1/referrals/" + crisis + "/status", {}, R"({"status":"acknowledged"})"});
  EXPECT_TRUE(eventually([&] {
    return member(network->json("us", {"GET", "/v1/referrals"}), "alarms") == nullptr &&
           member(network->json("ca", {"GET", "/v1/referrals"}), "alarms") == nullptr;
  }));
}

TEST_F(CareApi, TheCommandLineSaysItFirst) {
  network->set_clock(parse_instant("2026-11-21T20:00:00Z").value());
  ASSERT_TRUE(eventually([&] {
    const auto inbox = run_gateway_command({"inbox", "--config", network->config("ca"), "--port",
                                            std::to_string(network->api_port("ca")), "--lang", "en"});
    return inbox.err.find("*** CRISIS: ") != std::string::npos;
  }));
}

}  // namespace
}  // namespace hotline::test
