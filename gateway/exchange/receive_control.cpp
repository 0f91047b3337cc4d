// A control message that has arrived: a status, a withdrawal, or the proof of a purge. Late, doubled and
// unknown ones change nothing and are answered all the same.
#include "gateway/exchange/control.h"
#include "gateway/exchange/received.h"
#include "gateway/exchange/settle.h"
#include "gateway/referral/state.h"
#include "gateway/seal/control_message.h"

namespace hotline {
namespace {

struct Plan {
  std::optional<ReferralRow> row;  // as it will be; nothing: no change
  bool changes_status = false;
  bool destroys = false;
  ReceiptResult result = ReceiptResult::superseded;
  std::optional<ControlParcel> reply;
  Taken taken;
};

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

void move(ReferralRow& row, ReferralStatus status, Instant now) {
  row.status = status;
  row.updated = now;
  ++row.version;
}

// The receiver of our referral speaks about it; its gateway may also give it back when nobody took it in
// time.
Plan plan_status(ReferralRow row, const ControlMessage::Fields& said, Instant now) {
  Plan plan;
  const bool may = row.direction == Direction::outbound &&
                   (may_say(Side::receiver, said.status) || said.status == ReferralStatus::expired);
  if (!may || said.sequence <= row.seen_sequence) return plan;
  row.seen_sequence = said.sequence;
  ++row.version;
  if (may_follow(row.status, said.status)) {
    plan.changes_status = row.status != said.status;
    move(row, said.status, now);
    plan.result = ReceiptResult::applied;
  }
  plan.row = std::move(row);
  return plan;
}

bool is_of_a_purge(ControlReason reason) {
  return reason == ControlReason::key_destroyed || reason == ControlReason::nothing_held ||
         reason == ControlReason::system_erased || reason == ControlReason::kept_by_law;
}

// A purge proves something only as the answer to a withdrawal that we have sent.
Result<bool> answers_our_withdrawal(const ExchangeContext& context, const ControlMessage::Fields& said) {
  bool found = false;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.outbox_of(said.referral)) {
      found = found || (row.kind == MessageKind::withdrawal && row.message == said.about);
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return found && is_of_a_purge(said.reason);
}

Result<Plan> plan_purge(const ExchangeContext& context, ReferralRow row, const ControlMessage::Fields& said,
                        Instant now) {
  Plan plan;
  if (row.direction != Direction::outbound || said.sequence <= row.seen_sequence) return plan;
  const auto ours = answers_our_withdrawal(context, said);
  if (!ours) return fail(ours.error());
  if (!*ours) return plan;
  row.seen_sequence = said.sequence;
  row.updated = now;
  ++row.version;
  plan.result = ReceiptResult::applied;
  plan.row = std::move(row);
  return plan;
}

// What is held becomes unreadable at once: the sending hotline knows the person, so its word needs no
// confirmation.
Result<Plan> plan_withdrawal(const ExchangeContext& context, std::optional<ReferralRow> row,
                             const Opened& opened, const ControlMessage::Fields& said, Instant now) {
  Plan plan;
  if (row && row->direction != Direction::inbound) return plan;
  if (!row) {  // faster than the referral itself, or never here: remembered, so that a late one is not kept
    row.emplace();
    row->id = said.referral;
    row->peer = opened.sender;
    row->direction = Direction::inbound;
    row->status = ReferralStatus::delivered;
    row->created = now;
    row->until = opened.until;
  }
  bool held = false;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& item : reader.inbox_of(said.referral)) {
      held = held || item.state == InboxState::waiting;
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  row->seen_sequence = std::max(row->seen_sequence, said.sequence);
  ++row->sent_sequence;
  const auto status = status_of_withdrawal(said.reason);
  plan.changes_status = row->status != status;
  move(*row, status, now);
  plan.destroys = true;
  plan.result = ReceiptResult::applied;
  const ControlWish wish{MessageKind::purge,
                         status,
                         held ? ControlReason::key_destroyed : ControlReason::nothing_held,
                         {},
                         opened.message};
  auto reply = make_control(context, *row, wish, now);
  if (!reply) return fail(std::move(reply.error()));
  plan.reply = std::move(*reply);
  plan.row = std::move(row);
  return plan;
}

void destroy_all(Transaction& transaction, const ReferralId& referral) {
  for (auto item : transaction.inbox_of(referral)) {
    transaction.destroy(item.canonical, Destroy::before_return);
    transaction.destroy(item.national, Destroy::before_return);
    item.canonical = item.national = PayloadId();
    item.state = InboxState::purged;
    transaction.put(item);
  }
}

LogKind log_kind(MessageKind kind) {
  if (kind == MessageKind::withdrawal) return LogKind::withdrawal;
  if (kind == MessageKind::purge) return LogKind::purge;
  return LogKind::status;
}

Result<Plan> make_plan(const ExchangeContext& context, std::optional<ReferralRow> row, const Opened& opened,
                       const ControlMessage& message, Instant now) {
  const auto& said = message.fields();
  // Somebody else's referral: nothing is changed and nothing is told, not even that it exists.
  if (row && row->peer != opened.sender) return Plan{};
  if (message.kind() == MessageKind::withdrawal) {
    return plan_withdrawal(context, std::move(row), opened, said, now);
  }
  if (!row) return Plan{};
  if (message.kind() == MessageKind::purge) return plan_purge(context, std::move(*row), said, now);
  return plan_status(std::move(*row), said, now);
}

void apply(Transaction& transaction, Plan& plan, const Opened& opened, const ControlMessage& message,
           Instant now) {
  const auto& said = message.fields();
  LogDetail detail;
  detail.referral(said.referral)
      .message(opened.message)
      .peer(opened.sender)
      .code("status", to_string(said.status))
      .code("reason", to_string(said.reason))
      .code("result", to_string(plan.result))
      .sealed(opened.sha256, opened.body.size())
      .at(now);
  plan.taken.row =
      put_taken(transaction, log_kind(message.kind()), detail, replay_row(opened, plan.result, now), now);
  if (!plan.row) return;
  transaction.put(*plan.row);
  if (plan.destroys) destroy_all(transaction, said.referral);
  if (plan.changes_status || message.kind() == MessageKind::purge) {
    transaction.put(TimelineRow{said.referral, -1, plan.row->status, now, opened.sender, said.reason,
                                said.next_option, opened.message});
  }
  if (plan.reply) put(transaction, *plan.reply);
}

}  // namespace

Result<Taken> take_control(const ExchangeContext& context, const Opened& opened, Instant now) {
  auto message = ControlMessage::parse(opened.kind, opened.body_json());
  if (!message) return take_refused(context, opened, message.error().code, now);
  bool seen_before = false;
  auto plan = settle(
      context.store, message->fields().referral,
      [&](std::optional<ReferralRow> row) {
        return make_plan(context, std::move(row), opened, *message, now);
      },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        auto known = known_message(transaction, opened);
        if (!known) return fail(std::move(known.error()));
        seen_before = known->has_value();
        if (seen_before) {
          prepared.taken.row = **known;
        } else {
          apply(transaction, prepared, opened, *message, now);
        }
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  if (plan->reply && !seen_before) plan->taken.jobs.push_back(job_of(std::move(*plan->reply)));
  return std::move(plan->taken);
}

}  // namespace hotline
