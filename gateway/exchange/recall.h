// Taking back one referral of ours, and what follows from that for those to whom it was passed on.
#pragma once

#include <vector>

#include "gateway/exchange/context.h"

namespace hotline {

// The holds of a row (ReferralRow::hold).
inline constexpr std::string_view kHeld = "withdrawal_pending";
inline constexpr std::string_view kForcedHold = "forced";  // shown to nobody: it looks withdrawn
// Stages of a RecallRow.
inline constexpr std::string_view kPending = "pending";
inline constexpr std::string_view kLifted = "lifted";
inline constexpr std::string_view kConfirmed = "confirmed";

// What people are shown: somebody has said that it is withdrawn, and nobody may act before that is settled.
ReferralStatus shown_status(const ReferralRow& row);

struct RecallWish {
  // withdrawal_pending and withdrawal_lifted leave the status alone and set or take away the hold.
  ReferralStatus status = ReferralStatus::withdrawn_by_person;
  ControlReason reason = ControlReason::person_withdrew;
  bool again = false;   // the same message once more: the proof has not come
  bool forced = false;  // with withdrawal_pending: shown here as if it were withdrawn
};
struct RecallResult {
  ReferralRow row;
  std::vector<DeliveryJob> jobs;
};
// Outbound: what is still here is destroyed with the commit (kept, but not delivered, while it is only
// pending); the receiver has a durable message on its way. state_conflict when it is over in another way.
Result<RecallResult> recall_referral(const ExchangeContext& context, const ReferralId& id,
                                     const RecallWish& wish);

// A received referral was taken back, held or released: everybody to whom it was passed on is told the same.
Result<std::vector<DeliveryJob>> pass_on_recall(const ExchangeContext& context, const ReferralId& received);

// To how many a received referral was passed on, by us and by those behind us, and how many have proven that
// nothing can be read any more.
struct Downstream {
  std::int64_t total = 0;
  std::int64_t proven = 0;
};
Downstream count_downstream(const Reader& reader, const ReferralId& received);

// Tells the origin of a received referral when that count has changed since it was told last.
Result<std::vector<DeliveryJob>> report_downstream(const ExchangeContext& context,
                                                   const ReferralId& received);

}  // namespace hotline
