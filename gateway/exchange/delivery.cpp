#include "gateway/exchange/delivery.h"

#include <algorithm>

#include "gateway/exchange/asked_again.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/stages.h"
#include "gateway/referral/state.h"
#include "gateway/seal/receipt.h"

namespace hotline {
namespace {

struct Question {
  std::optional<OutboxRow> outbox;
  std::optional<ReferralStatus> stop;  // what the referral becomes when it may not go any more
  bool held = false;                   // a withdrawal waits to be confirmed or lifted: so does this
  bool narrowed = false;               // stopped because less is agreed now than it holds
};

bool said_no(std::string_view state) {
  return state == "refused" || state == "terminated" || state == "invalidated";
}

bool is_held(const Reader& reader, const OutboxRow& outbox) {
  if (outbox.kind != MessageKind::referral) return false;
  const auto referral = reader.referral(outbox.referral);
  if (!referral) return false;
  const auto received = reader.referral(referral->onward_of);
  if (!referral->hold.empty() || (received && !received->hold.empty())) return true;
  return std::any_of(referral->consents.begin(), referral->consents.end(), [&](const ConsentId& consent) {
    const auto withdrawn = reader.withdrawn(consent);
    return withdrawn && (withdrawn->stage.starts_with("pending") || withdrawn->stage.starts_with("forced"));
  });
}

// What was received and passed on goes no further than what it came from.
bool is_taken_back(const Reader& reader, const ReferralId& received) {
  const auto row = received.get().empty() ? std::nullopt : reader.referral(received);
  return row && (row->status == ReferralStatus::withdrawn_by_person ||
                 row->status == ReferralStatus::revoked_by_sender || row->status == ReferralStatus::expired);
}

// What consent says now; a control message needs none, it carries nothing of the person.
std::optional<ReferralStatus> why_stop(const ExchangeContext& context, const Reader& reader,
                                       const OutboxRow& outbox, Instant now) {
  if (outbox.kind != MessageKind::referral) {
    return outbox.until <= now ? std::optional(ReferralStatus::expired) : std::nullopt;
  }
  const auto referral = reader.referral(outbox.referral);
  if (!referral) return ReferralStatus::failed_delivery;
  for (const auto& consent : referral->consents) {
    if (reader.withdrawn(consent)) return ReferralStatus::withdrawn_by_person;
    // Said no since, in a version recorded after it was decided.
    const auto history = reader.consent_history(consent);
    if (!history.empty() && said_no(history.back().state)) return ReferralStatus::withdrawn_by_person;
  }
  if (is_taken_back(reader, referral->onward_of)) return ReferralStatus::withdrawn_by_person;
  if (is_over(referral->status)) return referral->status;
  // The second stage goes only while the receiver still means to take the person over.
  if (referral->stage == to_string(Stage::complete) && referral->handover.empty()) return referral->status;
  if (referral->until <= now || outbox.until <= now) return ReferralStatus::expired;
  const Member* member = context.registry.find(outbox.peer);
  const bool same =
      member != nullptr && member->active && member->policy_version == referral->recipient_policy;
  return same ? std::nullopt : std::optional(ReferralStatus::refused_by_policy);
}

Result<Question> ask(const ExchangeContext& context, DeliveryJob& job, Instant now) {
  Question question;
  std::optional<ReferralRow> referral;  // of a message that carries one
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    question.outbox = reader.outbox(job.message);
    if (!question.outbox || question.outbox->state != OutboxState::queued) return {};
    question.held = is_held(reader, *question.outbox);
    if (question.held) return {};
    if (question.outbox->kind == MessageKind::referral) referral = reader.referral(question.outbox->referral);
    question.stop = why_stop(context, reader, *question.outbox, now);
    if (!question.stop && job.sealed.empty()) {
      auto sealed = reader.payload(question.outbox->sealed);
      // Without its key it can never go: the store was restored, or the key was swept.
      if (!sealed) question.stop = ReferralStatus::failed_delivery;
      if (sealed) job.sealed = std::move(*sealed);
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (referral && !question.held && !question.stop) {
    auto narrowed = is_narrowed(context, *referral, now);
    if (!narrowed) return fail(std::move(narrowed.error()));
    question.narrowed = *narrowed;
    if (*narrowed) question.stop = ReferralStatus::refused_by_policy;
  }
  return question;
}

OutboxState outbox_state_of(ReferralStatus status) {
  if (status == ReferralStatus::expired) return OutboxState::expired;
  if (status == ReferralStatus::failed_delivery) return OutboxState::failed;
  return OutboxState::cancelled;
}

// Moves the referral and notes the step, if that may follow.
void move_referral(Transaction& transaction, const ExchangeContext& context, const OutboxRow& outbox,
                   ReferralStatus status, const MemberId& by, Instant now) {
  if (outbox.kind != MessageKind::referral) return;
  auto referral = transaction.referral(outbox.referral);
  if (!referral || referral->status == status || !may_follow(referral->status, status)) return;
  referral->status = status;
  referral->updated = now;
  ++referral->version;
  transaction.put(*referral);
  transaction.put(TimelineRow{referral->id, -1, status, now, by, default_reason(status), {}, outbox.message});
  if (is_over(status)) forget_contact_rules(transaction, *referral);
  if (status == ReferralStatus::failed_delivery || status == ReferralStatus::refused_by_policy)
    note_undelivered(transaction, referral->id, to_string(status), now);
  context.metrics.count("hotline_referral_states", outbox.peer.get(), {}, to_string(status));
}

// It may not go any more: the payload is destroyed before anything else happens.
void give_up(const ExchangeContext& context, const Question& question, Instant now) {
  const OutboxRow& wanted = *question.outbox;
  const ReferralStatus status = *question.stop;
  LogDetail detail;
  detail.referral(wanted.referral)
      .message(wanted.message)
      .peer(wanted.peer)
      .code("status", to_string(status))
      .at(now);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto outbox = transaction.outbox(wanted.message);
    if (!outbox || outbox->state != OutboxState::queued) return {};
    transaction.destroy(outbox->sealed, Destroy::before_return);
    outbox->sealed = PayloadId();
    outbox->state = outbox_state_of(status);
    transaction.put(*outbox);
    const bool goes_on = fall_back(transaction, *outbox, now) && status == ReferralStatus::expired;
    if (!goes_on) move_referral(transaction, context, *outbox, status, context.self.id, now);
    if (question.narrowed)
      tell(transaction, EventKind::consent_narrowed, {wanted.referral, {}, wanted.peer, {}}, now);
    transaction.append(LogKind::expiry, detail, now);
    return {};
  });
  if (!committed)
    context.metrics.count("hotline_store_failures", {}, "delivery", to_string(committed.error().code));
}

Result<Receipt> check_receipt(const ExchangeContext& context, const OutboxRow& outbox,
                              const std::string& token) {
  const auto keys = context.peer_keys.find(outbox.peer);
  if (keys == context.peer_keys.end()) return fail(ErrorCode::peer_unknown);
  return verify_receipt(token,
                        ReceiptExpectation{context.self.id, outbox.peer, outbox.message, outbox.sealed_sha256,
                                           keys->second.signing, context.clock.now()});
}

Result<void> write_down(const ExchangeContext& context, const OutboxRow& wanted, const Receipt& receipt,
                        const std::string& token) {
  const Instant now = context.clock.now();
  const bool refused = receipt.result == ReceiptResult::refused;
  LogDetail detail;
  detail.referral(wanted.referral)
      .message(wanted.message)
      .peer(wanted.peer)
      .code("kind", to_string(wanted.kind))
      .code("result", to_string(receipt.result))
      .sealed(wanted.sealed_sha256, 0)
      .at(now);
  return context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.put(ReceiptRow{wanted.message, wanted.referral, wanted.peer, receipt.at, token});
    transaction.append(LogKind::receipt, detail, now);
    auto outbox = transaction.outbox(wanted.message);
    // Cancelled while it was on its way: the peer has it, and the withdrawal that follows it will find it
    // there.
    if (!outbox || outbox->state != OutboxState::queued) return {};
    transaction.destroy(outbox->sealed, Destroy::soon);
    outbox->sealed = PayloadId();
    outbox->state = refused ? OutboxState::failed : OutboxState::delivered;
    ++outbox->attempts;
    outbox->last_error.clear();
    transaction.put(*outbox);
    if (refused) (void)fall_back(transaction, *outbox, now);
    move_referral(transaction, context, *outbox,
                  refused ? ReferralStatus::failed_delivery : ReferralStatus::delivered, wanted.peer, now);
    return {};
  });
}

