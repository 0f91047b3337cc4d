#include "gateway/exchange/withdraw.h"

#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/recall.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

// Stages of a consent's withdrawal: what is in force, then the same when everybody has a durable message.
struct Stage {
  std::string_view said, told;
  std::string_view state;  // of the consent, in its history and in answers
  ControlReason reason;
  EventKind event;
};
constexpr Stage kWaiting{"pending", "pending_told", "withdrawal_pending", ControlReason::withdrawal_pending,
                         EventKind::withdrawal_pending};
constexpr Stage kStopped{"stopped", "told", "withdrawn", ControlReason::person_withdrew,
                         EventKind::withdrawn};
// Said under duress: held like the first, shown like the second.
constexpr Stage kForced{"forced", "forced_told", "withdrawn", ControlReason::withdrawal_pending,
                        EventKind::withdrawn};
constexpr Stage kLifting{"lifting", "lifted", "given", ControlReason::withdrawal_lifted,
                         EventKind::withdrawal_lifted};

bool is_at(const std::optional<WithdrawnConsentRow>& row, const Stage& stage) {
  return row && (row->stage == stage.said || row->stage == stage.told);
}

const Stage* after_forced(const WithdrawalWish& wish) {
  if (wish.step == WithdrawalStep::lift) return wish.may_decide ? &kLifting : nullptr;
  if (wish.word == SaidWord::duress) return &kForced;
  const bool decided = wish.step == WithdrawalStep::at_once ||
                       (wish.step == WithdrawalStep::confirm && (wish.may_decide || wish.overdue));
  return wish.word == SaidWord::code || decided ? &kStopped : &kForced;
}

// Where a step leads from where the consent stands; nullptr: nowhere.
const Stage* next_stage(const std::optional<WithdrawnConsentRow>& row, const WithdrawalWish& wish) {
  if (is_at(row, kStopped)) return wish.step == WithdrawalStep::lift ? nullptr : &kStopped;
  if (is_at(row, kForced)) return after_forced(wish);
  const Stage* stopped = wish.word == SaidWord::duress ? &kForced : &kStopped;
  switch (wish.step) {
    case WithdrawalStep::at_once:
      return stopped;
    case WithdrawalStep::pending:
      return &kWaiting;
    case WithdrawalStep::confirm:
      return is_at(row, kWaiting) ? stopped : nullptr;
    case WithdrawalStep::lift:
      return is_at(row, kWaiting) || is_at(row, kLifting) ? &kLifting : nullptr;
  }
  return nullptr;
}

// The history goes on; what was agreed before a withdrawal that was lifted is what holds again.
ConsentRow next_version(const std::vector<ConsentRow>& history, const Stage& stage, const std::string& client,
                        Instant now) {
  ConsentRow row = history.back();
  if (stage.reason == ControlReason::withdrawal_lifted) {
    for (const auto& each : history) {
      if (!each.state.starts_with("withdraw")) row = each;
    }
  } else {
    row.state = std::string(stage.state);
  }
  row.version = -1;
  row.client = client;
  row.at = now;
  return row;
}

// As whoever asks may know it.
std::string shown(const WithdrawnConsentRow& row) {
  if (row.stage == kForced.said) return std::string(kStopped.said);
  return row.stage == kForced.told ? std::string(kStopped.told) : row.stage;
}

// Either word leaves a write behind, also where the step is refused: the answers take equally long.
void note_word(Transaction& transaction, const ConsentId& id, const WithdrawalWish& wish,
               const MemberId& self, Instant now) {
  if (wish.word == SaidWord::none) return;
  if (wish.word == SaidWord::duress) {
    const auto& where = wish.said_at.get().empty() ? self : wish.said_at;
    tell(transaction, EventKind::duress, {{}, id, where, {}}, now);
  } else {
    transaction.put(SettingRow{"word_said", format_instant(now)});
  }
}

struct Said {
  const Stage* stage = nullptr;
  std::string conflict;  // where it stands, when there is no such step
  std::vector<ReferralRow> under;
};

// From this commit on the new stage is in force.
Result<Said> say(const ExchangeContext& context, const ConsentId& id, const WithdrawalWish& wish,
                 Instant now) {
  Said said;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    said = Said{};
    const auto history = transaction.consent_history(id);
    if (history.empty()) return fail(ErrorCode::not_found);
    const auto row = transaction.withdrawal(id);
    note_word(transaction, id, wish, context.self.id, now);
    said.stage = next_stage(row, wish);
    if (said.stage == nullptr) {
      said.conflict = row ? shown(*row) : history.back().state;
      return {};
    }
    for (auto& each : transaction.referrals_under(id)) {
      if (each.direction == Direction::outbound) said.under.push_back(std::move(each));
    }
    if (is_at(row, *said.stage)) return {};
    transaction.put(WithdrawnConsentRow{id, now, context.self.id, std::string(said.stage->said)});
    // What was said under duress has been shown as withdrawn from the first moment on.
    const bool shown_before = is_at(row, kForced) && said.stage == &kStopped;
    if (!shown_before) transaction.put(next_version(history, *said.stage, wish.client, now));
    LogDetail detail;
    detail.consent(id).code("stage", said.stage->said).actor(wish.client).at(now);
    transaction.append(LogKind::withdrawal, detail, now);
    const auto why = wish.overdue ? to_string(ControlReason::time_over) : std::string_view();
    if (!shown_before) tell(transaction, said.stage->event, {{}, id, {}, why}, now);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  if (said.stage == nullptr) return fail(ErrorCode::state_conflict, "/state", std::move(said.conflict));
  return said;
}

