// What the gateway remembers of the consents that a record brings. A record never gets more than the person's
// last word: where the gateway's is later, or the stricter one of the same moment, it stands in the record's
// place before anything is decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "gateway/exchange/consent_versions.h"

namespace hotline {

struct KnownWords {
  std::optional<Referral> record;  // with the words that count; nothing when they are those that it brought
  struct Brought {
    ConsentId id;
    Json consent;  // as brought, when no version has this content yet; null otherwise
    KeptConsent kept;
  };
  std::vector<Brought> consents;
};

// signature_invalid and signer_mismatch as of verified_versions, without a pointer.
Result<KnownWords> words_that_count(const ExchangeContext& context, const Referral& record);

// What the record brings that is new, ready to be kept.
Result<std::vector<NewVersion>> new_versions(const ExchangeContext& context, const KnownWords& words,
                                             const std::string& client, Instant now);
// False when another word about one of these consents was recorded since they were read.
bool still_the_last(const Reader& reader, const KnownWords& words);

}  // namespace hotline
