// By when what is to happen with a referral in a crisis; travels beside the disclosure, as instants only.
#pragma once

#include "i18n/base/clock.h"

namespace hotline {

struct CrisisTimes {
  Instant acknowledge;     // a human has seen it
  Instant escalate_first;  // or else a supervisor is told
  Instant accept;          // accepted, declined or redirected
  Instant escalate_again;  // or else a supervisor is told once more
  Instant second_partner;  // or else somebody else is to be asked
  friend bool operator==(const CrisisTimes&, const CrisisTimes&) = default;
};

}  // namespace hotline
