// The link to each peer: mutual TLS, the peer's key pinned, connections kept.
#pragma once

#include <map>
#include <memory>

#include "config/registry.h"
#include "gateway/exchange/peer_link.h"
#include "gateway/http/client.h"

namespace hotline {

class HttpPeerLink final : public PeerLink {
 public:
  // One client for each active member but ourselves; settings_invalid when an endpoint is no https URL.
  static Result<std::unique_ptr<HttpPeerLink>> make(const Registry& registry, const MemberId& self,
                                                    const TlsIdentity& identity);
  Result<std::string> post(const MemberId& peer, std::string_view sealed, int timeout_ms) override;

 private:
  std::map<MemberId, std::unique_ptr<HttpClient>> clients_;
};

// What a problem document says, as a code; peer_unavailable for what is none of ours.
ErrorCode code_of_problem(std::string_view problem);

}  // namespace hotline
