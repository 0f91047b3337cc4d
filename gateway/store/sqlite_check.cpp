// What verify() reads, on a connection of its own: the log for the log's verifier, and the store's own rows.
#include "gateway/log/verify.h"

#include <unordered_map>
#include <unordered_set>

#include "gateway/log/tree_head.h"
#include "gateway/store/sqlite_store.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

using DigestInLog = std::function<std::optional<std::string>(std::uint64_t)>;

class SqliteLogSource final : public LogSource {
 public:
  SqliteLogSource(Sql& sql, const KeyStore& payload_keys, const NodeKeys& keys, std::string origin,
                  std::optional<std::string> mirror, const std::vector<PayloadId>& key_ids)
      : sql_(sql),
        payload_keys_(payload_keys),
        keys_(keys),
        origin_(std::move(origin)),
        mirror_(std::move(mirror)) {
    for (const auto& id : key_ids) key_ids_.insert(id.get());
  }

  bool each_entry(const std::function<bool(const StoredEntry&)>& visit) const override {
    Query query = sql_.query(
        "SELECT e.idx,e.entry,d.salt,d.detail,d.referral FROM log_entry e LEFT JOIN log_detail d ON "
        "d.idx=e.idx "
        "ORDER BY e.idx");
    while (query.step()) {
      StoredEntry entry{static_cast<std::uint64_t>(query.integer(0)), query.text(1), std::nullopt,
                        std::nullopt};
      if (query.is_text(3)) {
        entry.salt = query.text(2);
        entry.detail = query.text(3);
        note(entry, query.text(4));
      }
      if (!visit(entry)) return true;
    }
    return sql_.failure() == SQLITE_OK;
  }

  std::optional<std::string> node(unsigned level, std::uint64_t index) const override {
    return SqliteReader(sql_, payload_keys_, keys_).log_node(level, index);
  }
  std::uint64_t node_count() const override { return count("SELECT count(*) FROM log_node"); }
  std::vector<std::string> signed_heads() const override {
    std::vector<std::string> notes;
    Query query = sql_.query("SELECT note FROM tree_head ORDER BY size");
    while (query.step()) notes.push_back(query.text(0));
    return notes;
  }
  std::optional<std::string> mirrored_head() const override { return mirror_; }

  std::vector<LogFinding> check_rows(const DigestInLog& digest_in_log) const override {
    findings_.insert(findings_.end(), detail_findings_.begin(), detail_findings_.end());
    check_structure();
    check_table<ReferralRow>([&](const ReferralRow& row) { links(row); });
    check_table<OutboxRow>([&](const OutboxRow& row) {
      match(digest_in_log, row.log_index, row.sealed_sha256, "outbox");
      sent_.insert(row.log_index);
      if (!row.sealed.get().empty()) digests_[row.sealed.get()] = row.sealed_sha256;
    });
    check_table<InboxRow>(
        [&](const InboxRow& row) { match(digest_in_log, row.log_index, row.sealed_sha256, "inbox"); });
    check_table<ReplayRow>(
        [&](const ReplayRow& row) { match(digest_in_log, row.log_index, row.sealed_sha256, "replay"); });
    check_table<TimelineRow>([](const TimelineRow&) {});
    check_table<ReceiptRow>([](const ReceiptRow&) {});
    check_table<ConsentRow>([](const ConsentRow&) {});
    check_table<WithdrawnConsentRow>([](const WithdrawnConsentRow&) {});
    check_table<RecallRow>([](const RecallRow&) {});
    check_table<DeadlineRow>([](const DeadlineRow&) {});
    check_table<EventRow>([](const EventRow&) {});
    check_table<WordsRow>([](const WordsRow&) {});
    check_table<CodeRequestRow>([](const CodeRequestRow&) {});
    check_table<AttestationRow>([](const AttestationRow&) {});
    check_table<IdempotencyRow>([](const IdempotencyRow&) {});
    check_table<DecisionRow>([](const DecisionRow&) {});
    check_table<SettingRow>([](const SettingRow&) {});
    if (linked_ != count("SELECT count(*) FROM referral_consent"))
      find("row_changed", {}, "referral_consent");
    for (const auto index : expected_sends_) {
      if (!sent_.contains(index)) find("row_missing", index, "outbox");
    }
    check_payloads();
    check_details();
    check_heads();
    return std::move(findings_);
  }

