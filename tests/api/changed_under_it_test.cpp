// Somebody changes a policy file, or the clock, under a running gateway: it is told, and nothing gets looser.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCase =
    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";

Gateways::Call submission(const std::string& key) {
  return {"POST",
          "/v1/referrals",
          {{"to", "mx"}},
          read_whole(repository() + kCase),
          {{"Idempotency-Key", '"' + key + '"'}}};
}

bool says(const Gateways& network, const std::string& notice) {
  return network.call("ca", {"GET", "/readyz"}).body.find(notice) != std::string::npos;
}

class OwnData : public testing::Test {
 protected:
  OwnData() {
    for (const char* folder : {"i18n", "config", "adapters", "consent", "gateway/api"}) {
      fs::create_directories(fs::path(root_.path(folder)).parent_path());
      fs::copy(repository() + "/" + folder, root_.path(folder), fs::copy_options::recursive);
    }
    network_ = std::make_unique<Gateways>(parse_instant("2026-11-21T12:00:00Z").value(),
                                          std::vector<std::string>{"ca", "mx"}, root_.path());
    network_->start("ca");
  }
  std::size_t policy_entries() {
    const auto log = network_->json("ca", {"GET", "/v1/audit/entries", {}, {}, {}, "auditor"});
    std::size_t found = 0;
    for (const auto& entry : log["entries"].GetArray()) found += text_at(entry, "kind") == "policy" ? 1 : 0;
    return found;
  }
  TemporaryFolder root_;
  std::unique_ptr<Gateways> network_;
};

TEST_F(OwnData, APolicyFileEditedUnderARunningGatewayIsToldAndNotDecidedBy) {
  EXPECT_FALSE(says(*network_, "policy_files_changed"));
  const auto before = network_->json("ca", submission("before"), 202);
  const auto file = root_.path("config/policy/mx.json");
  // Whatever it now says: looser, stricter or cut off.
  write_whole(file, read_whole(file).substr(0, 40));
  EXPECT_TRUE(says(*network_, "policy_files_changed"));
  const auto after = network_->json("ca", submission("after"), 202);
  EXPECT_EQ(before["decision"]["policies"], after["decision"]["policies"]);
  EXPECT_EQ(before["decision"]["persons"], after["decision"]["persons"]);
  EXPECT_TRUE(eventually([&] { return policy_entries() == 1; }));
}

class Clock : public testing::Test {
 protected:
  Clock() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) { network_.start("ca"); }
  Gateways network_;
};

// The record's consent ends on 18 December.
TEST_F(Clock, AnEndedConsentStaysEndedAfterARestartWithAnEarlierClock) {
  EXPECT_EQ(network_.call("ca", submission("in-time")).status, 202);
  network_.set_clock(parse_instant("2026-12-19T00:00:00Z").value());
  EXPECT_EQ(network_.call("ca", submission("too-late")).status, 403);
  network_.stop("ca");
  network_.set_clock(parse_instant("2026-12-01T00:00:00Z").value());
  network_.start("ca");
  const Reply reply = network_.call("ca", submission("set-back"));
  EXPECT_EQ(reply.status, 403) << reply.body;
  EXPECT_NE(reply.body.find("base.consent.expired"), std::string::npos) << reply.body;
  EXPECT_TRUE(says(network_, "clock_behind_log"));
}

TEST_F(Clock, MovedBackWhileItRunsBringsNothingBack) {
  network_.set_clock(parse_instant("2026-12-19T00:00:00Z").value());
  EXPECT_EQ(network_.call("ca", submission("too-late")).status, 403);
  network_.set_clock(parse_instant("2026-12-01T00:00:00Z").value());
  EXPECT_EQ(network_.call("ca", submission("set-back")).status, 403);
}

// A consent cannot be recorded as given later than the time that the gateway knows of either.
TEST_F(Clock, GoesOnWhenTheMachinesClockHasCaughtUp) {
  network_.set_clock(parse_instant("2026-11-21T11:00:00Z").value());
  EXPECT_EQ(network_.call("ca", submission("behind")).status, 202);
  network_.set_clock(parse_instant("2026-11-21T13:00:00Z").value());
  EXPECT_EQ(network_.call("ca", submission("again")).status, 202);
  EXPECT_FALSE(says(network_, "clock_behind_log"));
}

