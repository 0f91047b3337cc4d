// Our hotline says what becomes of a referral: accept, decline (with who could take it instead), close,
// recall.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/exchange/context.h"

namespace hotline {

struct StatusWish {
  ReferralStatus status = ReferralStatus::draft;
  ControlReason reason = ControlReason::none;  // none: what usually stands behind this status
  MemberId next_option;                        // with a decline or a redirection; may be empty
  std::optional<std::int64_t> if_version;      // If-Match
  std::string contact = {};  // verdict on the plan that came with it (exchange/contact.h); for the log
  bool handover = false;     // with accepted: a warm hand-over is agreed, and when (0: not said)
  Instant handover_from = {}, handover_until = {};
};

struct StatusChanged {
  ReferralRow row;
  std::vector<DeliveryJob> jobs;
};

// not_found, precondition_failed, state_conflict, value_not_allowed (/status, /next_option, /warm_handover).
// The same status again is answered and not sent again, but for a hand-over that was not agreed before and
// for a human's acknowledgement of a crisis that so far only a system has taken.
Result<StatusChanged> change_status(const ExchangeContext& context, const ReferralId& id,
                                    const StatusWish& wish, const std::string& client);

}  // namespace hotline
