// Referral x Decision -> Disclosure: what may leave, and nothing else. The only maker of a Disclosure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/schema.h"
#include "consent/decide.h"
#include "consent/stages.h"
#include "i18n/base/result.h"

namespace hotline {

class ConsentTexts;  // lexicons and tokens, consent/texts.h

// The finished record for one group of persons: JSON text in UTF-8, `{"referral": <canonical record>,
// "report": ...}`, and `"stage"` when it is one of two.
class Disclosure {
 public:
  Disclosure(Disclosure&&) = default;
  Disclosure& operator=(Disclosure&&) = default;

  const std::string& bytes() const { return bytes_; }
  const ReferralId& referral() const { return referral_; }
  const std::string& urgency() const { return urgency_; }
  Instant until() const { return until_; }
  const std::vector<ConsentId>& consents() const { return consents_; }
  // Why a narrative stayed behind ("" when it goes or none was granted): leak_gate, case_split,
  // mentions_other.
  const std::string& narrative_held() const { return narrative_held_; }

 private:
  Disclosure(std::string bytes, ReferralId referral, std::string urgency, Instant until,
             std::vector<ConsentId> consents, std::string narrative_held)
      : bytes_(std::move(bytes)),
        referral_(std::move(referral)),
        urgency_(std::move(urgency)),
        until_(until),
        consents_(std::move(consents)),
        narrative_held_(std::move(narrative_held)) {}
  friend Result<std::vector<Disclosure>> disclose(const Referral&, const Decision&,
                                                  const struct DisclosureInputs&);

  std::string bytes_;
  ReferralId referral_;
  std::string urgency_;
  Instant until_;
  std::vector<ConsentId> consents_;
  std::string narrative_held_;
};

struct DisclosureInputs {
  const Schema& schema;
  const ConsentTexts& texts;
  const Policies& policies;
  MemberId sender;
  std::function<std::string()> new_uuid;  // UUIDv4 from a cryptographic source: referral ids and pseudonyms
  std::string source_profile;             // "us@1.0.0", for the report that travels
  Stage stage = Stage::whole;
  std::vector<ReferralId> referrals =
      {};  // one per group, of referrals that there are already; none: new ones
};

// Redacts, then has the leak gate re-read every finished disclosure: a hit in a field fails with leak_found
// (where, not what); a hit in a narrative holds that narrative and lets the rest go. One Disclosure per
// group, in group order; an empty list when nothing may leave.
Result<std::vector<Disclosure>> disclose(const Referral& referral, const Decision& decision,
                                         const DisclosureInputs& inputs);

}  // namespace hotline
