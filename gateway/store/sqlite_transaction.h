// The writes of Transaction. Rows go to the database at once; what else a commit changes (payload keys, the
// tree's right edge, the tallies) is gathered in Pending, which its owner can restore when a part is rolled
// back.
#pragma once

#include "gateway/log/merkle.h"
#include "gateway/store/sqlite_reader.h"
#include "gateway/store/table_io.h"

namespace hotline {

struct Pending {
  std::vector<StoredKey> keys;         // to be synced before the rows
  std::vector<PayloadId> destroy_now;  // after the rows, before commit() returns
  std::vector<PayloadId> destroy_soon;
  MerkleFrontier tree;
  std::string head_hour;  // of the newest appended entry
  Tallies tallies;
  std::int64_t last_cursor = 0;
  std::string new_head;  // note text, when this batch has made one
};

class SqliteTransaction final : public Transaction, public SqliteReader {
 public:
  SqliteTransaction(Sql& sql, const KeyStore& payload_keys, const NodeKeys& keys, Pending& pending)
      : SqliteReader(sql, payload_keys, keys), pending_(pending) {}

  void put(const ReferralRow& row) override;
  void put(const OutboxRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const InboxRow& row) override;
  void put(const ReplayRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const TimelineRow& row) override;
  void put(const ReceiptRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const ConsentRow& row) override;
  void put(const WithdrawnConsentRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const RecallRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const DeadlineRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const EventRow& row) override;
  void put(const WordsRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const CodeRequestRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void forget(const CodeRequestRow& row) override { erase_row(sql_, row, pending_.tallies); }
  void put(const AttestationRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const IdempotencyRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const DecisionRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void put(const SettingRow& row) override { put_row(sql_, row, keys_.row_key, pending_.tallies); }
  void forget_idempotency(std::string_view client, std::string_view key_hash) override;
  void forget_expired(Instant now, std::size_t limit) override;
  void forget_details(Instant before, std::size_t limit) override;
  void keep(const ProtectedPayload& payload) override;
  void destroy(const PayloadId& id, Destroy when) override;
  LogPlace append(LogKind kind, const LogDetail& detail, Instant now) override;

 protected:
  std::optional<KeyWrapper::Wrapped> payload_key(const PayloadId& id) const override;

 private:
  std::int64_t next_of(const std::string& text, std::string_view id);
  void forget_answer(const IdempotencyRow& row);

  Pending& pending_;
};

}  // namespace hotline
