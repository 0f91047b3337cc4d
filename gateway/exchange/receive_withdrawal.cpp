// A withdrawal that has arrived, and the proof of one of ours.
#include <algorithm>

#include "gateway/exchange/contact.h"
#include "gateway/exchange/control_plan.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/withdraw.h"
#include "gateway/log/entry.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

ReferralStatus status_of_withdrawal(ControlReason reason) {
  switch (reason) {
    case ControlReason::sender_recalled:
    case ControlReason::entered_in_error:
      return ReferralStatus::revoked_by_sender;
    case ControlReason::consent_expired:
    case ControlReason::time_over:
      return ReferralStatus::expired;
    default:
      return ReferralStatus::withdrawn_by_person;
  }
}

ReferralRow row_before_its_referral(const Opened& opened, const ControlMessage::Fields& said, Instant now) {
  ReferralRow row;
  row.id = said.referral;
  row.peer = opened.sender;
  row.direction = Direction::inbound;
  row.status = ReferralStatus::delivered;
  row.created = now;
  row.until = opened.until;
  return row;
}

struct Held {
  bool payload = false;   // something that can still be read
  bool was_read = false;  // our hotline's own system has seen or taken it
  Downstream behind;
};

Result<Held> what_is_held(const ExchangeContext& context, const ReferralId& id) {
  Held held;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& item : reader.inbox_of(id)) {
      held.payload = held.payload || item.state == InboxState::waiting;
    }
    for (const auto& entry : reader.log_entries_of(id)) {
      const auto parsed = LogEntry::parse(entry.entry);
      held.was_read =
          held.was_read || (parsed && (parsed->kind == LogKind::read || parsed->kind == LogKind::ack));
    }
    held.behind = count_downstream(reader, id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return held;
}

RecallRow recall_of(const ReferralRow& row, const MessageId& message, std::string_view stage, Instant now) {
  RecallRow recall;
  recall.referral = row.id;
  recall.peer = row.peer;
  recall.direction = Direction::inbound;
  recall.stage = std::string(stage);
  recall.message = message;
  recall.at = now;
  return recall;
}

std::optional<RecallRow> known_recall(const ExchangeContext& context, const ReferralId& id) {
  std::optional<RecallRow> recall;
  (void)context.store.read([&](const Reader& reader) -> Result<void> {
    recall = reader.recall(id);
    return {};
  });
  return recall;
}

// Held or released; a late one of the two changes nothing.
ControlPlan plan_hold(ReferralRow row, const Opened& opened, const ControlMessage::Fields& said,
                      Instant now) {
  ControlPlan plan;
  const bool holds = said.reason == ControlReason::withdrawal_pending;
  const bool gone =
      row.status == ReferralStatus::withdrawn_by_person || row.status == ReferralStatus::revoked_by_sender;
  if (said.sequence <= row.seen_sequence || gone) return plan;
  row.seen_sequence = said.sequence;
  row.updated = now;
  ++row.version;
  if (holds != row.hold.empty()) {  // a lift before its hold: the hold will be late
    plan.row = std::move(row);
    return plan;
  }
  row.hold = holds ? std::string(kHeld) : std::string();
  row.hold_until = holds ? now.plus_seconds(kConfirmWithinSeconds) : Instant{};
  plan.recall = recall_of(row, opened.message, holds ? kPending : kLifted, now);
  plan.recall->cascade = "owed";
  plan.event = holds ? EventKind::withdrawal_pending : EventKind::withdrawal_lifted;
  plan.changes_status = true;  // so that the timeline says it
  plan.result = ReceiptResult::applied;
  plan.row = std::move(row);
  return plan;
}

// A purge proves something only as the answer to a withdrawal that we have sent.
Result<bool> answers_our_withdrawal(const ExchangeContext& context, const MemberId& sender,
                                    const ControlMessage::Fields& said) {
  bool found = false;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.outbox_of(said.referral)) {
      found =
          found || (row.kind == MessageKind::withdrawal && row.message == said.about && row.peer == sender);
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return found;
}

bool is_of_a_purge(ControlReason reason) {
  return reason == ControlReason::key_destroyed || reason == ControlReason::nothing_held ||
         reason == ControlReason::system_erased || reason == ControlReason::kept_by_law ||
         reason == ControlReason::downstream_proven;
}

// The newest word of the receiver about everything; how the gateway itself destroyed it is said once.
void take_proof(RecallRow& recall, const ControlMessage::Fields& said, Instant now) {
  if (recall.proof.empty()) {
    const bool destroyed = said.reason == ControlReason::key_destroyed;
    recall.proof = std::string(to_string(destroyed ? said.reason : ControlReason::nothing_held));
  }
  recall.system = said.system;
  recall.downstream = said.downstream;
  recall.proven = said.proven;
  recall.proved = now;
}

void move_to_withdrawn(ReferralRow& row) {
  row.status = ReferralStatus::withdrawn_by_person;
  row.hold.clear();
  row.hold_until = Instant{};
}

}  // namespace

bool came_before_its_referral(const ReferralRow& row) {
  return row.direction == Direction::inbound && row.purpose.empty();
}

