// What a control message that has arrived will change: made outside a transaction, applied within one.
#pragma once

#include "gateway/exchange/control.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/received.h"
#include "gateway/seal/control_message.h"

namespace hotline {

struct ControlPlan {
  std::optional<ReferralRow> row;  // as it will be; nothing: no change
  bool changes_status = false;
  bool destroys = false;
  bool stranger = false;  // somebody else's referral
  ReceiptResult result = ReceiptResult::superseded;
  std::optional<ControlParcel> reply;
  std::optional<RecallRow> recall;
  std::optional<EventKind> event;
  std::optional<CodeRequestRow> request;
  Taken taken;
};

// Inbound: held, released or destroyed. Without a row it was faster than the referral itself, or that never
// came: remembered, so that a late one is not kept.
Result<ControlPlan> plan_withdrawal(const ExchangeContext& context, std::optional<ReferralRow> row,
                                    const Opened& opened, const ControlMessage::Fields& said, Instant now);
// A member speaks of a referral that was never its own. It hears what it would hear of one that does not
// exist here; nothing changes, and a named human is told.
Result<ControlPlan> plan_stranger(const ExchangeContext& context, const Opened& opened,
                                  const ControlMessage::Fields& said, Instant now);
// Outbound: the receiver's proof.
Result<ControlPlan> plan_purge(const ExchangeContext& context, ReferralRow row, const Opened& opened,
                               const ControlMessage::Fields& said, Instant now);
// A receipt code, said there and given out here, or not: looked at later (exchange/words.h), so that the
// answer and its time say nothing.
Result<ControlPlan> plan_code(const ExchangeContext& context, const Opened& opened,
                              const ControlMessage::Fields& said, Instant now);

// A row that only a withdrawal has made: no referral has come for it.
bool came_before_its_referral(const ReferralRow& row);

// The referral's payloads and their keys are gone when the commit returns.
void destroy_received(Transaction& transaction, const ReferralId& referral);

// What has to be proven to the sender of `row`, which is over from now on.
struct PurgeProof {
  ControlParcel message;
  RecallRow recall;
};
Result<PurgeProof> make_proof(const ExchangeContext& context, const ReferralRow& row, const MessageId& about,
                              ReferralStatus status, Instant now);

}  // namespace hotline
