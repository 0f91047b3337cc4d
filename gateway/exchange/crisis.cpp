#include "gateway/exchange/crisis.h"

#include <algorithm>
#include <map>

#include "gateway/exchange/events.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

constexpr std::size_t kBatch = 200;
constexpr std::size_t kAll = INT64_MAX;  // no alarm may fall off the end of a page
constexpr Instant kNotTimed{INT64_MAX};

bool is_crisis(const ReferralRow& row) {
  return priority_of(row.urgency) == 0;
}

CrisisStep step_of(const DeadlineRow& row) {
  return crisis_step_from(row.step).value_or(CrisisStep::acknowledge);
}

EventKind event_of(CrisisStep step) {
  switch (step) {
    case CrisisStep::acknowledge:
      return EventKind::crisis_unacknowledged;
    case CrisisStep::accept:
      return EventKind::crisis_unaccepted;
    case CrisisStep::escalate_first:
    case CrisisStep::escalate_again:
      return EventKind::crisis_escalate_supervisor;
    case CrisisStep::second_partner:
      return EventKind::crisis_second_partner;
    case CrisisStep::next_option:
      return EventKind::crisis_declined;
    case CrisisStep::delivery:
      return EventKind::crisis_undelivered;
  }
  return EventKind::crisis_unacknowledged;
}

DeadlineRow deadline(const ReferralRow& row, CrisisStep step, Instant due) {
  DeadlineRow made;
  made.referral = row.id;
  made.step = std::string(to_string(step));
  made.peer = row.peer;
  made.direction = row.direction;
  made.due = due;
  return made;
}

void tell_missed(Transaction& transaction, DeadlineRow row, std::string_view code, Instant now) {
  row.told = now;
  transaction.put(row);
  tell(transaction, event_of(step_of(row)), {row.referral, {}, row.peer, code}, now);
}

// What is still waited for as long as nobody has taken it.
bool waits_for_taker(CrisisStep step) {
  return step == CrisisStep::accept || step == CrisisStep::next_option || step == CrisisStep::delivery;
}

void tell_untaken(Transaction& transaction, const ReferralRow& row, Instant now) {
  tell(transaction, EventKind::crisis_untaken, {row.id, {}, row.peer, to_string(row.status)}, now);
}

bool has_ended(const DeadlineRow& row, const ReferralRow& referral, Instant now) {
  const bool over = ends(step_of(row), referral.status, false);
  // What nobody can deliver any more is shown for as long as it might have been.
  return over || referral.until <= now;
}

// Ended without a word that was looked at, held, or really missed.
Result<std::optional<DeadlineRow>> look_at(const ExchangeContext& context, const DeadlineRow& wanted,
                                           Instant now, Instant late) {
  std::optional<DeadlineRow> missed;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    missed.reset();
    const auto referral = transaction.referral(wanted.referral);
    for (auto& row : transaction.deadlines_of(wanted.referral)) {
      if (row.step != wanted.step || row.met.ms != 0) continue;
      if (!referral || has_ended(row, *referral, now)) {
        row.met = now;
        transaction.put(row);
        // What could not be delivered stays what it is when its time ends; everything else expires.
        if (referral && step_of(row) == CrisisStep::delivery && !ends(step_of(row), referral->status, false))
          tell_untaken(transaction, *referral, now);
      } else if (row.told.ms == 0 && row.due <= late && referral->hold.empty()) {
        tell_missed(transaction, row, row.step, now);
        missed = row;
      }
    }
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return missed;
}

}  // namespace

CrisisTimes times_for(const ExchangeContext& context, const MemberId& peer, Instant start) {
  CrisisClocks clocks = context.own_policy().crisis;
  const Member* member = context.registry.find(peer);
  const Policy* theirs = member == nullptr ? nullptr : context.policies.country(member->country);
  if (theirs != nullptr) clocks = stricter(clocks, theirs->crisis);
  return crisis_times(clocks, start);
}

CrisisTimes received_times(const ExchangeContext& context, const MemberId& sender,
                           const std::optional<CrisisTimes>& carried, Instant now) {
  const auto ours = times_for(context, sender, now);
  return carried ? earlier(ours, *carried) : ours;
}

