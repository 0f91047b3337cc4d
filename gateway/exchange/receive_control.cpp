// A control message that has arrived: a status, a withdrawal, or the proof of a purge. Late, doubled and
// unknown ones change nothing and are answered all the same.
#include <algorithm>

#include "gateway/exchange/contact.h"
#include "gateway/exchange/control_plan.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/settle.h"
#include "gateway/exchange/stages.h"
#include "gateway/exchange/words.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

using Plan = ControlPlan;

void move(ReferralRow& row, ReferralStatus status, Instant now) {
  row.status = status;
  row.updated = now;
  ++row.version;
}

// Somebody there has opened what the person told: noted, whatever came before it, and nothing else changes.
Plan plan_opening(ReferralRow row, const ControlMessage::Fields& said) {
  Plan plan;
  if (row.direction != Direction::outbound) return plan;
  row.seen_sequence = std::max(row.seen_sequence, said.sequence);
  ++row.version;
  plan.changes_status = true;  // so that the timeline says it
  plan.result = ReceiptResult::applied;
  plan.row = std::move(row);
  return plan;
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
    agree_handover(row, said.status, {said.handover, said.handover_from, said.handover_until});
    // An acknowledgement may come twice: the system has taken it, then a human has seen it.
    plan.changes_status = row.status != said.status || said.status == ReferralStatus::acknowledged;
    move(row, said.status, now);
    plan.result = ReceiptResult::applied;
  }
  plan.row = std::move(row);
  return plan;
}

LogKind log_kind(const Plan& plan, MessageKind kind) {
  if (plan.stranger) return LogKind::refusal;
  if (kind == MessageKind::withdrawal) return LogKind::withdrawal;
  if (kind == MessageKind::purge) return LogKind::purge;
  return LogKind::status;
}

Result<Plan> make_plan(const ExchangeContext& context, std::optional<ReferralRow> row, const Opened& opened,
                       const ControlMessage& message, Instant now) {
  const auto& said = message.fields();
  const bool withdraws = message.kind() == MessageKind::withdrawal;
  if (withdraws && said.reason == ControlReason::code_given) return plan_code(context, opened, said, now);
  // Somebody else's referral: nothing is changed and nothing is told, not even that it exists.
  if (row && row->peer != opened.sender) {
    if (withdraws) return plan_stranger(context, opened, said, now);
    Plan plan;
    plan.stranger = true;
    return plan;
  }
  if (withdraws) return plan_withdrawal(context, std::move(row), opened, said, now);
  if (!row) return Plan{};
  if (message.kind() == MessageKind::purge) return plan_purge(context, std::move(*row), opened, said, now);
  if (said.reason == ControlReason::narrative_opened) return plan_opening(std::move(*row), said);
  return plan_status(std::move(*row), said, now);
}

void apply_change(Transaction& transaction, Plan& plan, const Opened& opened, const ControlMessage& message,
                  Instant now) {
  const auto& said = message.fields();
  transaction.put(*plan.row);
  const bool by_human = message.kind() == MessageKind::status && !is_gateways_own(said.reason);
  settle_deadlines(transaction, *plan.row, by_human, now);
  if (is_over(plan.row->status)) forget_contact_rules(transaction, *plan.row);
  if (plan.destroys) destroy_received(transaction, said.referral);
  if (plan.changes_status || message.kind() == MessageKind::purge) {
    transaction.put(TimelineRow{said.referral, -1, plan.row->status, now, opened.sender, said.reason,
                                said.next_option, opened.message});
  }
  if (plan.recall) transaction.put(*plan.recall);
  const EventAbout about{said.referral, {}, opened.sender, to_string(said.reason)};
  if (plan.event) tell(transaction, *plan.event, about, now);
  const bool asked = plan.destroys && plan.recall && plan.recall->system == SystemPurge::asked;
  if (asked) tell(transaction, EventKind::purge_wanted, about, now);
  if (plan.reply) put(transaction, *plan.reply);
}

void apply(Transaction& transaction, const ExchangeContext& context, Plan& plan, const Opened& opened,
           const ControlMessage& message, Instant now) {
  const auto& said = message.fields();
  if (plan.request &&
      !may_try(transaction, opened.sender.get(), context.own_policy().codes.per_member_and_hour, now)) {
    plan.request.reset();
    plan.result = ReceiptResult::refused;
    tell(transaction, EventKind::guessing, {{}, {}, opened.sender, {}}, now);
  }
  LogDetail detail;
  if (!plan.request) detail.referral(said.referral);
  detail.message(opened.message)
      .peer(opened.sender)
      .code("status", to_string(said.status))
      .code("reason", to_string(said.reason))
      .code("result", plan.stranger ? "stranger" : to_string(plan.result))
      .sealed(opened.sha256, opened.body.size())
      .at(now);
  plan.taken.row = put_taken(transaction, log_kind(plan, message.kind()), detail,
                             replay_row(opened, plan.result, now), now);
  if (plan.request) transaction.put(*plan.request);
  if (plan.row) return apply_change(transaction, plan, opened, message, now);
  if (!plan.stranger) return;
  tell(transaction, EventKind::stranger, {{}, {}, opened.sender, to_string(said.reason)}, now);
  if (plan.reply) put_unseen(transaction, *plan.reply);
}

// What follows for others, durable by itself: a crash in between is made good by resume_withdrawals.
void follow_up(const ExchangeContext& context, const ControlMessage& message, Plan& plan) {
  if (!plan.row || !plan.recall) return;
  const bool passes_on = message.kind() == MessageKind::withdrawal && !plan.recall->cascade.empty();
  const bool reports = message.kind() == MessageKind::purge && !plan.row->onward_of.get().empty();
  if (!passes_on && !reports) return;
  auto jobs =
      passes_on ? pass_on_recall(context, plan.row->id) : report_downstream(context, plan.row->onward_of);
  if (!jobs) {
    context.metrics.count("hotline_store_failures", {}, "withdrawal", to_string(jobs.error().code));
    return;
  }
  for (auto& job : *jobs) plan.taken.jobs.push_back(std::move(job));
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
          apply(transaction, context, prepared, opened, *message, now);
        }
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  if (seen_before) return std::move(plan->taken);
  if (plan->reply) plan->taken.jobs.push_back(job_of(std::move(*plan->reply)));
  follow_up(context, *message, *plan);
  return std::move(plan->taken);
}

}  // namespace hotline
