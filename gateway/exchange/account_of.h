// What the person may know of what was done with their consent, gathered from rows and the log: what went to
// whom, until when, taken there since, stopped, erased.
#pragma once

#include <string>
#include <vector>

#include "consent/account.h"
#include "gateway/exchange/context.h"

namespace hotline {

struct AccountLine {
  ReferralId referral;
  MemberId to;
  AccountEntry entry;
};

struct PersonsAccount {
  std::vector<AccountLine> lines;  // oldest first
  std::string time_zone;           // the consent's own; ours when it says none
  LanguageTag language;            // of the text that the person agreed to; ours when it says none
};

// not_found for an id that is not known here; signature_invalid, signer_mismatch as of verified_versions.
Result<PersonsAccount> account_of(const ExchangeContext& context, const ConsentId& consent);

}  // namespace hotline
