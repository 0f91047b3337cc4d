// Whether a consent can be one at all, said to whoever records it, place by place.
#pragma once

#include "gateway/exchange/context.h"

namespace hotline {

// The form (the canonical schema's), then what no schema can say: of every state, from the future or ended
// before it began; of one that is given or renewed, without an end or with one too far, for nobody that we
// know, for another country than the recipient's, to words that no catalog holds. Every fault with its
// pointer into `consent`; `expected` names the words of the catalogs (error.<code>.consent_...).
Result<void> check_consent(const ExchangeContext& context, const JsonValue& consent, Instant now);

}  // namespace hotline