// Tells every recipient, then notes that they all have been told (the messages are durable, not yet
// delivered).
Result<std::vector<DeliveryJob>> tell_recipients(const ExchangeContext& context, const ConsentId& id,
                                                 const Said& said, const KeptAnswer* kept) {
  std::vector<DeliveryJob> jobs;
  for (const auto& referral : said.under) {
    auto one = recall_referral(
        context, referral.id,
        {ReferralStatus::withdrawn_by_person, said.stage->reason, false, said.stage == &kForced});
    if (!one) return fail(std::move(one.error()));
    for (auto& job : one->jobs) jobs.push_back(std::move(job));
  }
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.withdrawal(id);
    if (row && row->stage == said.stage->said) {
      row->stage = std::string(said.stage->told);
      transaction.put(*row);
    }
    if (kept != nullptr) kept->put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return jobs;
}

std::string answer_body(const ConsentId& id, const Said& said) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "consent_id", id.get(), allocator);
  set_text(out, "state", said.stage->state, allocator);
  JsonValue list(rapidjson::kArrayType);
  for (const auto& row : said.under) {
    const bool lifted = said.stage->reason == ControlReason::withdrawal_lifted;
    const auto shown = lifted ? row.status : ReferralStatus::withdrawn_by_person;
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "id", row.id.get(), allocator);
    set_text(item, "to", row.peer.get(), allocator);
    set_text(item, "state", to_string(shown), allocator);
    list.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(list), allocator);
  return to_text(out);
}

const Stage* untold(const WithdrawnConsentRow& row) {
  for (const Stage* stage : {&kWaiting, &kStopped, &kForced, &kLifting}) {
    if (row.stage == stage->said) return stage;
  }
  return nullptr;
}

void take(std::vector<DeliveryJob>& jobs, std::vector<DeliveryJob> more) {
  for (auto& job : more) jobs.push_back(std::move(job));
}

}  // namespace

Result<Recalled> withdraw_consent(const ExchangeContext& context, const ConsentId& id,
                                  const WithdrawalWish& wish) {
  const Instant now = context.clock.now();
  auto said = say(context, id, wish, now);
  if (!said) return fail(std::move(said.error()));
  crash_point(CrashPoint::withdraw_committed);
  Recalled recalled;
  recalled.answer = {202, answer_body(id, *said)};
  const KeptAnswer kept(context.store, wish.key, recalled.answer, now);
  auto jobs = tell_recipients(context, id, *said, &kept);
  if (!jobs) return fail(std::move(jobs.error()));
  recalled.jobs = std::move(*jobs);
  return recalled;
}

Result<std::vector<DeliveryJob>> resume_withdrawals(const ExchangeContext& context) {
  std::vector<std::pair<ConsentId, Said>> open;
  std::vector<ReferralId> received;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.withdrawals_open()) {
      const Stage* stage = untold(row);
      if (stage == nullptr) continue;
      open.emplace_back(row.id, Said{stage, {}, {}});
      for (auto& referral : reader.referrals_under(row.id)) {
        if (referral.direction == Direction::outbound)
          open.back().second.under.push_back(std::move(referral));
      }
    }
    for (const auto& recall : reader.recalls_open()) {
      if (recall.direction == Direction::inbound) received.push_back(recall.referral);
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& [id, said] : open) {
    auto told = tell_recipients(context, id, said, nullptr);
    if (!told) return fail(std::move(told.error()));
    take(jobs, std::move(*told));
  }
  for (const auto& id : received) {
    for (auto step : {pass_on_recall, report_downstream}) {
      auto told = step(context, id);
      if (!told) return fail(std::move(told.error()));
      take(jobs, std::move(*told));
    }
  }
  return jobs;
}

Result<std::vector<DeliveryJob>> confirm_overdue(const ExchangeContext& context) {
  const Instant now = context.clock.now();
  std::vector<ConsentId> overdue;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : reader.withdrawals_open()) {
      if ((is_at(row, kWaiting) || is_at(row, kForced)) && row.at.plus_seconds(kConfirmWithinSeconds) <= now)
        overdue.push_back(row.id);
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& id : overdue) {
    auto done = withdraw_consent(context, id, {WithdrawalStep::confirm, context.self.id.get(), {}, true});
    if (!done) return fail(std::move(done.error()));
    take(jobs, std::move(done->jobs));
  }
  return jobs;
}

}  // namespace hotline
