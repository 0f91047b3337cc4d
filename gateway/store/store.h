// What the gateway remembers, behind an interface that another database can implement. One commit is one
// durable unit: rows, payloads and log leaves of it are on disk together when commit() returns, or none is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/log/entry.h"
#include "gateway/log/verify.h"
#include "gateway/store/rows.h"
#include "i18n/base/result.h"

namespace hotline {

// A payload encrypted under a fresh key of its own, made by Store::protect outside the transaction so that
// clients encrypt in parallel.
struct ProtectedPayload {
  PayloadId id;
  std::string ciphertext;
  std::uint32_t wrap_version = 0;
  std::string wrapped_key;
};

// Reads. All answers belong to one snapshot. A failure of the database is remembered: from then on nothing is
// found, and read() or commit() answers store_unavailable whatever the callback returned.
class Reader {
 public:
  virtual ~Reader() = default;

  virtual std::optional<ReferralRow> referral(const ReferralId& id) const = 0;
  virtual std::vector<ReferralRow> referrals_of_submission(std::string_view submission) const = 0;
  virtual std::vector<ReferralRow> referrals_under(const ConsentId& consent) const = 0;
  // Newest first, those created before `before` (exclusive, ties by id).
  virtual std::vector<ReferralRow> referrals(std::optional<Instant> before, std::size_t limit) const = 0;
  virtual std::vector<ReferralRow> referrals_over(
      Instant now, std::size_t limit) const = 0;  // until <= now, not yet ended

  virtual std::optional<OutboxRow> outbox(const MessageId& id) const = 0;
  virtual std::vector<OutboxRow> outbox_of(const ReferralId& referral) const = 0;  // in the order of creation
  // Queued and next_attempt <= now; by priority, then by message id (v7: age).
  virtual std::vector<OutboxRow> outbox_due(Instant now, std::size_t limit) const = 0;
  virtual std::vector<OutboxRow> outbox_over(Instant now,
                                             std::size_t limit) const = 0;  // queued and until <= now
  virtual std::optional<Instant> outbox_next_attempt() const = 0;           // earliest of all queued
  virtual std::int64_t outbox_count(OutboxState state) const = 0;

  virtual std::optional<InboxRow> inbox(const MemberId& sender, const MessageId& message) const = 0;
  virtual std::optional<InboxRow> inbox_at(std::int64_t cursor) const = 0;
  virtual std::vector<InboxRow> inbox_of(const ReferralId& referral) const = 0;
  // Waiting ones with a cursor above `after`: by priority, then cursor, when `after` is 0; by cursor
  // otherwise.
  virtual std::vector<InboxRow> inbox_waiting(std::int64_t after, std::size_t limit) const = 0;
  virtual std::vector<InboxRow> inbox_over(Instant now,
                                           std::size_t limit) const = 0;  // waiting and until <= now
  virtual std::int64_t inbox_count(InboxState state) const = 0;

  virtual std::optional<ReplayRow> replay(const MemberId& sender, const MessageId& message) const = 0;
  virtual std::vector<TimelineRow> timeline(const ReferralId& referral) const = 0;
  virtual std::optional<ReceiptRow> receipt(const MessageId& message) const = 0;
  virtual std::vector<ReceiptRow> receipts_of(const ReferralId& referral) const = 0;
  virtual std::vector<ConsentRow> consent_history(const ConsentId& id) const = 0;
  // Withdrawn, or about to be: nothing leaves under it. One whose withdrawal was lifted is not among them.
  virtual std::optional<WithdrawnConsentRow> withdrawn(const ConsentId& id) const = 0;
  virtual std::optional<WithdrawnConsentRow> withdrawal(
      const ConsentId& id) const = 0;  // lifted ones as well
  virtual std::vector<WithdrawnConsentRow> withdrawals_open()
      const = 0;  // something is left to do, oldest first
  virtual std::vector<ReferralRow> referrals_onward_of(const ReferralId& received) const = 0;
  virtual std::vector<ReferralRow> referrals_held(Instant now, std::size_t limit) const = 0;  // hold is over
  virtual std::optional<RecallRow> recall(const ReferralId& referral) const = 0;
  virtual std::vector<RecallRow> recalls_open() const = 0;  // something of it is still owed, oldest first
  virtual std::vector<DeadlineRow> deadlines_of(const ReferralId& referral) const = 0;
  // Neither met nor told, due <= now; those told and still not met. None is held. By their time.
  virtual std::vector<DeadlineRow> deadlines_due(Instant now, std::size_t limit) const = 0;
  virtual std::vector<DeadlineRow> deadlines_missed(std::size_t limit) const = 0;
  // In order; with `audience` also those that only it may read.
  virtual std::vector<EventRow> events(std::int64_t after, std::string_view audience,
                                       std::size_t limit) const = 0;
  virtual std::optional<WordsRow> words(const ConsentId& consent) const = 0;
  virtual std::optional<WordsRow> words_of_code(std::string_view code) const = 0;
  virtual std::vector<CodeRequestRow> code_requests(std::size_t limit) const = 0;
  virtual std::optional<AttestationRow> attestation(std::string_view id) const = 0;
  virtual std::vector<AttestationRow> attestations_for(const MemberId& recipient,
                                                       Instant now) const = 0;  // in force
  virtual std::optional<IdempotencyRow> idempotency(std::string_view client,
                                                    std::string_view key_hash) const = 0;
  virtual std::optional<DecisionRow> decision(std::string_view id) const = 0;
  virtual std::optional<std::string> setting(std::string_view name) const = 0;

