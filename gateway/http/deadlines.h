// One thread that cuts connections whose time is over. A per-read timeout would let a slow client hold a
// thread for ever with one byte a second; this bounds the whole head, body or write.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

namespace hotline {

class Deadlines {
 public:
  // One connection's place in the list; unregisters itself.
  class Guard {
   public:
    Guard(Deadlines& owner, int socket);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    void within(int milliseconds) { at_.store(now_ms() + milliseconds, std::memory_order_relaxed); }
    bool passed() const { return cut_.load(std::memory_order_relaxed); }

   private:
    friend class Deadlines;
    Deadlines& owner_;
    int socket_;
    std::atomic<std::int64_t> at_;
    std::atomic<bool> cut_ = false;
    std::list<Guard*>::iterator place_;
  };

  Deadlines();
  ~Deadlines();
  void cut_all();
  int size() const;

 private:
  static std::int64_t now_ms();
  void run();
  static void cut(Guard& guard);

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::list<Guard*> guards_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace hotline
