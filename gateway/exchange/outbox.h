// The queues of what is to be delivered, one lane per peer, so that a peer that is down holds up nobody else.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "gateway/exchange/delivery.h"

namespace hotline {

class Outbox {
 public:
  struct Options {
    RetryTimes retry;
    int workers = 4;  // per peer; one of them, when there are several, takes crisis messages only
    int post_timeout_ms = 30'000;
    int max_waiters = 80;  // callers that may wait at the same time; each holds a thread of the API
  };

  Outbox(const ExchangeContext& context, PeerLink& link, const Options& options);
  ~Outbox();  // stops
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  Result<void> start();  // takes up what the store has queued
  void stop();           // running attempts end, the rest stays queued in the store
  void let_go();         // nobody waits any more, as before a stop

  void add(std::vector<DeliveryJob> jobs);
  // Delivers what is due in the caller's own thread, which saves two changes of threads, leaves the rest to
  // the workers and waits for them. True when every message has its verified receipt (or may not go any
  // more). With as many waiting as may wait, and once they have been let go, it only adds: who has to
  // withdraw a consent must find a thread while a peer is down.
  bool deliver_and_wait(std::vector<DeliveryJob> jobs, std::chrono::milliseconds longest);

 private:
  struct Lane;
  struct Waiter;
  void finished(const MessageId& message);
  void run(Lane& lane, bool crisis_only);
  std::optional<DeliveryJob> next(Lane& lane, bool crisis_only);

  const ExchangeContext& context_;
  PeerLink& link_;
  Options options_;
  std::map<MemberId, std::unique_ptr<Lane>> lanes_;
  std::vector<std::thread> threads_;
  std::mutex waiting_mutex_;
  std::multimap<MessageId, Waiter*> waiting_;
  std::atomic<int> waiters_ = 0;
  std::atomic<bool> let_go_ = false;
};

}  // namespace hotline
