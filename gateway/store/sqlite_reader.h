// The questions of Reader, as SQL over one connection inside one transaction.
#pragma once

#include "gateway/crypto/node_keys.h"
#include "gateway/store/key_store.h"
#include "gateway/store/store.h"

namespace hotline {

class SqliteReader : public virtual Reader {
 public:
  SqliteReader(Sql& sql, const KeyStore& payload_keys, const NodeKeys& keys)
      : sql_(sql), payload_keys_(payload_keys), keys_(keys) {}

  std::optional<ReferralRow> referral(const ReferralId& id) const override;
  std::vector<ReferralRow> referrals_of_submission(std::string_view submission) const override;
  std::vector<ReferralRow> referrals_under(const ConsentId& consent) const override;
  std::vector<ReferralRow> referrals(std::optional<Instant> before, std::size_t limit) const override;
  std::vector<ReferralRow> referrals_over(Instant now, std::size_t limit) const override;
  std::optional<OutboxRow> outbox(const MessageId& id) const override;
  std::vector<OutboxRow> outbox_of(const ReferralId& referral) const override;
  std::vector<OutboxRow> outbox_due(Instant now, std::size_t limit) const override;
  std::vector<OutboxRow> outbox_over(Instant now, std::size_t limit) const override;
  std::optional<Instant> outbox_next_attempt() const override;
  std::int64_t outbox_count(OutboxState state) const override;
  std::optional<InboxRow> inbox(const MemberId& sender, const MessageId& message) const override;
  std::optional<InboxRow> inbox_at(std::int64_t cursor) const override;
  std::vector<InboxRow> inbox_of(const ReferralId& referral) const override;
  std::vector<InboxRow> inbox_waiting(std::int64_t after, std::size_t limit) const override;
  std::vector<InboxRow> inbox_over(Instant now, std::size_t limit) const override;
  std::int64_t inbox_count(InboxState state) const override;
  std::optional<ReplayRow> replay(const MemberId& sender, const MessageId& message) const override;
  std::vector<TimelineRow> timeline(const ReferralId& referral) const override;
  std::optional<ReceiptRow> receipt(const MessageId& message) const override;
  std::vector<ReceiptRow> receipts_of(const ReferralId& referral) const override;
  std::vector<ConsentRow> consent_history(const ConsentId& id) const override;
  std::optional<WithdrawnConsentRow> withdrawn(const ConsentId& id) const override;
  std::optional<WithdrawnConsentRow> withdrawal(const ConsentId& id) const override;
  std::vector<WithdrawnConsentRow> withdrawals_open() const override;
  std::vector<ReferralRow> referrals_onward_of(const ReferralId& received) const override;
  std::vector<ReferralRow> referrals_held(Instant now, std::size_t limit) const override;
  std::optional<RecallRow> recall(const ReferralId& referral) const override;
  std::vector<RecallRow> recalls_open() const override;
  std::vector<DeadlineRow> deadlines_of(const ReferralId& referral) const override;
  std::vector<DeadlineRow> deadlines_due(Instant now, std::size_t limit) const override;
  std::vector<DeadlineRow> deadlines_missed(std::size_t limit) const override;
  std::vector<EventRow> events(std::int64_t after, std::string_view audience,
                               std::size_t limit) const override;
  std::optional<WordsRow> words(const ConsentId& consent) const override;
  std::optional<WordsRow> words_of_code(std::string_view code) const override;
  std::vector<CodeRequestRow> code_requests(std::size_t limit) const override;
  std::optional<AttestationRow> attestation(std::string_view id) const override;
  std::vector<AttestationRow> attestations_for(const MemberId& recipient, Instant now) const override;
  std::optional<IdempotencyRow> idempotency(std::string_view client,
                                            std::string_view key_hash) const override;
  std::optional<DecisionRow> decision(std::string_view id) const override;
  std::optional<std::string> setting(std::string_view name) const override;
  std::optional<std::string> payload(const PayloadId& id) const override;
  std::uint64_t log_size() const override;
  std::optional<StoredEntry> log_entry(std::uint64_t index) const override;
  std::vector<StoredEntry> log_entries(std::uint64_t from, std::size_t limit) const override;
  std::vector<StoredEntry> log_entries_of(const ReferralId& referral) const override;
  std::optional<std::string> log_node(unsigned level, std::uint64_t index) const override;
  std::optional<std::string> signed_head() const override;

 protected:
  // A payload of this very transaction, whose key is not in keys.db yet.
  virtual std::optional<KeyWrapper::Wrapped> payload_key(const PayloadId& id) const {
    return payload_keys_.find(id);
  }

  Sql& sql_;
  const KeyStore& payload_keys_;
  const NodeKeys& keys_;
};

}  // namespace hotline
