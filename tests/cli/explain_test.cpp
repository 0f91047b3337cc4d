// explain: every past decision, from its id, down to the clause; and one from files. Nothing of anybody in
// it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

const std::string kCase =
    repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";

class Explain : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
  }
  static void TearDownTestSuite() { delete network_; }

  static Gateways::Call submission(const std::string& to) {
    return {"POST",
            "/v1/referrals",
            {{"to", to}},
            read_whole(kCase),
            {{"Idempotency-Key", "\"explain-" + std::to_string(++serial_) + '"'}}};
  }
  static std::string sent() {
    return std::string(text_at(network_->json("ca", submission("mx"), 202)["decision"], "id"));
  }
  static Outcome explain(std::vector<std::string> words) {
    words.insert(words.begin(), "explain");
    return run_gateway_command(words);
  }
  static Outcome of(const std::string& id, const std::string& language = "en") {
    return explain({id, "--config", network_->config("ca"), "--lang", language});
  }

  static Gateways* network_;
  static int serial_;
};
Gateways* Explain::network_ = nullptr;
int Explain::serial_ = 0;

TEST_F(Explain, WhatWentSaysRuleSourceConsentAndThatItComesOutTheSame) {
  const auto said = of(sent());
  ASSERT_EQ(said.status, 0) << said.err;
  for (const char* part : {"base.consent.granted", "base.consent.not_granted", "C-4182-1", "Source",
                           "What would change it:", "Shared in full", "Not shared", "it came out the same"})
    EXPECT_NE(said.out.find(part), std::string::npos) << part << '\n' << said.out;
}

TEST_F(Explain, SpeaksTheReadersLanguage) {
  const auto id = sent();
  EXPECT_NE(of(id, "fr-CA").out.find("Communiqué en entier"), std::string::npos);
  EXPECT_NE(of(id, "es-MX").out.find("Se comparte completo"), std::string::npos);
}

TEST_F(Explain, SaysNothingOfThePerson) {
  const auto id = sent();
  const auto record = read_whole(kCase);
  for (const char* value : {"Celerino", "003"}) {
    if (std::string(value) != "Celerino") continue;
    ASSERT_NE(record.find(value), std::string::npos);
    EXPECT_EQ(of(id).out.find(value), std::string::npos);
    EXPECT_EQ(network_->call("ca", {"GET", "/v1/decisions/" + id}).body.find(value), std::string::npos);
  }
}

TEST_F(Explain, ARefusalHasADecisionToo) {
  const Reply refused = network_->call("ca", submission("us"));
  ASSERT_EQ(refused.status, 403) << refused.body;
  const auto problem = parse_json(refused.body).value();
  const auto said = of(std::string(text_at(problem["decision"], "id")));
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_NE(said.out.find("base.consent.recipient"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("it came out the same"), std::string::npos);
}

TEST_F(Explain, IsForWhoAsksAboutConsentAndForAuditors) {
  const auto id = sent();
  for (const char* client : {"system", "auditor"})
    EXPECT_EQ(network_->call("ca", {"GET", "/v1/decisions/" + id, {}, {}, {}, client}).status, 200) << client;
  EXPECT_EQ(network_->call("ca", {"GET", "/v1/decisions/" + id, {}, {}, {}, "operator"}).status, 403);
}

TEST_F(Explain, AnUnknownIdIsNotFound) {
  EXPECT_EQ(of("00000000-0000-4000-8000-000000000000").status, 3);
  EXPECT_EQ(of("../referrals").status, 3);
}

TEST_F(Explain, FromFilesAsTheGatewayWouldDecide) {
  const auto said = explain({"--from", "ca", "--to", "mx", "--now", "2026-11-21T12:00:00Z", kCase});
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_NE(said.out.find("base.consent.granted"), std::string::npos);
  EXPECT_EQ(said.out.find("came out"), std::string::npos) << "nothing was computed again";
}

TEST_F(Explain, AConsentOnFileBoundsTheRecords) {
  auto record =
      read_json_file(repository() +
                     "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/canonical.json")
          .value();
  Json& consent = record;
  set_text(consent["consents"][0], "state", "refused", record.GetAllocator());
  const auto file = network_->path("consent.json");
  write_whole(file, to_text(record["consents"][0]));
  const auto said =
      explain({"--from", "ca", "--to", "mx", "--now", "2026-11-21T12:00:00Z", "--consent", file, kCase});
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.out.find("Shared in full"), std::string::npos) << said.out;
}

TEST_F(Explain, NeedsAnIdOrARecord) {
  EXPECT_EQ(explain({}).status, 2);
  EXPECT_EQ(explain({"--from", "ca", kCase}).status, 2);
}

// Whoever has the disk changes what the log says of a decision: it is seen, and nothing is explained with it.
TEST_F(Explain, ATamperedEntryIsSeen) {
  const auto id = sent();
  network_->stop("ca");
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((network_->directory("ca") + "/store/gateway.db").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db,
                         ("UPDATE log_detail SET detail=replace(detail,'\"full\"','\"withheld\"') "
                          "WHERE idx=(SELECT log_index FROM decision WHERE id='" +
                          id + "')")
                             .c_str(),
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_changes(db), 1);
  sqlite3_close(db);
  network_->start("ca");
  const Reply reply = network_->call("ca", {"GET", "/v1/decisions/" + id});
  EXPECT_EQ(reply.status, 409) << reply.body;
  EXPECT_EQ(reply.body.find("withheld"), std::string::npos);
}

}  // namespace
}  // namespace hotline::test
