// Which step may follow which in the life of a referral, and whose it is to take. Pure: no clock, no store.
// The codes are those of `referral_status` in the shared terminology.
#pragma once

#include "gateway/seal/codes.h"
#include "i18n/base/result.h"

namespace hotline {

enum class Side { sender, receiver };

// Withdrawn, recalled, expired, closed, declined for good: nothing follows but the proof that it was purged.
// A decline is not the end: the same hotline may accept later, when it has room (it has been asked again).
bool is_over(ReferralStatus status);

// Whose word sets this status. A status that the gateway itself sets (sent, delivered, expired, ...) is
// nobody's.
bool may_say(Side side, ReferralStatus wanted);

// May `wanted` follow `now`? The same status again is allowed and changes nothing, so that a message that
// arrives twice does no harm.
bool may_follow(ReferralStatus now, ReferralStatus wanted);

// For a change that one side asks for: state_conflict with the present status as `expected`,
// value_not_allowed at /status when it is not that side's to say.
Result<void> check_change(Side side, ReferralStatus now, ReferralStatus wanted);

bool is_decline(ReferralStatus status);
// What the reason of a message about this status is when nobody has said one.
ControlReason default_reason(ReferralStatus status);

}  // namespace hotline
