// A referral that has arrived: checked against the canonical schema, kept encrypted until our hotline takes
// it.
#include <algorithm>
#include <optional>

#include "consent/stages.h"
#include "gateway/crypto/random.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/control_plan.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/onward.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

struct Arrived {
  ReferralRow referral;
  InboxRow inbox;
  TimelineRow step;
  ProtectedPayload payload;
  std::optional<ProtectedPayload> contact_rules;
  CrisisTimes crisis;
  LogDetail detail;
};

// When what was granted ends, as the sender's terms say it; the message's own end when they do not.
Instant end_of_terms(const Referral& referral, const Opened& opened) {
  const auto* terms = member(referral.json(), "terms");
  if (terms == nullptr) return opened.until;
  return parse_instant(text_at(*terms, "until")).value_or(opened.until);
}

Result<Referral> read_disclosure(const ExchangeContext& context, const Opened& opened) {
  const auto* body = member(opened.body_json(), "referral");
  if (body == nullptr) return fail(ErrorCode::field_missing, "/referral");
  Json document;
  document.CopyFrom(*body, document.GetAllocator());
  auto referral = Referral::from(std::move(document), context.schema);
  if (!referral) return referral;
  if (!is_uuid(text_at(referral->envelope(), "referral_id"))) {
    return fail(ErrorCode::value_not_allowed, "/referral/envelope/referral_id");
  }
  const auto* terms = member(referral->json(), "terms");
  if (terms != nullptr && text_at(*terms, "recipient", context.self.id.get()) != context.self.id.get()) {
    return fail(ErrorCode::token_not_for_us, "/referral/terms/recipient");
  }
  return referral;
}

Arrived make_rows(const ExchangeContext& context, const Opened& opened, const Referral& referral, Stage stage,
                  Instant now) {
  Arrived arrived;
  arrived.payload = context.store.protect(opened.body);
  const Instant terms_end = end_of_terms(referral, opened);
  auto& row = arrived.referral;
  row.id = ReferralId(std::string(text_at(referral.envelope(), "referral_id")));
  row.peer = opened.sender;
  row.direction = Direction::inbound;
  row.status = ReferralStatus::delivered;
  row.urgency = std::string(referral.urgency());
  row.purpose = std::string(referral.purpose());
  row.profile = std::string(context.profile.id());
  row.created = row.updated = now;
  row.until = terms_end;
  row.terms = terms_of(referral, terms_end);
  arrived.contact_rules = keep_contact_rules(context, referral.json());
  if (arrived.contact_rules) row.contact_rules = arrived.contact_rules->id;
  arrived.crisis = received_times(context, opened.sender, opened.crisis, now);
  row.stage = std::string(to_string(stage));
  auto& inbox = arrived.inbox;
  inbox.sender = opened.sender;
  inbox.message = opened.message;
  inbox.referral = row.id;
  inbox.priority = priority_of(row.urgency);
  inbox.received = now;
  inbox.until = std::min(terms_end, now.plus_seconds(context.own_policy().inbound_seconds));
  inbox.sealed_sha256 = opened.sha256;
  inbox.canonical = arrived.payload.id;
  arrived.step = {row.id,        -1, ReferralStatus::delivered, now, context.self.id, ControlReason::none, {},
                  opened.message};
  arrived.detail.referral(row.id)
      .message(opened.message)
      .peer(opened.sender)
      .code("purpose", row.purpose)
      .sealed(opened.sha256, opened.body.size())
      .at(now);
  if (stage != Stage::whole) arrived.detail.code("stage", to_string(stage));
  return arrived;
}

// Identity and contact are taken only of whom we have accepted, and agreed to be handed over.
bool may_complete(const ReferralRow& known, const MemberId& sender, Stage stage) {
  return stage == Stage::complete && known.peer == sender && known.direction == Direction::inbound &&
         known.stage == to_string(Stage::pseudonymous) && !known.handover.empty() && !is_over(known.status);
}

