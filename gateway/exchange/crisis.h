// Referrals in a crisis: their deadlines on both sides, who is told when nobody takes them, and what ends it.
#pragma once

#include <vector>

#include "gateway/exchange/context.h"
#include "gateway/referral/crisis.h"

namespace hotline {

// By when, for a referral that is due to go to `peer` at `start`: the stricter of both countries' clocks.
CrisisTimes times_for(const ExchangeContext& context, const MemberId& peer, Instant start);

// With the commit that keeps the referral's row; a referral that is no crisis has none. `carried`, at the
// receiver: what the sender's gateway said; it can only shorten what our own clocks say.
void put_deadlines(Transaction& transaction, const ReferralRow& row, const CrisisTimes& times);
CrisisTimes received_times(const ExchangeContext& context, const MemberId& sender,
                           const std::optional<CrisisTimes>& carried, Instant now);

// Ends what `row` in its state ends. `by_human`: a person has said so; the gateway's own word that a system
// has taken the record acknowledges nothing. A decline is told at once at the sender; an end by time alone,
// at both sides.
void settle_deadlines(Transaction& transaction, const ReferralRow& row, bool by_human, Instant now);
// The first attempt to deliver it has failed, or the last: the sender is told once, at once.
void note_undelivered(Transaction& transaction, const ReferralId& referral, std::string_view why,
                      Instant now);

// Does a human's acknowledgement still count for something here?
bool waits_for_human(const Reader& reader, const ReferralId& referral);

// A round of the sweeper: each deadline that is over is told once (events.h), durably. `ticked`: what time it
// is by the machine's ticking since the start; a clock that was set back stands still (node/node_clock.h),
// and a crisis does not wait for it.
Result<void> watch_crises(const ExchangeContext& context, Instant ticked);

// What people have to look at before anything else, worst first. No row of it is over or held.
struct Alarm {
  ReferralRow row;
  std::vector<DeadlineRow> missed;  // in the order of CrisisStep
  const DeadlineRow& worst() const { return missed.back(); }
};
std::vector<Alarm> alarms(const Reader& reader, Instant now);

}  // namespace hotline
