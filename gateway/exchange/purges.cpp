#include "gateway/exchange/purges.h"

#include <algorithm>

#include "gateway/exchange/control_plan.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/settle.h"

namespace hotline {
namespace {

constexpr std::size_t kBatch = 100;

struct Plan {
  ReferralRow row;
  RecallRow recall;
  std::optional<ControlParcel> message;
};

std::optional<RecallRow> recall_of(const ExchangeContext& context, const ReferralId& id) {
  std::optional<RecallRow> recall;
  (void)context.store.read([&](const Reader& reader) -> Result<void> {
    recall = reader.recall(id);
    return {};
  });
  return recall;
}

Result<Plan> plan_attestation(const ExchangeContext& context, std::optional<ReferralRow> row,
                              SystemPurge said, Instant now) {
  auto recall = row ? recall_of(context, row->id) : std::nullopt;
  if (!recall || recall->direction != Direction::inbound || recall->stage != kConfirmed) {
    return fail(ErrorCode::not_found);
  }
  if (recall->system == said) return Plan{std::move(*row), std::move(*recall), std::nullopt};
  if (recall->system == SystemPurge::erased) return fail(ErrorCode::state_conflict, "/state", "erased");
  recall->system = said;
  ++row->version;
  ++row->sent_sequence;
  ControlWish wish;
  wish.kind = MessageKind::purge;
  wish.status = row->status;
  wish.reason = said == SystemPurge::erased ? ControlReason::system_erased : ControlReason::kept_by_law;
  wish.about = recall->message;
  wish.system = said;
  wish.downstream = recall->downstream;
  wish.proven = recall->proven;
  auto message = make_control(context, *row, wish, now);
  if (!message) return fail(std::move(message.error()));
  return Plan{std::move(*row), std::move(*recall), std::move(*message)};
}

std::string attested_body(const ReferralId& id, SystemPurge said) {
  Json out(rapidjson::kObjectType);
  set_text(out, "referral", id.get(), out.GetAllocator());
  set_text(out, "system", to_string(said), out.GetAllocator());
  return to_text(out);
}

}  // namespace

Result<Attested> attest_purge(const ExchangeContext& context, const ReferralId& id, SystemPurge said,
                              const std::string& client, const std::optional<WriteKey>& key) {
  const Instant now = context.clock.now();
  Attested done;
  done.answer = {200, attested_body(id, said)};
  const KeptAnswer kept(context.store, key, done.answer, now);
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) { return plan_attestation(context, std::move(row), said, now); },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        kept.put(transaction);
        if (!prepared.message) return {};
        prepared.message->detail.actor(client);
        transaction.put(prepared.row);
        transaction.put(prepared.recall);
        put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  if (plan->message) done.jobs.push_back(job_of(std::move(*plan->message)));
  return done;
}

Result<std::vector<Outstanding>> outstanding(const ExchangeContext& context) {
  std::vector<Outstanding> all;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (auto& recall : reader.recalls_open()) {
      auto message = recall.direction == Direction::outbound ? reader.outbox(recall.message) : std::nullopt;
      const auto referral = reader.referral(recall.referral);
      const bool forced = referral && referral->hold == kForcedHold;
      all.push_back({std::move(recall), std::move(message), forced});
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return all;
}

namespace {

// A person has to know: the receiver does not answer, or our own system has not said what became of its copy.
Result<void> escalate(const ExchangeContext& context, const ReferralId& id, Instant now) {
  std::optional<RecallRow> told;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    told.reset();
    auto recall = transaction.recall(id);
    if (!recall || now < recall->at.plus_seconds(kUnansweredAfterSeconds * (recall->escalated + 1))) {
      return {};
    }
    recall->escalated = (now.ms - recall->at.ms) / (kUnansweredAfterSeconds * 1000);
    transaction.put(*recall);
    const bool ours = recall->direction == Direction::inbound;
    tell(transaction, ours ? EventKind::purge_wanted : EventKind::withdrawal_unanswered,
         {id, {}, recall->peer, std::to_string(recall->escalated)}, now);
    told = std::move(recall);
    return {};
  });
  if (!committed) return committed;
  if (told) {
    const bool ours = told->direction == Direction::inbound;
    context.metrics.count("hotline_withdrawals_escalated", told->peer.get(), ours ? "system" : "peer",
                          "unanswered");
  }
  return {};
}

