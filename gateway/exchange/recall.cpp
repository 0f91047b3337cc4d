#include "gateway/exchange/recall.h"

#include "gateway/exchange/contact.h"
#include "gateway/exchange/control.h"
#include "gateway/exchange/settle.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

constexpr Instant kNever{INT64_MAX};

struct Plan {
  ReferralRow row;
  std::optional<ControlParcel> message;  // nothing when it has been said before
  bool shown_before = false;
};

bool only_holds(ControlReason reason) {
  return reason == ControlReason::withdrawal_pending || reason == ControlReason::withdrawal_lifted;
}

std::string_view stage_of(ControlReason reason) {
  if (reason == ControlReason::withdrawal_pending) return kPending;
  return reason == ControlReason::withdrawal_lifted ? kLifted : kConfirmed;
}

void cancel_deliveries(Transaction& transaction, const ReferralId& referral) {
  for (auto row : transaction.outbox_of(referral)) {
    if (row.kind != MessageKind::referral || row.state != OutboxState::queued) continue;
    transaction.destroy(row.sealed, Destroy::before_return);
    row.sealed = PayloadId();
    row.state = OutboxState::cancelled;
    transaction.put(row);
  }
}

// False when there is nothing (more) to say.
Result<bool> move(ReferralRow& row, const RecallWish& wish) {
  const bool held = !row.hold.empty();
  switch (wish.reason) {
    case ControlReason::withdrawal_pending:
      if (wish.forced && row.hold == kHeld) {
        row.hold = std::string(kForcedHold);
        return true;
      }
      if (held || row.status == ReferralStatus::withdrawn_by_person ||
          row.status == ReferralStatus::revoked_by_sender) {
        return wish.again && held;
      }
      row.hold = std::string(wish.forced ? kForcedHold : kHeld);
      row.hold_until = kNever;  // the consent's own clock ends it
      return true;
    case ControlReason::withdrawal_lifted:
      if (!held) return false;
      row.hold.clear();
      row.hold_until = Instant{};
      return true;
    default:
      break;
  }
  if (row.status == wish.status) return wish.again;
  if (!may_follow(row.status, wish.status)) {
    return fail(ErrorCode::state_conflict, "/status", std::string(to_string(row.status)));
  }
  row.status = wish.status;
  row.hold.clear();
  row.hold_until = Instant{};
  return true;
}

Result<Plan> plan_recall(const ExchangeContext& context, std::optional<ReferralRow> row,
                         const RecallWish& wish, Instant now) {
  if (!row) return fail(ErrorCode::not_found);
  const bool was_forced = row->hold == kForcedHold;
  const auto moved = move(*row, wish);
  if (!moved) return fail(moved.error());
  if (!*moved) return Plan{std::move(*row), std::nullopt, false};
  row->updated = now;
  ++row->version;
  ++row->sent_sequence;
  ControlWish message;
  message.kind = MessageKind::withdrawal;
  message.status = wish.status;
  message.reason = wish.reason;
  auto parcel = make_control(context, *row, message, now);
  if (!parcel) return fail(std::move(parcel.error()));
  parcel->step.status = row->status;
  if (wish.forced) {
    parcel->step.status = ReferralStatus::withdrawn_by_person;
    parcel->step.reason = ControlReason::person_withdrew;
  }
  const bool shown_before = was_forced && wish.reason != ControlReason::withdrawal_lifted;
  return Plan{std::move(*row), std::move(*parcel), shown_before};
}

void note_recall(Transaction& transaction, const Plan& plan, const RecallWish& wish, Instant now) {
  auto known = transaction.recall(plan.row.id);
  RecallRow recall = known && wish.again ? std::move(*known) : RecallRow{};
  recall.referral = plan.row.id;
  recall.peer = plan.row.peer;
  recall.direction = Direction::outbound;
  recall.stage = std::string(stage_of(wish.reason));
  recall.message = plan.message->outbox.message;
  recall.asked = now;
  if (recall.at.ms == 0) recall.at = now;
  transaction.put(recall);
}

}  // namespace

ReferralStatus shown_status(const ReferralRow& row) {
  return row.hold.empty() ? row.status : ReferralStatus::withdrawn_by_person;
}