void destroy_received(Transaction& transaction, const ReferralId& referral) {
  if (const auto row = transaction.referral(referral)) forget_contact_rules(transaction, *row);
  for (auto item : transaction.inbox_of(referral)) {
    transaction.destroy(item.canonical, Destroy::before_return);
    transaction.destroy(item.national, Destroy::before_return);
    item.canonical = item.national = PayloadId();
    item.state = InboxState::purged;
    transaction.put(item);
  }
}

Result<PurgeProof> make_proof(const ExchangeContext& context, const ReferralRow& row, const MessageId& about,
                              ReferralStatus status, Instant now) {
  const auto held = what_is_held(context, row.id);
  if (!held) return fail(held.error());
  const auto known = known_recall(context, row.id);
  PurgeProof proof;
  proof.recall = recall_of(row, about, kConfirmed, now);
  const auto reason = held->payload ? ControlReason::key_destroyed : ControlReason::nothing_held;
  proof.recall.proof = std::string(to_string(reason));
  proof.recall.proved = now;
  // What was attested once is not asked for again.
  proof.recall.system = known && known->stage == kConfirmed ? known->system
                        : held->was_read                    ? SystemPurge::asked
                                                            : SystemPurge::untouched;
  proof.recall.downstream = held->behind.total;
  proof.recall.proven = held->behind.proven;
  if (held->behind.total > 0) proof.recall.cascade = "owed";
  ControlWish wish;
  wish.kind = MessageKind::purge;
  wish.status = status;
  wish.reason = reason;
  wish.about = about;
  wish.system = proof.recall.system;
  wish.downstream = proof.recall.downstream;
  wish.proven = proof.recall.proven;
  auto message = make_control(context, row, wish, now);
  if (!message) return fail(std::move(message.error()));
  proof.message = std::move(*message);
  return proof;
}

Result<ControlPlan> plan_withdrawal(const ExchangeContext& context, std::optional<ReferralRow> row,
                                    const Opened& opened, const ControlMessage::Fields& said, Instant now) {
  if (row && row->direction != Direction::inbound) return ControlPlan{};
  if (!row) row = row_before_its_referral(opened, said, now);
  if (said.reason == ControlReason::withdrawal_pending || said.reason == ControlReason::withdrawal_lifted) {
    return plan_hold(std::move(*row), opened, said, now);
  }
  // What is held becomes unreadable at once: the sending hotline knows the person, or has waited for them.
  ControlPlan plan;
  row->seen_sequence = std::max(row->seen_sequence, said.sequence);
  ++row->sent_sequence;
  const auto status = status_of_withdrawal(said.reason);
  plan.changes_status = row->status != status || !row->hold.empty();
  move_to_withdrawn(*row);
  row->status = status;
  row->updated = now;
  ++row->version;
  auto proof = make_proof(context, *row, opened.message, status, now);
  if (!proof) return fail(std::move(proof.error()));
  plan.reply = std::move(proof->message);
  plan.recall = std::move(proof->recall);
  plan.destroys = true;
  plan.result = ReceiptResult::applied;
  if (plan.changes_status) plan.event = EventKind::withdrawn;
  plan.row = std::move(row);
  return plan;
}

Result<ControlPlan> plan_stranger(const ExchangeContext& context, const Opened& opened,
                                  const ControlMessage::Fields& said, Instant now) {
  ControlPlan plan;
  plan.stranger = true;
  const bool holds = said.reason == ControlReason::withdrawal_pending;
  plan.result =
      said.reason == ControlReason::withdrawal_lifted ? ReceiptResult::superseded : ReceiptResult::applied;
  if (holds || plan.result == ReceiptResult::superseded) return plan;
  auto row = row_before_its_referral(opened, said, now);
  row.sent_sequence = 1;
  const auto status = status_of_withdrawal(said.reason);
  const ControlWish wish{MessageKind::purge, status, ControlReason::nothing_held, {}, opened.message};
  auto message = make_control(context, row, wish, now);
  if (!message) return fail(std::move(message.error()));
  plan.reply = std::move(*message);
  return plan;
}

Result<ControlPlan> plan_purge(const ExchangeContext& context, ReferralRow row, const Opened& opened,
                               const ControlMessage::Fields& said, Instant now) {
  ControlPlan plan;
  if (row.direction != Direction::outbound || said.sequence <= row.seen_sequence) return plan;
  const auto ours = answers_our_withdrawal(context, opened.sender, said);
  if (!ours) return fail(ours.error());
  if (!*ours || !is_of_a_purge(said.reason)) return plan;
  row.seen_sequence = said.sequence;
  row.updated = now;
  ++row.version;
  plan.recall = known_recall(context, row.id);
  if (plan.recall) {
    take_proof(*plan.recall, said, now);
    if (plan.recall->stage != kConfirmed) {  // nobody there heard of it in time: it is gone
      plan.recall->stage = std::string(kConfirmed);
      move_to_withdrawn(row);
    }
    const bool whole = plan.recall->system != SystemPurge::asked && said.proven == said.downstream;
    if (whole) plan.event = EventKind::purge_proven;
  }
  plan.result = ReceiptResult::applied;
  plan.row = std::move(row);
  return plan;
}

}  // namespace hotline
