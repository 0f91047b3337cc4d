#include "gateway/exchange/status.h"

#include "gateway/exchange/contact.h"
#include "gateway/exchange/control.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/settle.h"
#include "gateway/exchange/stages.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

struct Plan {
  ReferralRow row;
  std::optional<ControlParcel> message;
};

Result<void> check_next_option(const ExchangeContext& context, const StatusWish& wish) {
  if (wish.next_option.get().empty()) return {};
  const bool may = is_decline(wish.status) || wish.status == ReferralStatus::redirected;
  const Member* next = context.registry.find(wish.next_option);
  if (!may || next == nullptr || !next->active || is_enforcement(next->role)) {
    return fail(ErrorCode::value_not_allowed, "/next_option", "member");
  }
  return {};
}

// A system has taken it already; now a human has seen it, and in a crisis that is news.
bool is_first_human_word(const ExchangeContext& context, const ReferralRow& row, ReferralStatus wanted) {
  if (wanted != ReferralStatus::acknowledged || row.status != wanted) return false;
  bool waits = false;
  (void)context.store.read([&](const Reader& reader) -> Result<void> {
    waits = waits_for_human(reader, row.id);
    return {};
  });
  return waits;
}

Result<void> check_handover(const StatusWish& wish) {
  const bool timed = wish.handover_from.ms != 0 || wish.handover_until.ms != 0;
  if ((wish.handover && wish.status != ReferralStatus::accepted) || (timed && !wish.handover))
    return fail(ErrorCode::value_not_allowed, "/warm_handover", "accepted");
  if (timed && wish.handover_until <= wish.handover_from)
    return fail(ErrorCode::value_not_allowed, "/warm_handover/until", "after from");
  return {};
}

Result<Plan> plan_change(const ExchangeContext& context, std::optional<ReferralRow> row,
                         const StatusWish& wish, Instant now) {
  if (!row) return fail(ErrorCode::not_found);
  if (wish.if_version && *wish.if_version != row->version) return fail(ErrorCode::precondition_failed);
  const Side side = row->direction == Direction::inbound ? Side::receiver : Side::sender;
  if (!row->hold.empty() && side == Side::receiver)
    return fail(ErrorCode::state_conflict, "/status", row->hold);
  if (auto may = check_change(side, row->status, wish.status); !may) return fail(std::move(may.error()));
  const HandoverSaid said{wish.handover, wish.handover_from, wish.handover_until};
  const bool agrees = agree_handover(*row, wish.status, said);
  const bool same = row->status == wish.status && !agrees && !is_first_human_word(context, *row, wish.status);
  if (same || side == Side::sender) return Plan{std::move(*row), std::nullopt};
  row->status = wish.status;
  row->updated = now;
  ++row->version;
  ++row->sent_sequence;
  const auto reason = wish.reason == ControlReason::none ? default_reason(wish.status) : wish.reason;
  ControlWish telling{MessageKind::status, wish.status, reason, wish.next_option, {}};
  telling.handover = wish.handover;
  telling.handover_from = wish.handover_from;
  telling.handover_until = wish.handover_until;
  auto message = make_control(context, *row, telling, now);
  if (!message) return fail(std::move(message.error()));
  return Plan{std::move(*row), std::move(*message)};
}

}  // namespace

Result<StatusChanged> change_status(const ExchangeContext& context, const ReferralId& id,
                                    const StatusWish& wish, const std::string& client) {
  if (auto good = check_next_option(context, wish); !good) return fail(std::move(good.error()));
  if (auto good = check_handover(wish); !good) return fail(std::move(good.error()));
  if (is_gateways_own(wish.reason)) return fail(ErrorCode::value_not_allowed, "/reason", "reason");
  const Instant now = context.clock.now();
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) { return plan_change(context, std::move(row), wish, now); },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        if (!prepared.message) return {};
        prepared.message->detail.actor(client);
        if (!wish.contact.empty()) prepared.message->detail.code("contact", wish.contact);
        transaction.put(prepared.row);
        settle_deadlines(transaction, prepared.row, true, now);
        if (is_over(prepared.row.status)) forget_contact_rules(transaction, prepared.row);
        put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  StatusChanged changed{std::move(plan->row), {}};
  if (plan->message) {
    crash_point(CrashPoint::status_committed);
    changed.jobs.push_back(job_of(std::move(*plan->message)));
  } else if (changed.row.direction == Direction::outbound && changed.row.status != wish.status) {
    const auto reason = wish.reason == ControlReason::none ? ControlReason::sender_recalled : wish.reason;
    auto recalled = recall_referral(context, id, {wish.status, reason, false});
    if (!recalled) return fail(std::move(recalled.error()));
    return StatusChanged{std::move(recalled->row), std::move(recalled->jobs)};
  }
  return changed;
}

}  // namespace hotline
