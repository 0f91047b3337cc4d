// What an insider with the files could do: change, drop, reorder, put back. Everything is found by verify().
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "tests/unit/gateway/store_fixture.h"

namespace hotline {
namespace {

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One bit of a number, or of the last character or byte; an empty text gets one.
void flipped(sqlite3_context* context, int, sqlite3_value** values) {
  if (sqlite3_value_type(*values) == SQLITE_INTEGER) {
    return sqlite3_result_int64(context, sqlite3_value_int64(*values) ^ 64);
  }
  std::string bytes(static_cast<const char*>(sqlite3_value_blob(*values)),
                    static_cast<std::size_t>(sqlite3_value_bytes(*values)));
  if (bytes.empty()) bytes = "`";
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  const int size = static_cast<int>(bytes.size());
  if (sqlite3_value_type(*values) == SQLITE_TEXT) {
    return sqlite3_result_text(context, bytes.data(), size, SQLITE_TRANSIENT);
  }
  sqlite3_result_blob(context, bytes.data(), size, SQLITE_TRANSIENT);
}

void run_sql(const std::string& path, const std::string& text) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  sqlite3_create_function(raw, "flipped", 1, SQLITE_UTF8, nullptr, flipped, nullptr, nullptr);
  char* error = nullptr;
  EXPECT_EQ(sqlite3_exec(raw, text.c_str(), nullptr, nullptr, &error), SQLITE_OK)
      << text << (error ? error : "");
  sqlite3_free(error);
  sqlite3_close(raw);
}

// Every cell of every row, as (table, column, rowid-like condition).
struct Cell {
  std::string table, column, where;
};
std::vector<Cell> all_cells(const std::string& path) {
  sqlite3* raw = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  const auto list = [&](const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(raw, text.c_str(), -1, &statement, nullptr), SQLITE_OK) << text;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      std::vector<std::string> row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* cell = sqlite3_column_text(statement, i);
        row.emplace_back(cell == nullptr ? "" : reinterpret_cast<const char*>(cell));
      }
      rows.push_back(row);
    }
    sqlite3_finalize(statement);
    return rows;
  };
  std::vector<Cell> cells;
  for (const auto& table :
       list("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")) {
    const auto columns = list("SELECT name,pk FROM pragma_table_info('" + table[0] + "') ORDER BY cid");
    std::string keys;
    for (const auto& column : columns) {
      if (column[1] != "0")
        keys +=
            (keys.empty() ? "" : "||' AND '||") + ("'\"" + column[0] + "\"='||quote(\"" + column[0] + "\")");
    }
    for (const auto& where : list("SELECT " + keys + " FROM " + table[0])) {
      for (const auto& column : columns) cells.push_back({table[0], column[0], where[0]});
    }
  }
  sqlite3_close(raw);
  return cells;
}

struct StoreTamper : testing::Test {
  TemporaryFolder folder;
  std::string database = folder.path() + "/gateway.db";
  std::string first = uuid4(), second = uuid4();

