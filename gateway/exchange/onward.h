// A received record that is sent on: what came with it binds beside whatever was agreed since.
#pragma once

#include <optional>

#include "adapters/record/referral.h"
#include "consent/request.h"
#include "gateway/store/store.h"

namespace hotline {

// ReferralRow::terms of a disclosure that has arrived: to whom it may be passed on, until when, and of each
// category the lowest level at which anybody of it came. Codes, ids and instants only.
std::string terms_of(const Referral& disclosed, Instant until);
// Terms that cannot be read allow nothing.
OriginalTerms read_terms(const std::string& terms);

struct Onward {
  ReferralId received;  // empty: this record did not come from anybody
  OriginalTerms terms;
};
// `said` is what the caller named, `named` what the record's own envelope names: a received referral there
// counts even when the caller does not say so. value_not_allowed /onward_of for a named one that was never
// received; no_consent for one that was taken back, is over or is held.
Result<Onward> onward_of(const Reader& reader, const ReferralId& said, const ReferralId& named);

// May still be passed on, at this moment?
bool may_go_on(const Reader& reader, const ReferralId& received);

}  // namespace hotline
