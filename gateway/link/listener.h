// What stands behind the peer listener: POST /peer/v1/messages, for members only.
#pragma once

#include "gateway/exchange/outbox.h"
#include "gateway/http/server.h"
#include "gateway/link/refusal.h"

namespace hotline {

class PeerListener {
 public:
  PeerListener(const ExchangeContext& context, Outbox& outbox, const Catalog& catalog,
               const FixedRefusal& refusal)
      : context_(context), outbox_(outbox), catalog_(catalog), refusal_(refusal) {}
  ServerHooks hooks();  // the listener must outlive the server

 private:
  const Member* caller(const HttpRequest& request) const;
  std::optional<Reply> before_body(const HttpRequest& request) const;
  Reply handle(const HttpRequest& request) const;
  Reply problem(const HttpRequest& request, ErrorCode code) const;

  const ExchangeContext& context_;
  Outbox& outbox_;
  const Catalog& catalog_;
  const FixedRefusal& refusal_;
};

}  // namespace hotline