Result<RecallResult> recall_referral(const ExchangeContext& context, const ReferralId& id,
                                     const RecallWish& wish) {
  const Instant now = context.clock.now();
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) { return plan_recall(context, std::move(row), wish, now); },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        if (!only_holds(wish.reason)) {
          cancel_deliveries(transaction, id);
          forget_contact_rules(transaction, prepared.row);
        }
        if (!prepared.message) return {};
        transaction.put(prepared.row);
        note_recall(transaction, prepared, wish, now);
        if (prepared.shown_before) {
          put_unseen(transaction, *prepared.message);
        } else {
          put(transaction, *prepared.message);
        }
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  RecallResult result{std::move(plan->row), {}};
  if (plan->message) result.jobs.push_back(job_of(std::move(*plan->message)));
  return result;
}

namespace {

RecallWish wish_behind(const RecallRow& recall, const ReferralRow& received) {
  if (recall.stage == kPending) return {received.status, ControlReason::withdrawal_pending, false};
  if (recall.stage == kLifted) return {received.status, ControlReason::withdrawal_lifted, false};
  switch (received.status) {
    case ReferralStatus::revoked_by_sender:
      return {received.status, ControlReason::sender_recalled, false};
    case ReferralStatus::expired:
      return {received.status, ControlReason::consent_expired, false};
    default:
      return {};
  }
}

}  // namespace

Result<std::vector<DeliveryJob>> pass_on_recall(const ExchangeContext& context, const ReferralId& received) {
  std::optional<RecallRow> recall;
  std::optional<ReferralRow> row;
  std::vector<ReferralRow> behind;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    recall = reader.recall(received);
    row = reader.referral(received);
    behind = reader.referrals_onward_of(received);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  if (!recall || !row || recall->cascade.empty()) return jobs;
  const auto wish = wish_behind(*recall, *row);
  for (const auto& each : behind) {
    auto told = recall_referral(context, each.id, wish);
    // Over in another way at this receiver: there is nothing left to take back there.
    if (!told && told.error().code == ErrorCode::state_conflict) continue;
    if (!told) return fail(std::move(told.error()));
    for (auto& job : told->jobs) jobs.push_back(std::move(job));
  }
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto current = transaction.recall(received);
    if (!current || current->stage != recall->stage) return {};
    current->cascade.clear();
    transaction.put(*current);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return jobs;
}

Downstream count_downstream(const Reader& reader, const ReferralId& received) {
  Downstream count;
  for (const auto& each : reader.referrals_onward_of(received)) {
    ++count.total;
    const auto recall = reader.recall(each.id);
    if (!recall) continue;
    count.total += recall->downstream;
    count.proven += recall->proven + (recall->proof.empty() ? 0 : 1);
  }
  return count;
}

namespace {

struct Report {
  ReferralRow row;
  RecallRow recall;
  std::optional<ControlParcel> message;
};

Result<Report> plan_report(const ExchangeContext& context, std::optional<ReferralRow> row, Instant now) {
  if (!row) return fail(ErrorCode::not_found);
  std::optional<RecallRow> recall;
  Downstream count;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    recall = reader.recall(row->id);
    count = count_downstream(reader, row->id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (!recall || recall->direction != Direction::inbound || recall->stage != kConfirmed ||
      (recall->downstream == count.total && recall->proven == count.proven)) {
    return Report{std::move(*row), {}, std::nullopt};
  }
  recall->downstream = count.total;
  recall->proven = count.proven;
  ++row->version;
  ++row->sent_sequence;
  ControlWish wish;
  wish.kind = MessageKind::purge;
  wish.status = row->status;
  wish.reason = ControlReason::downstream_proven;
  wish.about = recall->message;
  wish.system = recall->system;
  wish.downstream = count.total;
  wish.proven = count.proven;
  auto message = make_control(context, *row, wish, now);
  if (!message) return fail(std::move(message.error()));
  return Report{std::move(*row), std::move(*recall), std::move(*message)};
}

}  // namespace

Result<std::vector<DeliveryJob>> report_downstream(const ExchangeContext& context,
                                                   const ReferralId& received) {
  const Instant now = context.clock.now();
  auto report = settle(
      context.store, received,
      [&](std::optional<ReferralRow> row) { return plan_report(context, std::move(row), now); },
      [&](Transaction& transaction, Report& prepared) -> Result<void> {
        if (!prepared.message) return {};
        transaction.put(prepared.row);
        transaction.put(prepared.recall);
        put(transaction, *prepared.message);
        return {};
      });
  if (!report) return fail(std::move(report.error()));
  std::vector<DeliveryJob> jobs;
  if (report->message) jobs.push_back(job_of(std::move(*report->message)));
  return jobs;
}

}  // namespace hotline