  // The plaintext. Nothing when the payload or its key is destroyed: no way leads back.
  virtual std::optional<std::string> payload(const PayloadId& id) const = 0;

  virtual std::uint64_t log_size() const = 0;
  virtual std::optional<StoredEntry> log_entry(std::uint64_t index) const = 0;
  virtual std::vector<StoredEntry> log_entries(std::uint64_t from, std::size_t limit) const = 0;
  virtual std::vector<StoredEntry> log_entries_of(const ReferralId& referral) const = 0;
  virtual std::optional<std::string> log_node(unsigned level, std::uint64_t index) const = 0;
  virtual std::optional<std::string> signed_head() const = 0;  // newest, as note text
};

enum class Destroy {
  before_return,  // the key is gone from the disk when commit() returns: withdrawal, purge
  soon,  // with one of the next commits, at the latest after a second or at the next start: after a receipt
};

// Writes, with the reads of the same transaction. put() inserts a row or replaces the one of the same key.
class Transaction : public virtual Reader {
 public:
  virtual void put(const ReferralRow& row) = 0;
  virtual void put(const OutboxRow& row) = 0;
  virtual void put(const InboxRow& row) = 0;
  virtual void put(const ReplayRow& row) = 0;
  virtual void put(const TimelineRow& row) = 0;
  virtual void put(const ReceiptRow& row) = 0;
  virtual void put(const ConsentRow& row) = 0;
  virtual void put(const WithdrawnConsentRow& row) = 0;
  virtual void put(const RecallRow& row) = 0;
  virtual void put(const DeadlineRow& row) = 0;
  virtual void put(const EventRow& row) = 0;
  virtual void put(const WordsRow& row) = 0;
  virtual void put(const CodeRequestRow& row) = 0;
  virtual void forget(const CodeRequestRow& row) = 0;
  virtual void put(const AttestationRow& row) = 0;
  virtual void put(const IdempotencyRow& row) = 0;
  virtual void put(const DecisionRow& row) = 0;
  virtual void put(const SettingRow& row) = 0;
  virtual void forget_idempotency(std::string_view client, std::string_view key_hash) = 0;
  // Deletes idempotency rows (with their payloads) and replay rows whose time is over, and events after 90
  // days; at most `limit` of each.
  virtual void forget_expired(Instant now, std::size_t limit) = 0;

  // Deletes the details of log entries from before that hour, oldest first, at most `limit`: the entries
  // stay, and with them the proof that nothing was changed.
  virtual void forget_details(Instant before, std::size_t limit) = 0;

  virtual void keep(const ProtectedPayload& payload) = 0;       // its key is synced before the rows are
  virtual void destroy(const PayloadId& id, Destroy when) = 0;  // unknown or empty ids are harmless
  // One leaf more. The place is final only if this transaction commits.
  virtual LogPlace append(LogKind kind, const LogDetail& detail, Instant now) = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual ProtectedPayload protect(std::string_view plaintext) const = 0;  // no I/O, from any thread

  // Runs `work` alone, then makes it durable; several waiting calls share one write to the disk. `work` must
  // not wait for another commit, do slow things or have effects of its own: it may be discarded when the disk
  // fails. Its error rolls back its own part only and is returned. store_unavailable when the disk is full
  // (nothing is changed, later calls may succeed) or a durable write failed (the state is unknown: the store
  // refuses all work until the program is started again).
  virtual Result<void> commit(const std::function<Result<void>(Transaction&)>& work) = 0;
  virtual Result<void> read(const std::function<Result<void>(const Reader&)>& work) const = 0;

  struct Health {
    bool accepting = true;
    std::string reason;  // "", "disk_full", "write_failed"
  };
  virtual Health health() const = 0;

  // Everything: log, rows, digests of sealed payloads, the database's own structure. Slow; on its own
  // connection.
  virtual Result<LogReport> verify() const = 0;
  // Waits until keys destroyed `soon` are gone and the mirrored tree head is the newest one.
  virtual Result<void> settle() = 0;
};

}  // namespace hotline
