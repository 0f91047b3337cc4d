// What has to happen with a referral in a crisis, by when, and what ends the waiting. Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "config/policy.h"
#include "gateway/seal/codes.h"
#include "gateway/seal/crisis_times.h"

namespace hotline {

// In the order in which they become worse. The first five are a policy's clocks; `delivery` waits for the
// peer's receipt and is missed at the first attempt that fails, `next_option` is missed at a decline: both at
// the sender only.
enum class CrisisStep {
  acknowledge,
  escalate_first,
  accept,
  escalate_again,
  second_partner,
  next_option,
  delivery,
};
std::string_view to_string(CrisisStep step);
std::optional<CrisisStep> crisis_step_from(std::string_view text);

// Clock by clock the shorter one.
CrisisClocks stricter(const CrisisClocks& one, const CrisisClocks& other);
CrisisTimes crisis_times(const CrisisClocks& clocks, Instant start);
CrisisTimes earlier(const CrisisTimes& one, const CrisisTimes& other);

struct TimedStep {
  CrisisStep step;
  Instant due;
};
std::array<TimedStep, 5> timed_steps(const CrisisTimes& times);

// Is the waiting for that step over in this state? That a hotline's system has taken the record is no human's
// acknowledgement: `by_human` says that somebody has given it. To ask for more, or to put the person on a
// waiting list, acknowledges and does not accept.
bool ends(CrisisStep step, ReferralStatus status, bool by_human);

}  // namespace hotline
