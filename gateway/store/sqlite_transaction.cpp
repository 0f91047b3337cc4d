#include "gateway/store/sqlite_transaction.h"

#include <algorithm>

#include "gateway/crypto/random.h"

namespace hotline {
namespace {

constexpr std::size_t kSaltBytes = 32;

}  // namespace

void SqliteTransaction::put(const ReferralRow& row) {
  const auto before = referral(row.id);
  put_row(sql_, row, keys_.row_key, pending_.tallies);
  if (before && before->consents == row.consents) return;
  Query clear = sql_.query("DELETE FROM referral_consent WHERE referral=?");
  clear.bind(std::string_view(row.id.get())).run();
  for (const auto& consent : row.consents) {
    Query link = sql_.query("INSERT OR IGNORE INTO referral_consent(consent,referral) VALUES(?,?)");
    link.bind(std::string_view(consent.get())).bind(std::string_view(row.id.get())).run();
  }
}

void SqliteTransaction::put(const InboxRow& row) {
  InboxRow placed = row;
  if (const auto before = inbox(row.sender, row.message)) {
    placed.cursor = before->cursor;
  } else {
    placed.cursor = ++pending_.last_cursor;
  }
  put_row(sql_, placed, keys_.row_key, pending_.tallies);
}

std::int64_t SqliteTransaction::next_of(const std::string& text, std::string_view id) {
  Query query = sql_.query(text);
  query.bind(id);
  return query.step() && query.is_integer(0) ? query.integer(0) + 1 : 0;
}

void SqliteTransaction::put(const TimelineRow& row) {
  TimelineRow placed = row;
  if (placed.step < 0)
    placed.step = next_of("SELECT max(step) FROM timeline WHERE referral=?", row.referral.get());
  put_row(sql_, placed, keys_.row_key, pending_.tallies);
}

void SqliteTransaction::put(const ConsentRow& row) {
  ConsentRow placed = row;
  if (placed.version < 0)
    placed.version = next_of("SELECT max(version) FROM consent WHERE id=?", row.id.get());
  put_row(sql_, placed, keys_.row_key, pending_.tallies);
}

constexpr std::int64_t kEventStep = std::int64_t{1} << 20;

// Cursors rise and none is given twice, though old events go: the newest is never dropped. Those for
// everybody follow each other in equal steps; those for a named human lie between, so that no gap tells of
// them.
void SqliteTransaction::put(const EventRow& row) {
  EventRow placed = row;
  if (placed.cursor == 0) {
    Query query = sql_.query("SELECT max(cursor) FROM event");
    const std::int64_t newest = query.step() && query.is_integer(0) ? query.integer(0) : 0;
    placed.cursor = row.audience.empty() ? (newest / kEventStep + 1) * kEventStep : newest + 1;
  }
  put_row(sql_, placed, keys_.row_key, pending_.tallies);
}

void SqliteTransaction::forget_answer(const IdempotencyRow& row) {
  destroy(row.response, Destroy::soon);
  erase_row(sql_, row, pending_.tallies);
}

void SqliteTransaction::forget_idempotency(std::string_view client, std::string_view key_hash) {
  if (const auto row = idempotency(client, key_hash)) forget_answer(*row);
}

void SqliteTransaction::forget_expired(Instant now, std::size_t limit) {
  for (const auto& row :
       rows_where<IdempotencyRow>(sql_, "WHERE expires<=? ORDER BY expires LIMIT ?", now, limit)) {
    forget_answer(row);
  }
  for (const auto& row :
       rows_where<ReplayRow>(sql_, "WHERE forget_after<=? ORDER BY forget_after LIMIT ?", now, limit)) {
    erase_row(sql_, row, pending_.tallies);
  }
  constexpr std::int64_t kEventsKeptSeconds = std::int64_t{90} * 24 * 3600;
  for (const auto& row : rows_where<EventRow>(
           sql_, "WHERE at<=? AND cursor<(SELECT max(cursor) FROM event) ORDER BY cursor LIMIT ?",
           now.plus_seconds(-kEventsKeptSeconds), limit)) {
    erase_row(sql_, row, pending_.tallies);
  }
}

void SqliteTransaction::forget_details(Instant before, std::size_t limit) {
  const std::string hour = log_hour(before);
  std::vector<std::int64_t> old;
  {
    Query query = sql_.query(
        "SELECT e.idx,e.entry FROM log_detail d JOIN log_entry e ON e.idx=d.idx ORDER BY d.idx LIMIT ?");
    query.bind(static_cast<std::int64_t>(limit));
    while (query.step()) {
      const auto entry = LogEntry::parse(query.text(1));
      // Hours rise with the entries: what follows is younger.
      if (!entry || entry->hour >= hour) break;
      old.push_back(query.integer(0));
    }
  }
  for (const auto index : old) {
    Query query = sql_.query("DELETE FROM log_detail WHERE idx=?");
    query.bind(index).run();
    pending_.tallies["log_detail"].remove(presence_mac("log_detail", std::to_string(index), keys_.row_key));
  }
}

void SqliteTransaction::keep(const ProtectedPayload& payload) {
  Query query = sql_.query("INSERT INTO payload(id,ciphertext) VALUES(?,?)");
  query.bind(std::string_view(payload.id.get())).bind_blob(payload.ciphertext).run();
  pending_.tallies["payload"].add(presence_mac("payload", payload.id.get(), keys_.row_key));
  pending_.keys.push_back({payload.id, {payload.wrap_version, payload.wrapped_key}});
}

void SqliteTransaction::destroy(const PayloadId& id, Destroy when) {
  if (id.get().empty()) return;
  Query query = sql_.query("DELETE FROM payload WHERE id=?");
  query.bind(std::string_view(id.get())).run();
  if (sql_.failure() == SQLITE_OK && sqlite3_changes(sql_.get()) == 1) {
    pending_.tallies["payload"].remove(presence_mac("payload", id.get(), keys_.row_key));
  }
  auto& list = when == Destroy::before_return ? pending_.destroy_now : pending_.destroy_soon;
  list.push_back(id);
  std::erase_if(pending_.keys, [&](const StoredKey& key) { return key.id == id; });
}

std::optional<KeyWrapper::Wrapped> SqliteTransaction::payload_key(const PayloadId& id) const {
  const auto staged = std::find_if(pending_.keys.begin(), pending_.keys.end(),
                                   [&](const StoredKey& key) { return key.id == id; });
  return staged == pending_.keys.end() ? payload_keys_.find(id) : staged->wrapped;
}

LogPlace SqliteTransaction::append(LogKind kind, const LogDetail& detail, Instant now) {
  const std::string salt = random_bytes(kSaltBytes);
  const std::string text = detail.canonical();
  const LogEntry entry{kind, log_hour(now), commitment_of(salt, text)};
  const std::string bytes = entry.canonical();
  const std::uint64_t index = pending_.tree.size();
  const std::string leaf = merkle_leaf(bytes);

  Query put_entry = sql_.query("INSERT INTO log_entry(idx,entry) VALUES(?,?)");
  put_entry.bind(static_cast<std::int64_t>(index)).bind(std::string_view(bytes)).run();
  Query put_detail = sql_.query("INSERT INTO log_detail(idx,salt,detail,referral) VALUES(?,?,?,?)");
  put_detail.bind(static_cast<std::int64_t>(index)).bind_blob(salt).bind(std::string_view(text));
  put_detail.bind(detail.referral_id()).run();
  pending_.tallies["log_detail"].add(presence_mac("log_detail", std::to_string(index), keys_.row_key));
  for (const auto& node : pending_.tree.append(leaf)) {
    Query put_node = sql_.query("INSERT INTO log_node(level,idx,hash) VALUES(?,?,?)");
    put_node.bind(std::int64_t{node.level}).bind(static_cast<std::int64_t>(node.index)).bind_blob(node.hash);
    put_node.run();
  }
  pending_.head_hour = entry.hour;
  return {index, to_hex(leaf)};
}

}  // namespace hotline
