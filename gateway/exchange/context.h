// What the stories of this folder are told with: who we are, whom we know, what we decide by, where we keep
// it. Everything outlives the stories and may be used by many threads.
#pragma once

#include <map>

#include "adapters/engine/profiles.h"
#include "adapters/engine/shadow.h"
#include "config/policy.h"
#include "config/registry.h"
#include "config/schema.h"
#include "consent/statements.h"
#include "consent/texts.h"
#include "consent/wording.h"
#include "gateway/exchange/metrics.h"
#include "gateway/exchange/policy_watch.h"
#include "gateway/seal/seal_key.h"
#include "gateway/store/store.h"
#include "i18n/base/clock.h"

namespace hotline {

struct PeerKeys {
  MemberKey signing;
  MemberKey encryption;
};

struct ExchangeContext {
  const Member& self;
  const Registry& registry;
  const std::map<MemberId, PeerKeys>& peer_keys;  // of the active members but ourselves
  const OwnKey& signing;
  const OwnKey& decryption;
  const Policies& policies;
  const Schema& schema;  // canonical
  const ConsentTexts& texts;
  const Statements& statements;   // the words that people may have agreed to
  const StaffWords& staff_words;  // which of staff's words wound
  const Profile& profile;         // our hotline's own
  LanguageTag language;           // our hotline's own
  Store& store;
  const Clock& clock;
  Metrics& metrics;
  std::int64_t unlink_min_seconds = 0;  // groups after the first wait between these two before they are due
  std::int64_t unlink_max_seconds = 0;
  Shadow* shadow = nullptr;                   // another version of our profile, which only looks on; none
  const PolicyWatch* policy_watch = nullptr;  // which policy files were loaded; not asked without it

  const Policy& own_policy() const {
    const Policy* policy = policies.country(self.country);
    return policy == nullptr ? policies.base() : *policy;
  }
};

// The queue's order: crisis before urgent before the rest (not_assessed counts as urgent).
int priority_of(std::string_view urgency);

// A whole number from `low` to `high`, from the cryptographic source.
std::int64_t random_between(std::int64_t low, std::int64_t high);

// Something that is to be delivered to a peer. `sealed` may be empty: then it is read from the store.
struct DeliveryJob {
  MessageId message;
  MemberId peer;
  int priority = 2;
  Instant due;
  int attempts = 0;
  std::string sealed;
};

}  // namespace hotline
