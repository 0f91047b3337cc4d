// Control messages on their way out: ids and closed codes about a referral, sealed like everything else.
#pragma once

#include <string>

#include "gateway/exchange/context.h"
#include "gateway/seal/codes.h"

namespace hotline {

struct ControlWish {
  MessageKind kind = MessageKind::status;
  ReferralStatus status = ReferralStatus::draft;
  ControlReason reason = ControlReason::none;
  MemberId next_option;
  MessageId about;
  SystemPurge system = SystemPurge::untouched;  // these three of a purge
  std::int64_t downstream = 0;
  std::int64_t proven = 0;
  std::string code = {}, word = {};  // with code_given
  bool handover = false;             // with accepted: a warm hand-over is agreed, and when (0: not said)
  Instant handover_from = {}, handover_until = {};
};

struct ControlParcel {
  OutboxRow outbox;
  ProtectedPayload payload;
  TimelineRow step;
  LogKind kind = LogKind::status;
  LogDetail detail;
  std::string sealed;
};

// `referral` is the row as it will be: its sent_sequence is the message's. Sealing takes long, so this is
// done before a transaction and put() within it.
Result<ControlParcel> make_control(const ExchangeContext& context, const ReferralRow& referral,
                                   const ControlWish& wish, Instant now);
void put(Transaction& transaction, ControlParcel& parcel);
void put_unseen(Transaction& transaction,
                ControlParcel& parcel);  // without a step in the referral's timeline
DeliveryJob job_of(ControlParcel&& parcel);

}  // namespace hotline
