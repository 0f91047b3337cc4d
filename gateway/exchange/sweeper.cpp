#include "gateway/exchange/sweeper.h"

#include <chrono>

#include "gateway/exchange/contact.h"
#include "gateway/exchange/control.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/purges.h"
#include "gateway/exchange/settle.h"
#include "gateway/exchange/stages.h"
#include "gateway/exchange/withdraw.h"
#include "gateway/exchange/words.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

constexpr std::size_t kBatch = 100;

struct Over {
  std::vector<OutboxRow> outbox;
  std::vector<InboxRow> inbox;
  std::vector<ReferralRow> referrals;
  bool nothing() const { return outbox.empty() && inbox.empty() && referrals.empty(); }
};

struct Plan {
  std::optional<ReferralRow> row;
  std::optional<ControlParcel> message;
};

LogDetail expiry_detail(const ReferralId& referral, const MemberId& peer, ControlReason reason, Instant now) {
  LogDetail detail;
  detail.referral(referral).peer(peer).code("reason", to_string(reason)).at(now);
  return detail;
}

void end_referral(Transaction& transaction, ReferralRow row, ControlReason reason, const MemberId& by,
                  Instant now) {
  if (!may_follow(row.status, ReferralStatus::expired) || row.status == ReferralStatus::expired) return;
  row.status = ReferralStatus::expired;
  row.updated = now;
  ++row.version;
  transaction.put(row);
  settle_deadlines(transaction, row, false, now);
  forget_contact_rules(transaction, row);
  transaction.put(TimelineRow{row.id, -1, ReferralStatus::expired, now, by, reason, {}, {}});
}

Result<void> end_outbound(const ExchangeContext& context, const OutboxRow& wanted, Instant now) {
  return context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.outbox(wanted.message);
    if (!row || row->state != OutboxState::queued) return {};
    transaction.destroy(row->sealed, Destroy::before_return);
    row->sealed = PayloadId();
    row->state = OutboxState::expired;
    transaction.put(*row);
    transaction.append(LogKind::expiry,
                       expiry_detail(row->referral, row->peer, ControlReason::time_over, now), now);
    const bool goes_on = fall_back(transaction, *row, now);
    auto referral = transaction.referral(row->referral);
    if (referral && row->kind == MessageKind::referral && !goes_on) {
      end_referral(transaction, std::move(*referral), ControlReason::time_over, context.self.id, now);
    }
    return {};
  });
}

// Nobody took it: destroyed here and given back, so that the sender knows that the person is waiting.
Result<std::vector<DeliveryJob>> give_back(const ExchangeContext& context, const InboxRow& item,
                                           Instant now) {
  auto plan = settle(
      context.store, item.referral,
      [&](std::optional<ReferralRow> row) -> Result<Plan> {
        if (!row || is_over(row->status)) return Plan{};
        const auto reason = row->until <= now ? ControlReason::consent_expired : ControlReason::time_over;
        row->status = ReferralStatus::expired;
        row->updated = now;
        ++row->version;
        ++row->sent_sequence;
        auto message =
            make_control(context, *row, {MessageKind::status, ReferralStatus::expired, reason, {}, {}}, now);
        if (!message) return fail(std::move(message.error()));
        return Plan{std::move(row), std::move(*message)};
      },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        auto row = transaction.inbox(item.sender, item.message);
        if (!row || row->state != InboxState::waiting) return fail(ErrorCode::not_found);
        transaction.destroy(row->canonical, Destroy::before_return);
        transaction.destroy(row->national, Destroy::before_return);
        row->canonical = row->national = PayloadId();
        row->state = InboxState::returned;
        transaction.put(*row);
        transaction.append(LogKind::expiry,
                           expiry_detail(item.referral, item.sender, ControlReason::key_destroyed, now), now);
        if (prepared.row) {
          transaction.put(*prepared.row);
          settle_deadlines(transaction, *prepared.row, false, now);
          forget_contact_rules(transaction, *prepared.row);
        }
        if (prepared.message) put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  std::vector<DeliveryJob> jobs;
  if (plan->message) jobs.push_back(job_of(std::move(*plan->message)));
  return jobs;
}

// What was granted has ended: whatever is still held goes.
Result<void> end_consented(const ExchangeContext& context, const ReferralRow& wanted, Instant now) {
  return context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto referral = transaction.referral(wanted.id);
    if (!referral || is_over(referral->status)) return {};
    for (auto row : transaction.outbox_of(wanted.id)) {
      if (row.kind != MessageKind::referral || row.state != OutboxState::queued) continue;
      transaction.destroy(row.sealed, Destroy::before_return);
      row.sealed = PayloadId();
      row.state = OutboxState::expired;
      transaction.put(row);
    }
    transaction.append(LogKind::expiry,
                       expiry_detail(wanted.id, wanted.peer, ControlReason::consent_expired, now), now);
    end_referral(transaction, std::move(*referral), ControlReason::consent_expired, context.self.id, now);
    return {};
  });
}

}  // namespace

Result<std::vector<DeliveryJob>> sweep(const ExchangeContext& context, Instant ticked) {
  const Instant now = context.clock.now();
  Over over;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    over.outbox = reader.outbox_over(now, kBatch);
    over.inbox = reader.inbox_over(now, kBatch);
    over.referrals = reader.referrals_over(now, kBatch);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& row : over.outbox) {
    if (auto done = end_outbound(context, row, now); !done) return fail(std::move(done.error()));
  }
  for (const auto& row : over.inbox) {
    auto back = give_back(context, row, now);
    if (!back && back.error().code == ErrorCode::not_found) continue;  // taken meanwhile
    if (!back) return back;
    for (auto& job : *back) jobs.push_back(std::move(job));
  }
  for (const auto& row : over.referrals) {
    if (auto done = end_consented(context, row, now); !done) return fail(std::move(done.error()));
  }
  if (auto watched = watch_crises(context, ticked); !watched) return fail(std::move(watched.error()));
  for (const auto step : {follow_codes, confirm_overdue, end_holds, chase_proofs}) {
    auto more = step(context);
    if (!more) return more;
    for (auto& job : *more) jobs.push_back(std::move(job));
  }
  return jobs;
}

Sweeper::Sweeper(const ExchangeContext& context, std::function<void(std::vector<DeliveryJob>)> deliver)
    : context_(context), deliver_(std::move(deliver)), thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sweeper::run() {
  constexpr int kForgetEvery = 60;
  constexpr int kLookEvery = 5;
  int round = 0;
  const Instant begun = context_.clock.now();
  const auto ticking = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stop_; })) {
    lock.unlock();
    const auto since = std::chrono::steady_clock::now() - ticking;
    auto jobs = sweep(
        context_, Instant{begun.ms + std::chrono::duration_cast<std::chrono::milliseconds>(since).count()});
    if (jobs && !jobs->empty()) deliver_(std::move(*jobs));
    if (round % kLookEvery == 0) note_policy_files(context_);
    if (++round % kForgetEvery == 0) {
      const Instant now = context_.clock.now();
      (void)context_.store.commit([&](Transaction& transaction) -> Result<void> {
        transaction.forget_expired(now, 1000);
        transaction.forget_details(now.plus_seconds(-context_.own_policy().log_seconds), 1000);
        return {};
      });
      auto resumed = resume_withdrawals(context_);
      if (resumed && !resumed->empty()) deliver_(std::move(*resumed));
    }
    lock.lock();
  }
}

}  // namespace hotline
