// The registry as this node trusts it: signed by enough founders, in force, with usable keys.
#pragma once

#include <map>

#include "config/settings.h"
#include "gateway/exchange/context.h"

namespace hotline {

struct TrustedRegistry {
  Registry registry;
  std::map<MemberId, PeerKeys> peer_keys;  // of the active members but ourselves and enforcement
};

// signature_invalid, settings_invalid (we are not in it, /node; not yet in force, /registry/file),
// data_invalid.
Result<TrustedRegistry> load_registry(const Settings& settings, Instant now);

}  // namespace hotline
