#include "gateway/http/deadlines.h"

#include <sys/socket.h>

#include <chrono>

namespace hotline {

Deadlines::Guard::Guard(Deadlines& owner, int socket)
    : owner_(owner), socket_(socket), at_(now_ms() + 10'000) {
  const std::lock_guard lock(owner_.mutex_);
  place_ = owner_.guards_.insert(owner_.guards_.end(), this);
}

Deadlines::Guard::~Guard() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.guards_.erase(place_);
}

Deadlines::Deadlines() : thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::int64_t Deadlines::now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// The descriptor stays open until its owner closes it, so it cannot have become another connection's.
void Deadlines::cut(Guard& guard) {
  guard.cut_.store(true, std::memory_order_relaxed);
  ::shutdown(guard.socket_, SHUT_RDWR);
}

void Deadlines::cut_all() {
  const std::lock_guard lock(mutex_);
  for (Guard* guard : guards_) cut(*guard);
}

int Deadlines::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(guards_.size());
}

void Deadlines::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(200), [this] { return stop_; })) {
    const auto now = now_ms();
    for (Guard* guard : guards_) {
      if (!guard->passed() && now > guard->at_.load(std::memory_order_relaxed)) cut(*guard);
    }
  }
}

}  // namespace hotline
