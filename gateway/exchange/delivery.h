// One attempt to deliver one message, from "may it still go?" to the verified receipt.
#pragma once

#include <optional>

#include "gateway/exchange/context.h"
#include "gateway/exchange/peer_link.h"

namespace hotline {

struct RetryTimes {
  std::int64_t base_seconds = 2;
  std::int64_t max_seconds = 900;
};

enum class Attempt { delivered, over, again };  // over: nothing more to do, it must not or need not go

// Asks consent again (withdrawn, ended, policy of the recipient changed: the payload is destroyed and the
// referral says so), posts, verifies the receipt, writes all that down in one commit and has the payload's
// key destroyed. With `again` the job carries when and how often.
Attempt attempt_delivery(const ExchangeContext& context, PeerLink& link, const RetryTimes& retry,
                         DeliveryJob& job, int timeout_ms);

// Exponential with jitter: between half and all of base * 2^attempts, `max` at most.
std::int64_t retry_pause_ms(const RetryTimes& retry, int attempts);

}  // namespace hotline
