// A referral in two stages: pseudonymous first; identity and contact follow under the same consent, when the
// other side has accepted and a warm hand-over is agreed.
#pragma once

#include <optional>
#include <string>

#include "gateway/exchange/send.h"

namespace hotline {

struct HandoverSaid {
  bool agreed = false;
  Instant from, until;  // 0: not said
};
// What is agreed once `status` is said: kept while the receiver has it in hand, gone when it says anything
// else. True when something was agreed that was not before.
bool agree_handover(ReferralRow& row, ReferralStatus status, const HandoverSaid& said);

struct Completion {
  const JsonValue&
      record;  // the same record once more, in our hotline's own profile: none is kept here for it
  std::string client;
  ReferralId referral;
  std::optional<WriteKey> key;
};
// The second stage: decided again under what holds now, sealed as the same referral, durable when it returns.
// Of the record only those go who went in the first stage. not_found; state_conflict at /stage with
// stage_whole, stage_complete, stage_over, stage_held, stage_not_accepted or stage_no_handover;
// value_not_allowed at /consents ("same_case") for a record of other consents; else refused as send() does.
Sending<Sent> complete_referral(const ExchangeContext& context, const Completion& completion);

// The second stage did not go: it may be asked for again. True when it was one and the referral itself goes
// on.
bool fall_back(Transaction& transaction, const OutboxRow& outbox, Instant now);

}  // namespace hotline
