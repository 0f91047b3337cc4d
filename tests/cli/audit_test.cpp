// audit verify finds what somebody with the whole disk has changed.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRecord =
    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";

// A node that has sent one referral, stopped; made once, copied for each test.
class AuditTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
    network_->json("ca",
                   {"POST",
                    "/v1/referrals",
                    {{"to", "mx"}},
                    read_whole(repository() + kRecord),
                    {{"Idempotency-Key", "\"one\""}}},
                   202);
    network_->stop("ca");
    fs::copy(network_->directory("ca") + "/store", network_->path("kept"), fs::copy_options::recursive);
  }
  static void TearDownTestSuite() { delete network_; }

  void SetUp() override {
    fs::remove_all(store());
    fs::copy(network_->path("kept"), store(), fs::copy_options::recursive);
  }

  static std::string store() { return network_->directory("ca") + "/store"; }
  static std::string database() { return store() + "/gateway.db"; }
  static Outcome verify() {
    return run_gateway_command({"audit", "verify", "--config", network_->config("ca")});
  }

  static void change(const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(database().c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, ("PRAGMA foreign_keys=OFF;" + sql).c_str(), nullptr, nullptr, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(db);
    EXPECT_GT(sqlite3_changes(db), 0) << "nothing was changed";
    sqlite3_close(db);
  }

  static Gateways* network_;
};
Gateways* AuditTest::network_ = nullptr;

TEST_F(AuditTest, HoldsWhenNobodyTouchedIt) {
  const Outcome outcome = verify();
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto report = parse_json(outcome.out);
  ASSERT_TRUE(report);
  EXPECT_TRUE(flag_at(*report, "ok"));
  EXPECT_GE(integer_at(*report, "entries"), 2) << "a decision and a send";
}

TEST_F(AuditTest, FindsOneFlippedBitInTheFile) {
  std::string bytes = read_whole(database());
  const auto at = bytes.find("\"commitment\":\"");
  ASSERT_NE(at, bytes.npos);
  bytes[at + 20] = static_cast<char>(bytes[at + 20] ^ 1);
  write_whole(database(), bytes);
  EXPECT_EQ(verify().status, 1);
}

struct Tampering {
  const char* what;
  const char* sql;
};
class TamperingTest : public AuditTest, public testing::WithParamInterface<Tampering> {};

TEST_P(TamperingTest, IsFound) {
  change(GetParam().sql);
  const Outcome outcome = verify();
  EXPECT_EQ(outcome.status, 1) << outcome.out << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    Ways, TamperingTest,
    testing::Values(
        Tampering{"entry_dropped", "DELETE FROM log_entry WHERE idx=0"},
        Tampering{"last_entry_dropped", "DELETE FROM log_entry WHERE idx=(SELECT max(idx) FROM log_entry)"},
        Tampering{"entries_swapped",
                  "UPDATE log_entry SET entry=(SELECT entry FROM log_entry o WHERE o.idx=1-log_entry.idx) "
                  "WHERE idx<2"},
        Tampering{"detail_changed", "UPDATE log_detail SET detail=replace(detail,'\"mx\"','\"us\"')"},
        Tampering{"node_changed", "UPDATE log_node SET hash=zeroblob(32) WHERE level=0 AND idx=0"},
        Tampering{"status_rewritten", "UPDATE referral SET status='delivered'"},
        Tampering{"queued_message_redirected", "UPDATE outbox SET peer='us'"},
        Tampering{"referral_dropped", "DELETE FROM timeline"}),
    [](const auto& info) { return std::string(info.param.what); });

}  // namespace
}  // namespace hotline::test