// Looked at again in a moment; it counts as no attempt.
Attempt wait_for_word(const ExchangeContext& context, DeliveryJob& job) {
  constexpr std::int64_t kPauseSeconds = 15;
  job.due = context.clock.now().plus_seconds(kPauseSeconds);
  job.sealed.clear();
  return Attempt::again;
}

Attempt later(const ExchangeContext& context, const RetryTimes& retry, DeliveryJob& job, ErrorCode why) {
  context.metrics.count("hotline_deliveries", job.peer.get(), {}, to_string(why));
  // A crisis is not left waiting for long between two tries.
  const RetryTimes times = job.priority == 0
                               ? RetryTimes{retry.base_seconds, std::min<std::int64_t>(retry.max_seconds, 30)}
                               : retry;
  job.due = Instant{context.clock.now().ms + retry_pause_ms(times, job.attempts)};
  ++job.attempts;
  job.sealed.clear();
  job.sealed.shrink_to_fit();
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto outbox = transaction.outbox(job.message);
    if (!outbox || outbox->state != OutboxState::queued) return {};
    outbox->attempts = job.attempts;
    outbox->next_attempt = job.due;
    outbox->last_error = std::string(to_string(why));
    transaction.put(*outbox);
    note_undelivered(transaction, outbox->referral, to_string(why), context.clock.now());
    return {};
  });
  if (!committed)
    context.metrics.count("hotline_store_failures", {}, "delivery", to_string(committed.error().code));
  return Attempt::again;
}

}  // namespace