// A withdrawal can be faster than what it withdraws: then nothing is kept. A referral id that is already
// taken by anything else is refused.
std::optional<ReceiptResult> verdict(const std::optional<ReferralRow>& known, const MemberId& sender,
                                     Stage stage) {
  if (known && may_complete(*known, sender, stage)) return std::nullopt;
  if (!known) return stage == Stage::complete ? std::optional(ReceiptResult::refused) : std::nullopt;
  const bool waited_for = stage != Stage::complete && came_before_its_referral(*known) &&
                          known->peer == sender && known->status == ReferralStatus::delivered;
  if (waited_for) return std::nullopt;
  const bool taken_back = known->peer == sender && known->direction == Direction::inbound &&
                          (known->status == ReferralStatus::withdrawn_by_person ||
                           known->status == ReferralStatus::revoked_by_sender);
  return taken_back ? ReceiptResult::superseded : ReceiptResult::refused;
}

// A hold can be faster than what it holds: then it is kept, and nobody may see it until the hold is lifted.
void take_over(ReferralRow& row, const std::optional<ReferralRow>& known) {
  if (!known) return;
  row.hold = known->hold;
  row.hold_until = known->hold_until;
  row.sent_sequence = known->sent_sequence;
  row.seen_sequence = known->seen_sequence;
  row.version = known->version + 1;
}

// The second stage stands in the place of the first: whatever of that is still held is destroyed.
void complete(Transaction& transaction, Arrived& arrived, const ReferralRow& known, Instant now) {
  for (auto item : transaction.inbox_of(known.id)) {
    if (item.canonical.get().empty() && item.national.get().empty()) continue;
    transaction.destroy(item.canonical, Destroy::before_return);
    transaction.destroy(item.national, Destroy::before_return);
    item.canonical = item.national = PayloadId();
    if (item.state == InboxState::waiting) item.state = InboxState::purged;
    transaction.put(item);
    LogDetail detail;
    detail.referral(known.id)
        .message(item.message)
        .peer(known.peer)
        .code("reason", to_string(ControlReason::key_destroyed))
        .code("stage", to_string(Stage::pseudonymous))
        .at(now);
    transaction.append(LogKind::purge, detail, now);
  }
  ReferralRow next = known;
  next.urgency = arrived.referral.urgency;
  next.until = arrived.referral.until;
  next.terms = arrived.referral.terms;
  next.stage = arrived.referral.stage;
  next.contact_rules = arrived.referral.contact_rules;
  forget_contact_rules(transaction, known);
  next.updated = now;
  ++next.version;
  arrived.referral = std::move(next);
  arrived.step.status = known.status;
  arrived.step.by = known.peer;
}

}  // namespace

Result<Taken> take_referral(const ExchangeContext& context, const Opened& opened, Instant now) {
  auto referral = read_disclosure(context, opened);
  if (!referral) return take_refused(context, opened, referral.error().code, now);
  const auto stage = stage_from(text_at(opened.body_json(), "stage"));
  if (!stage) return take_refused(context, opened, ErrorCode::code_unknown, now);
  auto arrived = make_rows(context, opened, *referral, *stage, now);
  Taken taken;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto known = known_message(transaction, opened);
    if (!known) return fail(std::move(known.error()));
    if (*known) {
      taken.row = **known;
      return {};
    }
    const auto before = transaction.referral(arrived.referral.id);
    if (const auto other = verdict(before, opened.sender, *stage)) {
      arrived.detail.code("result", to_string(*other));
      taken.row =
          put_taken(transaction, LogKind::refusal, arrived.detail, replay_row(opened, *other, now), now);
      return {};
    }
    taken.row = put_taken(transaction, LogKind::receive, arrived.detail,
                          replay_row(opened, ReceiptResult::stored, now), now);
    arrived.inbox.log_index = taken.row.log_index;
    arrived.inbox.leaf_hash = taken.row.leaf_hash;
    transaction.keep(arrived.payload);
    if (arrived.contact_rules) transaction.keep(*arrived.contact_rules);
    if (*stage == Stage::complete) {
      complete(transaction, arrived, *before, now);
    } else {
      take_over(arrived.referral, before);
    }
    transaction.put(arrived.referral);
    transaction.put(arrived.inbox);
    transaction.put(arrived.step);
    // The clocks of a crisis run from its first stage.
    if (*stage != Stage::complete) put_deadlines(transaction, arrived.referral, arrived.crisis);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return taken;
}

}  // namespace hotline
