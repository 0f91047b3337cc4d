#include "gateway/exchange/outbox.h"

#include <algorithm>
#include <condition_variable>

namespace hotline {

struct Outbox::Lane {
  struct Key {
    int priority;
    MessageId message;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  std::mutex mutex;
  std::condition_variable wake;
  bool stop = false;
  std::multimap<Instant, DeliveryJob> later;  // by when they are due
  std::map<Key, DeliveryJob> ready;           // crisis first, then the oldest (message ids rise with time)

  void promote(Instant now) {
    while (!later.empty() && later.begin()->first <= now) {
      auto job = std::move(later.begin()->second);
      later.erase(later.begin());
      Key key{job.priority, job.message};
      ready.emplace(std::move(key), std::move(job));
    }
  }
};

struct Outbox::Waiter {
  std::mutex mutex;
  std::condition_variable done;
  std::size_t open = 0;
};

namespace {

// One of those who wait, while it lives; the first has number 1.
class Place {
 public:
  explicit Place(std::atomic<int>& taken) : taken_(taken), number_(++taken) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { --taken_; }
  int number() const { return number_; }

 private:
  std::atomic<int>& taken_;
  int number_;
};

}  // namespace

Outbox::Outbox(const ExchangeContext& context, PeerLink& link, const Options& options)
    : context_(context), link_(link), options_(options) {
  for (const auto& [member, keys] : context.peer_keys) lanes_.emplace(member, std::make_unique<Lane>());
}

Outbox::~Outbox() {
  stop();
}

Result<void> Outbox::start() {
  constexpr std::size_t kAll = 1'000'000;
  constexpr Instant kEver{INT64_MAX};
  std::vector<OutboxRow> queued;
  auto read = context_.store.read([&](const Reader& reader) -> Result<void> {
    queued = reader.outbox_due(kEver, kAll);
    return {};
  });
  if (!read) return read;
  std::vector<DeliveryJob> jobs;
  jobs.reserve(queued.size());
  for (const auto& row : queued) {
    jobs.push_back({row.message, row.peer, row.priority, row.next_attempt, row.attempts, {}});
  }
  add(std::move(jobs));
  for (auto& [member, lane] : lanes_) {
    for (int i = 0; i < options_.workers; ++i) {
      const bool crisis_only = i == 0 && options_.workers > 1;
      threads_.emplace_back([this, &lane = *lane, crisis_only] { run(lane, crisis_only); });
    }
  }
  return {};
}

void Outbox::stop() {
  for (auto& [member, lane] : lanes_) {
    const std::lock_guard lock(lane->mutex);
    lane->stop = true;
    lane->wake.notify_all();
  }
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Outbox::add(std::vector<DeliveryJob> jobs) {
  for (auto& job : jobs) {
    const auto lane = lanes_.find(job.peer);
    if (lane == lanes_.end()) continue;  // no longer a member: the sweeper ends it when its time is over
    const std::lock_guard lock(lane->second->mutex);
    lane->second->later.emplace(job.due, std::move(job));
    lane->second->wake.notify_all();
  }
}

// The clock is the node's, which a test may move, so nobody sleeps longer than half a second on its word.
std::optional<DeliveryJob> Outbox::next(Lane& lane, bool crisis_only) {
  constexpr std::int64_t kLongestNap = 500;
  std::unique_lock lock(lane.mutex);
  for (;;) {
    if (lane.stop) return std::nullopt;
    const Instant now = context_.clock.now();
    lane.promote(now);
    const auto first = lane.ready.begin();
    if (first != lane.ready.end() && (!crisis_only || first->first.priority == 0)) {
      auto job = std::move(first->second);
      lane.ready.erase(first);
      return job;
    }
    std::int64_t nap = kLongestNap;
    if (!lane.later.empty()) nap = std::clamp<std::int64_t>(lane.later.begin()->first.ms - now.ms, 1, nap);
    lane.wake.wait_for(lock, std::chrono::milliseconds(nap));
  }
}

void Outbox::run(Lane& lane, bool crisis_only) {
  while (auto job = next(lane, crisis_only)) {
    const auto message = job->message;
    if (attempt_delivery(context_, link_, options_.retry, *job, options_.post_timeout_ms) == Attempt::again) {
      std::vector<DeliveryJob> again;
      again.push_back(std::move(*job));
      add(std::move(again));
    } else {
      finished(message);
    }
  }
}

void Outbox::finished(const MessageId& message) {
  const std::lock_guard lock(waiting_mutex_);
  const auto [first, last] = waiting_.equal_range(message);
  for (auto it = first; it != last; ++it) {
    const std::lock_guard inner(it->second->mutex);
    --it->second->open;
    it->second->done.notify_all();
  }
  waiting_.erase(first, last);
}

void Outbox::let_go() {
  let_go_ = true;
  const std::lock_guard lock(waiting_mutex_);
  for (auto& [message, waiter] : waiting_) {
    const std::lock_guard inner(waiter->mutex);
    waiter->done.notify_all();
  }
}

bool Outbox::deliver_and_wait(std::vector<DeliveryJob> jobs, std::chrono::milliseconds longest) {
  const Place place(waiters_);
  if (place.number() > options_.max_waiters || let_go_) {
    add(std::move(jobs));
    return false;
  }
  const auto deadline = std::chrono::steady_clock::now() + longest;
  Waiter waiter;
  std::vector<DeliveryJob> left;
  for (auto& job : jobs) {
    const auto remaining =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
            .count();
    const bool now_here = job.due <= context_.clock.now() && remaining > 0;
    const int timeout = static_cast<int>(std::clamp<std::int64_t>(remaining, 1, options_.post_timeout_ms));
    if (now_here && attempt_delivery(context_, link_, options_.retry, job, timeout) != Attempt::again)
      continue;
    left.push_back(std::move(job));
  }
  if (left.empty()) return true;
  {
    const std::lock_guard lock(waiting_mutex_);
    for (const auto& job : left) waiting_.emplace(job.message, &waiter);
    waiter.open = left.size();
  }
  add(std::move(left));
  bool all = false;
  {
    std::unique_lock lock(waiter.mutex);
    waiter.done.wait_until(lock, deadline, [&] { return waiter.open == 0 || let_go_; });
    all = waiter.open == 0;
  }
  const std::lock_guard lock(waiting_mutex_);
  std::erase_if(waiting_, [&](const auto& entry) { return entry.second == &waiter; });
  return all;
}

}  // namespace hotline
