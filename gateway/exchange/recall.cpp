#include "gateway/exchange/recall.h"

#include "gateway/exchange/control.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/settle.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

// Stages of a withdrawal: nothing new leaves; every recipient has a durable message on its way.
constexpr const char* kStopped = "stopped";
constexpr const char* kTold = "told";

struct Plan {
  ReferralRow row;
  std::optional<ControlParcel> message;  // nothing when it has been recalled before
};

void cancel_deliveries(Transaction& transaction, const ReferralId& referral) {
  for (auto row : transaction.outbox_of(referral)) {
    if (row.kind != MessageKind::referral || row.state != OutboxState::queued) continue;
    transaction.destroy(row.sealed, Destroy::before_return);
    row.sealed = PayloadId();
    row.state = OutboxState::cancelled;
    transaction.put(row);
  }
}

// Marks the consent withdrawn; from this commit on nothing new leaves under it.
Result<std::vector<ReferralRow>> stop(const ExchangeContext& context, const ConsentId& id,
                                      const std::string& client, Instant now) {
  std::vector<ReferralRow> under;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    const auto history = transaction.consent_history(id);
    if (history.empty()) return fail(ErrorCode::not_found);
    for (auto& row : transaction.referrals_under(id)) {
      if (row.direction == Direction::outbound) under.push_back(std::move(row));
    }
    if (transaction.withdrawn(id)) return {};
    transaction.put(WithdrawnConsentRow{id, now, context.self.id, kStopped});
    ConsentRow row = history.back();
    row.version = -1;
    row.state = "withdrawn";
    row.client = client;
    row.at = now;
    transaction.put(row);
    LogDetail detail;
    detail.consent(id).actor(client).at(now);
    transaction.append(LogKind::withdrawal, detail, now);
    for (const auto& referral : under) cancel_deliveries(transaction, referral.id);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return under;
}

}  // namespace

Result<RecallResult> recall_referral(const ExchangeContext& context, const ReferralId& id,
                                     ReferralStatus status, ControlReason reason) {
  const Instant now = context.clock.now();
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) -> Result<Plan> {
        if (!row) return fail(ErrorCode::not_found);
        if (row->status == status) return Plan{std::move(*row), std::nullopt};
        if (!may_follow(row->status, status)) {
          return fail(ErrorCode::state_conflict, "/status", std::string(to_string(row->status)));
        }
        row->status = status;
        row->updated = now;
        ++row->version;
        ++row->sent_sequence;
        auto message = make_control(context, *row, {MessageKind::withdrawal, status, reason, {}, {}}, now);
        if (!message) return fail(std::move(message.error()));
        return Plan{std::move(*row), std::move(*message)};
      },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        cancel_deliveries(transaction, id);
        if (!prepared.message) return {};
        transaction.put(prepared.row);
        put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  RecallResult result{std::move(plan->row), {}};
  if (plan->message) result.jobs.push_back(job_of(std::move(*plan->message)));
  return result;
}

namespace {

// Tells every recipient, then notes that they all have been told (the messages are durable, not yet
// delivered).
Result<std::vector<ReferralRow>> tell_recipients(const ExchangeContext& context, const ConsentId& id,
                                                 const std::vector<ReferralRow>& under,
                                                 std::vector<DeliveryJob>& jobs, const KeptAnswer* kept) {
  std::vector<ReferralRow> rows;
  for (const auto& referral : under) {
    auto one = recall_referral(context, referral.id, ReferralStatus::withdrawn_by_person,
                               ControlReason::person_withdrew);
    if (!one) return fail(std::move(one.error()));
    rows.push_back(std::move(one->row));
    for (auto& job : one->jobs) jobs.push_back(std::move(job));
  }
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.withdrawn(id);
    if (row && row->stage != kTold) {
      row->stage = kTold;
      transaction.put(*row);
    }
    if (kept != nullptr) kept->put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return rows;
}

std::string withdrawn_body(const ConsentId& id, const std::vector<ReferralRow>& under) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "consent_id", id.get(), allocator);
  set_text(out, "state", "withdrawn", allocator);
  JsonValue list(rapidjson::kArrayType);
  for (const auto& row : under) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "id", row.id.get(), allocator);
    set_text(item, "to", row.peer.get(), allocator);
    set_text(item, "state", to_string(ReferralStatus::withdrawn_by_person), allocator);
    list.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(list), allocator);
  return to_text(out);
}

}  // namespace

Result<Recalled> withdraw_consent(const ExchangeContext& context, const ConsentId& id,
                                  const std::string& client, const std::optional<WriteKey>& key) {
  const Instant now = context.clock.now();
  auto under = stop(context, id, client, now);
  if (!under) return fail(std::move(under.error()));
  crash_point(CrashPoint::withdraw_committed);
  Recalled recalled;
  recalled.answer = {202, withdrawn_body(id, *under)};
  const KeptAnswer kept(context.store, key, recalled.answer, now);
  auto told = tell_recipients(context, id, *under, recalled.jobs, &kept);
  if (!told) return fail(std::move(told.error()));
  return recalled;
}

Result<std::vector<DeliveryJob>> resume_withdrawals(const ExchangeContext& context) {
  std::vector<std::pair<ConsentId, std::vector<ReferralRow>>> open;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.all_withdrawn()) {
      if (row.stage == kTold) continue;
      open.emplace_back(row.id, std::vector<ReferralRow>());
      for (auto& referral : reader.referrals_under(row.id)) {
        if (referral.direction == Direction::outbound) open.back().second.push_back(std::move(referral));
      }
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& [id, under] : open) {
    auto told = tell_recipients(context, id, under, jobs, nullptr);
    if (!told) return fail(std::move(told.error()));
  }
  return jobs;
}

}  // namespace hotline
