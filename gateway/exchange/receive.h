// The receiving story, top to bottom: sealed bytes from a peer in, durable, and a signed receipt out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange/context.h"

namespace hotline {

struct Received {
  std::string receipt;            // receipt+jwt; for a duplicate it says again what the first one said
  std::vector<DeliveryJob> jobs;  // what has to go back, e.g. the proof of a purge
};

// `peer` is the member whose certificate the link has seen. What cannot be opened, is not from that member,
// not for us, over, or an id seen with other bytes is an Error (see seal/open.h; message_replayed) and leaves
// one refusal in the log. What is genuine but not acceptable is answered by a receipt that says `refused`.
Result<Received> receive(const ExchangeContext& context, std::string_view sealed, const MemberId& peer);

}  // namespace hotline