std::int64_t retry_pause_ms(const RetryTimes& retry, int attempts) {
  const auto doubled = retry.base_seconds << std::min(attempts, 20);
  const auto longest = std::min(doubled, retry.max_seconds) * 1000;
  return random_between(longest / 2, longest);
}

Attempt attempt_delivery(const ExchangeContext& context, PeerLink& link, const RetryTimes& retry,
                         DeliveryJob& job, int timeout_ms) {
  auto question = ask(context, job, context.clock.now());
  if (!question) return later(context, retry, job, question.error().code);
  if (!question->outbox || question->outbox->state != OutboxState::queued) return Attempt::over;
  if (question->held) return wait_for_word(context, job);
  const auto& outbox = *question->outbox;
  if (question->stop) {
    give_up(context, *question, context.clock.now());
    return Attempt::over;
  }
  crash_point(CrashPoint::deliver_before_post);
  auto token = link.post(job.peer, job.sealed, timeout_ms);
  if (!token) return later(context, retry, job, token.error().code);
  crash_point(CrashPoint::deliver_answered);
  auto receipt = check_receipt(context, outbox, *token);
  if (!receipt) return later(context, retry, job, receipt.error().code);
  if (auto written = write_down(context, outbox, *receipt, *token); !written) {
    return later(context, retry, job, written.error().code);
  }
  crash_point(CrashPoint::deliver_committed);
  context.metrics.count("hotline_deliveries", job.peer.get(), to_string(outbox.kind),
                        to_string(receipt->result));
  return Attempt::delivered;
}

}  // namespace hotline
