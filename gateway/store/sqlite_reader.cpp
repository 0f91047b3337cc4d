#include "gateway/store/sqlite_reader.h"

#include "gateway/store/table_io.h"

namespace hotline {
namespace {

constexpr const char* kEntryColumns =
    "SELECT e.idx,e.entry,d.salt,d.detail FROM log_entry e LEFT JOIN log_detail d ON d.idx=e.idx ";

// Nobody acts on what is held, so it takes no place in a page either.
constexpr const char* kNotHeld = "AND referral NOT IN (SELECT id FROM referral WHERE hold<>'') ";

StoredEntry entry_of(const Query& query) {
  StoredEntry entry{static_cast<std::uint64_t>(query.integer(0)), query.text(1), std::nullopt, std::nullopt};
  if (query.is_text(3)) {
    entry.salt = query.text(2);
    entry.detail = query.text(3);
  }
  return entry;
}

std::vector<StoredEntry> entries(Query& query) {
  std::vector<StoredEntry> all;
  while (query.step()) all.push_back(entry_of(query));
  return all;
}

std::int64_t count_where(Sql& sql, const std::string& text, std::string_view value) {
  Query query = sql.query(text);
  query.bind(value);
  return query.step() ? query.integer(0) : 0;
}

}  // namespace

std::optional<ReferralRow> SqliteReader::referral(const ReferralId& id) const {
  return row_where<ReferralRow>(sql_, "WHERE id=?", id);
}
std::vector<ReferralRow> SqliteReader::referrals_of_submission(std::string_view submission) const {
  return rows_where<ReferralRow>(sql_, "WHERE submission=? ORDER BY id", submission);
}
std::vector<ReferralRow> SqliteReader::referrals_under(const ConsentId& consent) const {
  return rows_where<ReferralRow>(
      sql_, "WHERE id IN (SELECT referral FROM referral_consent WHERE consent=?) ORDER BY id", consent);
}
std::vector<ReferralRow> SqliteReader::referrals(std::optional<Instant> before, std::size_t limit) const {
  const Instant end = before.value_or(Instant{INT64_MAX});
  return rows_where<ReferralRow>(
      sql_, "WHERE created<? AND handling<>'code' ORDER BY created DESC, id LIMIT ?", end, limit);
}
std::vector<ReferralRow> SqliteReader::referrals_over(Instant now, std::size_t limit) const {
  return rows_where<ReferralRow>(sql_,
                                 "WHERE until<=? AND status NOT IN ('completed','closed_no_contact',"
                                 "'withdrawn_by_person','revoked_by_sender','expired','failed_delivery',"
                                 "'refused_by_policy') ORDER BY until LIMIT ?",
                                 now, limit);
}

std::optional<OutboxRow> SqliteReader::outbox(const MessageId& id) const {
  return row_where<OutboxRow>(sql_, "WHERE message=?", id);
}
std::vector<OutboxRow> SqliteReader::outbox_of(const ReferralId& referral) const {
  return rows_where<OutboxRow>(sql_, "WHERE referral=? ORDER BY created, message", referral);
}
std::vector<OutboxRow> SqliteReader::outbox_due(Instant now, std::size_t limit) const {
  return rows_where<OutboxRow>(
      sql_,
      "INDEXED BY outbox_queued WHERE state='queued' AND next_attempt<=? ORDER BY priority, message LIMIT ?",
      now, limit);
}
std::vector<OutboxRow> SqliteReader::outbox_over(Instant now, std::size_t limit) const {
  return rows_where<OutboxRow>(sql_, "WHERE state='queued' AND until<=? ORDER BY priority, message LIMIT ?",
                               now, limit);
}
std::optional<Instant> SqliteReader::outbox_next_attempt() const {
  Query query = sql_.query("SELECT min(next_attempt) FROM outbox WHERE state='queued'");
  if (!query.step() || !query.is_integer(0)) return std::nullopt;
  return Instant{query.integer(0)};
}
std::int64_t SqliteReader::outbox_count(OutboxState state) const {
  return count_where(sql_, "SELECT count(*) FROM outbox WHERE state=?", to_string(state));
}

std::optional<InboxRow> SqliteReader::inbox(const MemberId& sender, const MessageId& message) const {
  return row_where<InboxRow>(sql_, "WHERE sender=? AND message=?", sender, message);
}
std::optional<InboxRow> SqliteReader::inbox_at(std::int64_t cursor) const {
  return row_where<InboxRow>(sql_, "WHERE cursor=?", cursor);
}
std::vector<InboxRow> SqliteReader::inbox_of(const ReferralId& referral) const {
  return rows_where<InboxRow>(sql_, "WHERE referral=? ORDER BY cursor", referral);
}
std::vector<InboxRow> SqliteReader::inbox_waiting(std::int64_t after, std::size_t limit) const {
  const char* tail = after == 0 ? "WHERE state='waiting' AND cursor>? ORDER BY priority, cursor LIMIT ?"
                                : "WHERE state='waiting' AND cursor>? ORDER BY cursor LIMIT ?";
  return rows_where<InboxRow>(sql_, tail, after, limit);
}
std::vector<InboxRow> SqliteReader::inbox_over(Instant now, std::size_t limit) const {
  return rows_where<InboxRow>(sql_, "WHERE state='waiting' AND until<=? ORDER BY priority, cursor LIMIT ?",
                              now, limit);
}
std::int64_t SqliteReader::inbox_count(InboxState state) const {
  return count_where(sql_, "SELECT count(*) FROM inbox WHERE state=?", to_string(state));
}

std::optional<ReplayRow> SqliteReader::replay(const MemberId& sender, const MessageId& message) const {
  return row_where<ReplayRow>(sql_, "WHERE sender=? AND message=?", sender, message);
}
std::vector<TimelineRow> SqliteReader::timeline(const ReferralId& referral) const {
  return rows_where<TimelineRow>(sql_, "WHERE referral=? ORDER BY step", referral);
}
std::optional<ReceiptRow> SqliteReader::receipt(const MessageId& message) const {
  return row_where<ReceiptRow>(sql_, "WHERE message=?", message);
}
std::vector<ReceiptRow> SqliteReader::receipts_of(const ReferralId& referral) const {
  return rows_where<ReceiptRow>(sql_, "WHERE referral=? ORDER BY at, message", referral);
}
std::vector<ConsentRow> SqliteReader::consent_history(const ConsentId& id) const {
  return rows_where<ConsentRow>(sql_, "WHERE id=? ORDER BY version", id);
}
std::optional<WithdrawnConsentRow> SqliteReader::withdrawn(const ConsentId& id) const {
  return row_where<WithdrawnConsentRow>(sql_, "WHERE id=? AND stage NOT IN ('lifting','lifted')", id);
}
std::optional<WithdrawnConsentRow> SqliteReader::withdrawal(const ConsentId& id) const {
  return row_where<WithdrawnConsentRow>(sql_, "WHERE id=?", id);
}
std::vector<WithdrawnConsentRow> SqliteReader::withdrawals_open() const {
  return rows_where<WithdrawnConsentRow>(sql_, "WHERE stage NOT IN ('told','lifted') ORDER BY at, id");
}
std::vector<ReferralRow> SqliteReader::referrals_onward_of(const ReferralId& received) const {
  if (received.get().empty()) return {};
  return rows_where<ReferralRow>(sql_, "WHERE onward_of=? AND onward_of<>'' ORDER BY created, id", received);
}
std::vector<ReferralRow> SqliteReader::referrals_held(Instant now, std::size_t limit) const {
  return rows_where<ReferralRow>(sql_, "WHERE hold<>'' AND hold_until<=? ORDER BY hold_until LIMIT ?", now,
                                 limit);
}
std::optional<RecallRow> SqliteReader::recall(const ReferralId& referral) const {
  return row_where<RecallRow>(sql_, "WHERE referral=?", referral);
}
std::vector<RecallRow> SqliteReader::recalls_open() const {
  return rows_where<RecallRow>(
      sql_,
      "WHERE (stage<>'lifted' AND (proof='' OR system='asked' OR proven<downstream)) OR cascade<>''"
      " ORDER BY at, referral");
}
std::vector<DeadlineRow> SqliteReader::deadlines_of(const ReferralId& referral) const {
  return rows_where<DeadlineRow>(sql_, "WHERE referral=? ORDER BY due, step", referral);
}
std::vector<DeadlineRow> SqliteReader::deadlines_due(Instant now, std::size_t limit) const {
  return rows_where<DeadlineRow>(
      sql_, std::string("WHERE met=0 AND told=0 AND due<=? ") + kNotHeld + "ORDER BY due, step LIMIT ?", now,
      limit);
}
std::vector<DeadlineRow> SqliteReader::deadlines_missed(std::size_t limit) const {
  return rows_where<DeadlineRow>(
      sql_, std::string("WHERE met=0 AND told>0 ") + kNotHeld + "ORDER BY due, step LIMIT ?", limit);
}
std::vector<EventRow> SqliteReader::events(std::int64_t after, std::string_view audience,
                                           std::size_t limit) const {
  return rows_where<EventRow>(sql_, "WHERE cursor>? AND (audience='' OR audience=?) ORDER BY cursor LIMIT ?",
                              after, audience, limit);
}
std::optional<WordsRow> SqliteReader::words(const ConsentId& consent) const {
  return row_where<WordsRow>(sql_, "WHERE consent=?", consent);
}
std::optional<WordsRow> SqliteReader::words_of_code(std::string_view code) const {
  return row_where<WordsRow>(sql_, "WHERE code=?", code);
}
std::vector<CodeRequestRow> SqliteReader::code_requests(std::size_t limit) const {
  return rows_where<CodeRequestRow>(sql_, "ORDER BY at, id LIMIT ?", limit);
}
std::optional<AttestationRow> SqliteReader::attestation(std::string_view id) const {
  return row_where<AttestationRow>(sql_, "WHERE id=?", id);
}
std::vector<AttestationRow> SqliteReader::attestations_for(const MemberId& recipient, Instant now) const {
  return rows_where<AttestationRow>(sql_, "WHERE recipient=? AND until>? AND at<=? ORDER BY at, id",
                                    recipient, now, now);
}
std::optional<IdempotencyRow> SqliteReader::idempotency(std::string_view client,
                                                        std::string_view key_hash) const {
  return row_where<IdempotencyRow>(sql_, "WHERE client=? AND key_hash=?", client, key_hash);
}
std::optional<DecisionRow> SqliteReader::decision(std::string_view id) const {
  return row_where<DecisionRow>(sql_, "WHERE id=?", id);
}
std::optional<std::string> SqliteReader::setting(std::string_view name) const {
  auto row = row_where<SettingRow>(sql_, "WHERE name=?", name);
  if (!row) return std::nullopt;
  return std::move(row->value);
}

std::optional<std::string> SqliteReader::payload(const PayloadId& id) const {
  const auto wrapped = payload_key(id);
  if (!wrapped) return std::nullopt;
  Query query = sql_.query("SELECT ciphertext FROM payload WHERE id=?");
  query.bind(std::string_view(id.get()));
  if (!query.step()) return std::nullopt;
  const auto key = keys_.wrapper.unwrap(*wrapped, id.get());
  auto plaintext = key ? decrypt_bytes(*key, query.text(0), id.get()) : fail(key.error());
  if (!plaintext) {
    sql_.failed(SQLITE_CORRUPT);  // it is there and it is not what was stored: no answer is the wrong answer
    return std::nullopt;
  }
  return std::move(*plaintext);
}

std::uint64_t SqliteReader::log_size() const {
  Query query = sql_.query("SELECT max(idx) FROM log_entry");
  return query.step() && query.is_integer(0) ? static_cast<std::uint64_t>(query.integer(0)) + 1 : 0;
}
std::optional<StoredEntry> SqliteReader::log_entry(std::uint64_t index) const {
  auto found = log_entries(index, 1);
  if (found.empty() || found.front().index != index) return std::nullopt;
  return std::move(found.front());
}
std::vector<StoredEntry> SqliteReader::log_entries(std::uint64_t from, std::size_t limit) const {
  Query query = sql_.query(std::string(kEntryColumns) + "WHERE e.idx>=? ORDER BY e.idx LIMIT ?");
  query.bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(limit));
  return entries(query);
}
std::vector<StoredEntry> SqliteReader::log_entries_of(const ReferralId& referral) const {
  if (referral.get().empty()) return {};
  Query query =
      sql_.query(std::string(kEntryColumns) + "WHERE d.referral=? AND d.referral<>'' ORDER BY e.idx");
  query.bind(std::string_view(referral.get()));
  return entries(query);
}
std::optional<std::string> SqliteReader::log_node(unsigned level, std::uint64_t index) const {
  Query query = sql_.query("SELECT hash FROM log_node WHERE level=? AND idx=?");
  query.bind(std::int64_t{level}).bind(static_cast<std::int64_t>(index));
  if (!query.step()) return std::nullopt;
  return query.text(0);
}
std::optional<std::string> SqliteReader::signed_head() const {
  Query query = sql_.query("SELECT note FROM tree_head ORDER BY size DESC LIMIT 1");
  if (!query.step()) return std::nullopt;
  return query.text(0);
}

}  // namespace hotline
