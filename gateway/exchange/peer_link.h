// How a sealed message reaches a peer; gateway/link does it over mutual TLS, a test may do it in memory.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

class PeerLink {
 public:
  virtual ~PeerLink() = default;
  // The peer's receipt token, as it came. An Error is what the peer's problem document names, or
  // peer_unavailable.
  virtual Result<std::string> post(const MemberId& peer, std::string_view sealed, int timeout_ms) = 0;
};

}  // namespace hotline