 private:
  void find(const char* what, std::optional<std::uint64_t> index, const char* where) const {
    findings_.push_back({what, index, where});
  }

  std::uint64_t count(const char* text) const {
    Query query = sql_.query(text);
    return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
  }

  // What the rows owe to the log: each sealed body that a `send` entry names has its outbox row.
  void note(const StoredEntry& entry, const std::string& referral) const {
    const auto json = parse_json(*entry.detail);
    if (!json) return;
    if (text_at(*json, "referral") != referral) {
      detail_findings_.push_back({"row_changed", entry.index, "log_detail"});
    }
    const auto parsed = LogEntry::parse(entry.entry);
    if (parsed && parsed->kind == LogKind::send && !text_at(*json, "sealed_sha256").empty()) {
      expected_sends_.push_back(entry.index);
    }
  }

  void check_structure() const {
    Query integrity = sql_.query("PRAGMA integrity_check(10)");
    while (integrity.step()) {
      if (integrity.text(0) != "ok") find("database_damaged", {}, "gateway.db");
    }
    Query foreign = sql_.query("PRAGMA foreign_key_check");
    while (foreign.step()) find("row_missing", {}, "foreign_key");
    if (sql_.failure() != SQLITE_OK) find("rows_unreadable", {}, "gateway.db");
    sql_.forget_failure();
  }

  template <class Row, class Visit>
  void check_table(const Visit& visit) const {
    Tally tally;
    {
      Query query = sql_.query(table_sql<Row>().select);
      while (query.step()) {
        Row row{};
        CellReader reader(query);
        Table<Row>::columns(row, reader);
        const std::string mac = query.text(reader.next());
        tally.add(mac);
        if (!reader.sound() || row_mac(row, keys_.row_key) != mac) {
          find("row_changed", {}, Table<Row>::name);
        } else {
          visit(row);
        }
      }
    }
    if (sql_.failure() != SQLITE_OK) find("rows_unreadable", {}, Table<Row>::name);
    sql_.forget_failure();
    check_tally(Table<Row>::name, tally);
  }

  void check_tally(const char* table, const Tally& counted) const {
    Query query = sql_.query("SELECT rows,sum,mac FROM tally WHERE name=?");
    query.bind(std::string_view(table));
    if (!query.step()) {
      if (counted.rows != 0) find("row_missing", {}, table);
      return;
    }
    MacInput input("tally");
    input(std::string_view(table));
    input(query.integer(0));
    const std::string sum = query.text(1);
    input(std::string_view(sum));
    if (query.integer(0) != counted.rows || sum != counted.sum_bytes() ||
        input.mac(keys_.row_key) != query.text(2)) {
      find("row_missing", {}, table);
    }
  }

  void match(const DigestInLog& digest_in_log, std::uint64_t index, const std::string& digest,
             const char* where) const {
    const auto logged = digest_in_log(index);
    if (logged && *logged != digest) find("digest_mismatch", index, where);
  }

  void links(const ReferralRow& row) const {
    std::unordered_set<std::string> distinct;
    for (const auto& each : row.consents) distinct.insert(each.get());
    linked_ += distinct.size();
    for (const auto& each : distinct) {
      Query query = sql_.query("SELECT 1 FROM referral_consent WHERE consent=? AND referral=?");
      query.bind(std::string_view(each)).bind(std::string_view(row.id.get()));
      if (!query.step()) find("row_changed", {}, "referral_consent");
    }
  }