bool is_queued(const std::optional<OutboxRow>& message) {
  return message && message->state == OutboxState::queued;
}

// What has to be said again: nobody has answered, and nothing is on its way any more.
RecallWish same_again(const ReferralRow& row, const RecallRow& recall) {
  RecallWish wish;
  wish.again = true;
  if (recall.stage == kPending) wish.reason = ControlReason::withdrawal_pending;
  if (recall.stage != kPending && row.status == ReferralStatus::revoked_by_sender) {
    wish.status = row.status;
    wish.reason = ControlReason::sender_recalled;
  }
  return wish;
}

Result<std::vector<DeliveryJob>> ask_again(const ExchangeContext& context, const RecallRow& recall) {
  std::optional<ReferralRow> row;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    row = reader.referral(recall.referral);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (!row) return std::vector<DeliveryJob>();
  auto asked = recall_referral(context, recall.referral, same_again(*row, recall));
  if (!asked && asked.error().code == ErrorCode::state_conflict) return std::vector<DeliveryJob>();
  if (!asked) return fail(std::move(asked.error()));
  return std::move(asked->jobs);
}

}  // namespace

Result<std::vector<DeliveryJob>> chase_proofs(const ExchangeContext& context) {
  const Instant now = context.clock.now();
  auto open = outstanding(context);
  if (!open) return fail(std::move(open.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& each : *open) {
    const auto& recall = each.recall;
    const auto& message = each.message;
    const bool theirs = recall.direction == Direction::outbound;
    const bool owed = theirs || recall.system == SystemPurge::asked;
    if (recall.stage == kConfirmed && owed &&
        now >= recall.at.plus_seconds(kUnansweredAfterSeconds * (recall.escalated + 1))) {
      if (auto told = escalate(context, recall.referral, now); !told) return fail(std::move(told.error()));
    }
    const bool silent = recall.proof.empty() && now >= recall.asked.plus_seconds(kUnansweredAfterSeconds);
    if (!theirs || !silent || is_queued(message)) continue;
    auto asked = ask_again(context, recall);
    if (!asked) return asked;
    for (auto& job : *asked) jobs.push_back(std::move(job));
  }
  return jobs;
}

namespace {

struct Ending {
  std::optional<ReferralRow> row;
  std::optional<PurgeProof> proof;
};

Result<Ending> plan_ending(const ExchangeContext& context, std::optional<ReferralRow> row, Instant now) {
  const auto recall = row ? recall_of(context, row->id) : std::nullopt;
  if (!recall || row->hold.empty() || row->hold_until > now) return Ending{};
  row->hold.clear();
  row->hold_until = Instant{};
  row->status = ReferralStatus::withdrawn_by_person;
  row->updated = now;
  ++row->version;
  ++row->sent_sequence;
  auto proof = make_proof(context, *row, recall->message, row->status, now);
  if (!proof) return fail(std::move(proof.error()));
  return Ending{std::move(row), std::move(*proof)};
}

Result<std::vector<DeliveryJob>> end_hold(const ExchangeContext& context, const ReferralId& id, Instant now) {
  auto ending = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) { return plan_ending(context, std::move(row), now); },
      [&](Transaction& transaction, Ending& prepared) -> Result<void> {
        if (!prepared.row) return {};
        transaction.put(*prepared.row);
        destroy_received(transaction, id);
        transaction.put(prepared.proof->recall);
        put(transaction, prepared.proof->message);
        const EventAbout about{id, {}, prepared.row->peer, "time_over"};
        tell(transaction, EventKind::withdrawn, about, now);
        if (prepared.proof->recall.system == SystemPurge::asked) {
          tell(transaction, EventKind::purge_wanted, about, now);
        }
        return {};
      });
  if (!ending) return fail(std::move(ending.error()));
  std::vector<DeliveryJob> jobs;
  if (!ending->row) return jobs;
  auto passed = pass_on_recall(context, id);
  if (!passed) return passed;
  jobs = std::move(*passed);
  jobs.push_back(job_of(std::move(ending->proof->message)));
  return jobs;
}

}  // namespace

Result<std::vector<DeliveryJob>> end_holds(const ExchangeContext& context) {
  const Instant now = context.clock.now();
  std::vector<ReferralRow> held;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    held = reader.referrals_held(now, kBatch);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& row : held) {
    auto ended = end_hold(context, row.id, now);
    if (!ended) return ended;
    for (auto& job : *ended) jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace hotline
