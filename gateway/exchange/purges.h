// Until it is proven: who still owes a proof, asking again, telling people, and the word of the hotline's own
// system about its copies.
#pragma once

#include <optional>
#include <vector>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/context.h"

namespace hotline {

// How long a receiver may take before a person is told, and before it is asked again; then each day.
inline constexpr std::int64_t kUnansweredAfterSeconds = std::int64_t{24} * 3600;

struct Attested {
  Answer answer;
  std::vector<DeliveryJob> jobs;
};
// 200 {"referral","system"}. Our hotline's own system says what has become of its copy of a received referral
// that was taken back: `erased` or `kept_by_law`; the sender is told. Again: the same answer. not_found when
// nothing of the kind was taken back; state_conflict when it was erased before and is now said to be kept.
Result<Attested> attest_purge(const ExchangeContext& context, const ReferralId& id, SystemPurge said,
                              const std::string& client, const std::optional<WriteKey>& key);

// Everything of which a proof or a word is still owed, to us or by us.
struct Outstanding {
  RecallRow recall;
  std::optional<OutboxRow> message;  // the newest one that took it back, as it lies in the queue
  bool forced = false;               // held under duress: to be shown as if it were confirmed
};
Result<std::vector<Outstanding>> outstanding(const ExchangeContext& context);

// One round: asks again where no proof has come for a day, tells people so, and reminds our own system.
Result<std::vector<DeliveryJob>> chase_proofs(const ExchangeContext& context);

// Received referrals whose hold nobody has lifted in time: destroyed here, and proven.
Result<std::vector<DeliveryJob>> end_holds(const ExchangeContext& context);

}  // namespace hotline