  // Each ciphertext opens; a sealed body is still the one that the log names.
  void check_payloads() const {
    Tally tally;
    Query query = sql_.query("SELECT id,ciphertext FROM payload");
    while (query.step()) {
      const std::string id = query.text(0);
      tally.add(presence_mac("payload", id, keys_.row_key));
      check_payload(id, query.text(1));
    }
    if (sql_.failure() != SQLITE_OK) find("rows_unreadable", {}, "payload");
    sql_.forget_failure();
    check_tally("payload", tally);
  }

  void check_payload(const std::string& id, const std::string& ciphertext) const {
    const auto wrapped = payload_keys_.find(PayloadId(id));
    if (!wrapped) {
      // A key that was there before the snapshot has been destroyed meanwhile, as it may.
      if (!key_ids_.contains(id)) find("payload_unreadable", {}, "payload");
      return;
    }
    const auto key = keys_.wrapper.unwrap(*wrapped, id);
    const auto plaintext = key ? decrypt_bytes(*key, ciphertext, id) : Result<std::string>(fail(key.error()));
    const auto digest = digests_.find(id);
    if (!plaintext) return find("payload_changed", {}, "payload");
    if (digest != digests_.end() && sha256_hex(*plaintext) != digest->second)
      find("digest_mismatch", {}, "payload");
  }

  void check_details() const {
    Tally tally;
    Query query = sql_.query("SELECT idx FROM log_detail");
    while (query.step()) {
      tally.add(presence_mac("log_detail", std::to_string(query.integer(0)), keys_.row_key));
    }
    check_tally("log_detail", tally);
  }

  void check_heads() const {
    Query query = sql_.query(
        "SELECT t.size,t.hour,t.note,e.entry FROM tree_head t LEFT JOIN log_entry e ON e.idx=t.size-1");
    while (query.step()) {
      const auto entry = LogEntry::parse(query.text(3));
      const auto head = verify_tree_head(query.text(2), origin_, keys_.log.public_raw());
      if (!entry || entry->hour != query.text(1) || !head ||
          head->size != static_cast<std::uint64_t>(query.integer(0))) {
        find("row_changed", {}, "tree_head");
      }
    }
  }

  Sql& sql_;
  const KeyStore& payload_keys_;
  const NodeKeys& keys_;
  const std::string origin_;
  std::optional<std::string> mirror_;
  std::unordered_set<std::string> key_ids_;
  mutable std::vector<LogFinding> findings_;
  mutable std::vector<LogFinding> detail_findings_;
  mutable std::vector<std::uint64_t> expected_sends_;
  mutable std::unordered_set<std::uint64_t> sent_;
  mutable std::unordered_map<std::string, std::string>
      digests_;  // payload id, and the digest that its bytes must have
  mutable std::uint64_t linked_ = 0;
};

}  // namespace

Result<LogReport> SqliteStore::verify() const {
  // First the file and the keys, then the snapshot: each may lag behind what is compared with it, never lead.
  const bool mirrored = mirrored_ || options_.inspect;
  const auto file = read_file(options_.directory + "/tree-head", 1u << 16);
  auto mirror = file ? std::optional<std::string>(*file) : std::nullopt;
  const auto key_ids = payload_keys_->ids();
  auto sql = borrow_reader();
  if (!sql || !sql->run("BEGIN")) return fail(ErrorCode::store_unavailable);
  // Within the first moments of a new store there is no file to compare with yet.
  if (!mirror && !mirrored) mirror = SqliteReader(*sql, *payload_keys_, keys_).signed_head();
  LogReport report;
  {
    const SqliteLogSource source(*sql, *payload_keys_, keys_, options_.log_origin, std::move(mirror),
                                 key_ids);
    report = verify_log(source, options_.log_origin, keys_.log.public_raw());
  }
  return report;  // the connection is closed: it has read everything once
}

}  // namespace hotline