  void SetUp() override {
    auto store = open_store(folder.path());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(send_one(*store, i == 0 ? first : second, uuid7(kNow)));
    ASSERT_TRUE(store->commit([&](Transaction& tx) -> Result<void> {
      tx.put(TimelineRow{
          ReferralId(first), -1, ReferralStatus::sent, kNow, MemberId("us"), ControlReason::none, {}, {}});
      tx.put(TimelineRow{ReferralId(first),
                         -1,
                         ReferralStatus::delivered,
                         kNow,
                         MemberId("mx"),
                         ControlReason::none,
                         {},
                         {}});
      tx.put(ReceiptRow{MessageId(uuid7(kNow)), ReferralId(first), MemberId("mx"), kNow, "a.b.c"});
      tx.put(WithdrawnConsentRow{ConsentId("consent-9"), kNow, MemberId("us"), "stopped"});
      tx.put(AttestationRow{"a-1",
                            "imminent_harm_emergency",
                            MemberId("mx"),
                            "emergency_services",
                            {"location"},
                            {"p1"},
                            "s-1",
                            "supervisor",
                            kNow,
                            kNow.plus_seconds(3600)});
      tx.put(SettingRow{"registry.version", "7"});
      const auto record = store->protect("the words of the consent");
      tx.keep(record);
      tx.put(ConsentRow{ConsentId("consent-1"), -1, "given", "client-1", kNow, kNow.plus_seconds(60),
                        record.id});
      InboxRow in;
      in.sender = MemberId("ca");
      in.message = MessageId(uuid7(kNow));
      in.referral = ReferralId(second);
      in.sealed_sha256 = sha256_hex("sealed");
      LogDetail detail;
      detail.sealed(in.sealed_sha256, 6);
      in.log_index = tx.append(LogKind::receive, detail, kNow.plus_seconds(7200)).index;
      tx.put(in);
      tx.put(ReplayRow{in.sender, in.message, MessageKind::referral, in.sealed_sha256, kNow,
                       ReceiptResult::stored, in.log_index, sha256_hex("leaf"), kNow.plus_seconds(600)});
      return {};
    }));
    ASSERT_TRUE(store->settle());
    ASSERT_TRUE(store->verify()->ok());
    store.reset();
    run_sql(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  LogReport inspected() const {
    SqliteOptions options = options_in(folder.path());
    options.inspect = true;
    auto store = open_sqlite_store(options, test_keys());
    EXPECT_TRUE(store);
    auto report = (*store)->verify();
    EXPECT_TRUE(report);
    return *report;
  }
  bool found(const std::string& what) const {
    for (const auto& each : inspected().findings) {
      if (each.what == what) return true;
    }
    return false;
  }
};

TEST_F(StoreTamper, NothingIsFoundWhereNothingWasChanged) {
  const auto report = inspected();
  EXPECT_TRUE(report.ok()) << report.findings.front().what << report.findings.front().where;
  EXPECT_EQ(report.entries, 4u);
  EXPECT_EQ(report.details, 4u);
}

TEST_F(StoreTamper, AChangedCellInAnyRowOfAnyTableIsFound) {
  const std::string clean = file_bytes(database);
  const auto cells = all_cells(database);
  ASSERT_GT(cells.size(), 150u);
  for (const auto& cell : cells) {
    const std::string name = '"' + cell.column + '"';
    run_sql(database, "PRAGMA foreign_keys=OFF; UPDATE " + cell.table + " SET " + name + "=flipped(" + name +
                          ") WHERE " + cell.where);
    const auto report = inspected();
    EXPECT_FALSE(report.ok()) << cell.table << '.' << cell.column << " where " << cell.where;
    std::filesystem::remove(database + "-wal");
    std::ofstream(database, std::ios::binary) << clean;
  }
}

TEST_F(StoreTamper, ADroppedRowIsFoundInEveryTable) {
  const std::string clean = file_bytes(database);
  std::vector<std::string> done;
  for (const auto& cell : all_cells(database)) {
    const std::string key = cell.table + cell.where;
    if (!done.empty() && done.back() == key) continue;
    done.push_back(key);
    run_sql(database, "PRAGMA foreign_keys=OFF; DELETE FROM " + cell.table + " WHERE " + cell.where);
    const auto report = inspected();
    // Heads of past hours are kept beyond need: their loss loses nothing.
    if (cell.table != "tree_head" || cell.where.find('4') != std::string::npos) {
      EXPECT_FALSE(report.ok()) << cell.table << " where " << cell.where;
    }
    std::filesystem::remove(database + "-wal");
    std::ofstream(database, std::ios::binary) << clean;
  }
  EXPECT_GT(done.size(), 20u);
}

TEST_F(StoreTamper, ReorderedEntriesAreFound) {
  run_sql(database,
          "PRAGMA foreign_keys=OFF; UPDATE log_entry SET idx=-1 WHERE idx=0; UPDATE log_entry SET idx=0 "
          "WHERE idx=1; "
          "UPDATE log_entry SET idx=1 WHERE idx=-1; UPDATE log_detail SET idx=-1 WHERE idx=0; UPDATE "
          "log_detail SET "
          "idx=0 WHERE idx=1; UPDATE log_detail SET idx=1 WHERE idx=-1");
  EXPECT_TRUE(found("entry_changed"));
}

TEST_F(StoreTamper, AnOlderStorePutBackIsFoundByTheFileBesideIt) {
  const std::string older = file_bytes(database);
  {
    auto store = open_store(folder.path());
    ASSERT_TRUE(send_one(*store, uuid4(), uuid7(kNow)));
  }
  run_sql(database, "PRAGMA wal_checkpoint(TRUNCATE)");
  std::ofstream(database, std::ios::binary) << older;
  EXPECT_TRUE(found("mirror_mismatch"));
  const auto opened = open_sqlite_store(options_in(folder.path()), test_keys());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::log_mismatch);
}

TEST_F(StoreTamper, AnEntryChangedBeforeTheStartStopsTheStart) {
  run_sql(database, "UPDATE log_node SET hash=zeroblob(32) WHERE level=2");
  const auto opened = open_sqlite_store(options_in(folder.path()), test_keys());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::log_mismatch);
}

TEST_F(StoreTamper, AFlippedBitAnywhereInAPayloadIsRefusedWhenRead) {
  run_sql(database, "UPDATE payload SET ciphertext=zeroblob(60) WHERE rowid=1");
  auto store = open_store(folder.path());
  ErrorCode code = ErrorCode::internal;
  for (const auto& row : {first, second}) {
    const auto read = store->read([&](const Reader& reader) -> Result<void> {
      for (const auto& out : reader.outbox_of(ReferralId(row))) reader.payload(out.sealed);
      return {};
    });
    if (!read) code = read.error().code;
  }
  EXPECT_EQ(code, ErrorCode::store_corrupt);
}

}  // namespace
}  // namespace hotline
