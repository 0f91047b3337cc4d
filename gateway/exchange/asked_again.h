// Consent asked once more about what is sealed and has not left: with every word that was recorded since.
#pragma once

#include "gateway/exchange/context.h"

namespace hotline {

// True when the person has said more since this was sealed, and by what counts now less would go, to fewer,
// or for a shorter time: a narrower grant, another end, a purpose or recipient that is no longer named, a no
// of another guardian of the same record. A wider word changes nothing: what was sealed stays as it is.
// signature_invalid, signer_mismatch or state_conflict when what is kept was not written by us.
Result<bool> is_narrowed(const ExchangeContext& context, const ReferralRow& referral, Instant now);

}  // namespace hotline