// An exception needs a named human, in their hour, for the person at hand, and opens the minimal set at most.
class Attested : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
  }
  static void TearDownTestSuite() { delete network_; }
  static Gateways::Call attest(const std::string& changes) {
    auto wish =
        parse_json(
            R"({"ground":"imminent_harm_emergency","recipient":"mx","recipient_role":"emergency_services",
        "categories":["location","contact"],"attested_by":"staff-9","staff_role":"supervisor"})")
            .value();
    set_text(wish, "until", format_instant(Instant{network_->now().seconds() * 1000}.plus_seconds(1800)),
             wish.GetAllocator());
    const auto changed = parse_json(changes).value();
    for (const auto& each : changed.GetObject())
      set_member(wish, as_text(each.name), JsonValue(each.value, wish.GetAllocator()), wish.GetAllocator());
    return {"POST",
            "/v1/attestations",
            {},
            to_text(wish),
            {{"Idempotency-Key", "\"a-" + std::to_string(++serial_) + '"'}},
            "supervisor"};
  }
  static void refuses(const std::string& changes, const std::string& pointer) {
    const Reply reply = network_->call("ca", attest(changes));
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_NE(reply.body.find("\"pointer\":\"#" + pointer + '"'), std::string::npos) << reply.body;
  }
  static Gateways* network_;
  static int serial_;
};
Gateways* Attested::network_ = nullptr;
int Attested::serial_ = 0;

TEST_F(Attested, ForMoreThanTheMinimalSet) {
  refuses(R"({"categories":["location","immigration"]})", "/categories/1");
  refuses(R"({"categories":["narrative"]})", "/categories/0");
}
// A law of theirs wants emergency services told within the hour; none of ours or of Mexico's does.
TEST_F(Attested, SaysByWhenALawWantsItTold) {
  const auto made = network_->json("ca", attest(R"({"recipient":"us"})"), 201);
  const auto at = parse_instant(text_at(made, "at"));
  ASSERT_TRUE(at);
  EXPECT_EQ(text_at(made, "tell_by"), format_instant(at->plus_seconds(3600)));
  const auto other = network_->json("ca", attest(R"({"recipient":"mx"})"), 201);
  EXPECT_EQ(member(other, "tell_by"), nullptr);
}
TEST_F(Attested, AfterItsHourOrForLongerThanAllowed) {
  refuses(R"({"until":"2026-11-21T11:00:00Z"})", "/until");
  refuses(R"({"until":"2027-11-21T11:00:00Z"})", "/until");
}
TEST_F(Attested, ByAStaffRoleThatMayNotOrForWhoCannotHelp) {
  refuses(R"({"staff_role":"volunteer"})", "/staff_role");
  refuses(R"({"recipient_role":"immigration_enforcement"})", "/recipient_role");
  refuses(R"({"ground":"it_seemed_right"})", "/ground");
  refuses(R"({"recipient":"sheriff"})", "/recipient");
}
TEST_F(Attested, AnEmergencyWithoutAnAttestationOpensNothing) {
  auto call = submission("emergency");
  call.query.emplace_back("purpose", "emergency");
  const Reply reply = network_->call("ca", call);
  EXPECT_EQ(reply.status, 403) << reply.body;
  EXPECT_EQ(reply.body.find("\"level\":\"full\""), std::string::npos);
}
TEST_F(Attested, AnAttestationThatNobodyMadeOrWhoseHourIsOverIsSaid) {
  auto call = submission("nobody");
  call.query.emplace_back("attestation", "00000000-0000-4000-8000-000000000000");
  const Reply unknown = network_->call("ca", call);
  EXPECT_EQ(unknown.status, 422) << unknown.body;
  const auto made = network_->json("ca", attest("{}"), 201);
  network_->set_clock(network_->now().plus_seconds(3600));
  call = submission("too-late");
  call.query = {{"to", "mx"}, {"purpose", "emergency"}, {"attestation", std::string(text_at(made, "id"))}};
  const Reply late = network_->call("ca", call);
  EXPECT_EQ(late.status, 422) << late.body;
  EXPECT_NE(late.body.find("attest"), std::string::npos) << late.body;
}
// Where the person has agreed there is nothing to attest: their word decides, and the answer says so.
TEST_F(Attested, WithoutNeedThePersonsOwnWordDecides) {
  const auto made = network_->json("ca", attest("{}"), 201);
  auto call = submission("no-need");
  call.query.emplace_back("attestation", std::string(text_at(made, "id")));
  const auto sent = network_->json("ca", call, 202);
  EXPECT_EQ(text_at(sent["decision"]["persons"][0], "basis"), "consent_explicit");
}

}  // namespace
}  // namespace hotline::test
