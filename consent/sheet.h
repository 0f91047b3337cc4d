// The sheet that an advocate reads out to the person: what would be shared, with whom, why, for how long,
// what could go wrong, their choices, how to stop. It says the same as the decision, because it is made from
// it.
#pragma once

#include <string>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "config/registry.h"
#include "config/schema.h"
#include "consent/decision.h"
#include "i18n/catalog.h"

namespace hotline {

// Plain text (UTF-8, lines end in LF), one block for each person of the decision, in `language`; catalog keys
// `sheet.*`; single fields by their title in `canonical`. Contains no value of the record but the name a
// person wants to be called. `decision` is that of `referral` for `recipient`.
std::string sheet_text(const Decision& decision, const Referral& referral, const Member& recipient,
                       const Policies& policies, const Schema& canonical, const LanguageTag& language,
                       const Catalog& catalog);

}  // namespace hotline