void put_deadlines(Transaction& transaction, const ReferralRow& row, const CrisisTimes& times) {
  if (!is_crisis(row)) return;
  for (const auto& [step, due] : timed_steps(times)) transaction.put(deadline(row, step, due));
  if (row.direction == Direction::outbound) transaction.put(deadline(row, CrisisStep::delivery, kNotTimed));
}

void settle_deadlines(Transaction& transaction, const ReferralRow& row, bool by_human, Instant now) {
  if (!is_crisis(row)) return;
  bool declined_before = false;
  bool untaken = false;
  for (auto& each : transaction.deadlines_of(row.id)) {
    declined_before = declined_before || step_of(each) == CrisisStep::next_option;
    if (each.met.ms != 0 || !ends(step_of(each), row.status, by_human)) continue;
    each.met = now;
    transaction.put(each);
    untaken = untaken || waits_for_taker(step_of(each));
  }
  if (untaken && row.status == ReferralStatus::expired && row.hold.empty())
    tell_untaken(transaction, row, now);
  const bool given_back = is_decline(row.status) || row.status == ReferralStatus::redirected;
  if (given_back && !declined_before && row.direction == Direction::outbound)
    tell_missed(transaction, deadline(row, CrisisStep::next_option, now), to_string(row.status), now);
}

void note_undelivered(Transaction& transaction, const ReferralId& referral, std::string_view why,
                      Instant now) {
  for (auto& each : transaction.deadlines_of(referral)) {
    if (step_of(each) != CrisisStep::delivery || each.met.ms != 0 || each.told.ms != 0) continue;
    each.due = now;
    tell_missed(transaction, each, why, now);
  }
}

bool waits_for_human(const Reader& reader, const ReferralId& referral) {
  const auto rows = reader.deadlines_of(referral);
  return std::any_of(rows.begin(), rows.end(), [](const DeadlineRow& row) {
    return step_of(row) == CrisisStep::acknowledge && row.met.ms == 0;
  });
}

Result<void> watch_crises(const ExchangeContext& context, Instant ticked) {
  const Instant now = context.clock.now();
  const Instant late = std::max(now, ticked);
  std::vector<DeadlineRow> rows;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    rows = reader.deadlines_due(late, kBatch);
    for (auto& row : reader.deadlines_missed(kAll)) {
      const auto referral = reader.referral(row.referral);
      if (!referral || has_ended(row, *referral, now)) rows.push_back(std::move(row));
    }
    return {};
  });
  if (!read) return read;
  for (const auto& row : rows) {
    const auto missed = look_at(context, row, now, late);
    if (!missed) return fail(missed.error());
    if (!*missed) continue;
    const bool ours = (*missed)->direction == Direction::inbound;
    context.metrics.count("hotline_crisis_deadlines_missed", (*missed)->peer.get(),
                          ours ? "inbound" : "outbound", (*missed)->step);
  }
  return {};
}

std::vector<Alarm> alarms(const Reader& reader, Instant now) {
  std::vector<Alarm> all;
  std::map<ReferralId, std::size_t> places;
  for (auto& row : reader.deadlines_missed(kAll)) {
    auto place = places.find(row.referral);
    if (place == places.end()) {
      auto referral = reader.referral(row.referral);
      if (!referral) continue;
      place = places.emplace(row.referral, all.size()).first;
      all.push_back({std::move(*referral), {}});
    }
    Alarm& alarm = all[place->second];
    if (alarm.row.hold.empty() && !has_ended(row, alarm.row, now)) alarm.missed.push_back(std::move(row));
  }
  std::erase_if(all, [](const Alarm& alarm) { return alarm.missed.empty(); });
  for (auto& alarm : all) {
    std::sort(alarm.missed.begin(), alarm.missed.end(),
              [](const DeadlineRow& a, const DeadlineRow& b) { return step_of(a) < step_of(b); });
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Alarm& a, const Alarm& b) { return step_of(a.worst()) > step_of(b.worst()); });
  return all;
}

}  // namespace hotline
