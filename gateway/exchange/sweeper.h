// What ends by itself: payloads whose time is over, referrals whose consent has ended, answers kept long
// enough.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/exchange/context.h"

namespace hotline {

// One round; gives what has to be told to peers. Inbound payloads that no system of the hotline took in time
// are destroyed and given back to the sender (status expired), outbound ones likewise at the end of their
// seven days, and everything at the end of the consent. `ticked`: for the deadlines of crises only
// (crisis.h).
Result<std::vector<DeliveryJob>> sweep(const ExchangeContext& context, Instant ticked = {});

class Sweeper {
 public:
  Sweeper(const ExchangeContext& context, std::function<void(std::vector<DeliveryJob>)> deliver);
  ~Sweeper();  // stops
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;

 private:
  void run();
  const ExchangeContext& context_;
  std::function<void(std::vector<DeliveryJob>)> deliver_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace hotline
