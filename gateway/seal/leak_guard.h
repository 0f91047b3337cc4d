// cjose 0.6.2.1 loses one byte each time it decrypts an ECDH-ES token (the decoded empty encrypted key). A
// gateway that runs for years would grow by that, so what the library has lost is found and freed here.
#pragma once

#include <vector>

namespace hotline {

// While one is alive, this thread's smallest allocations by the library are remembered; those that it has not
// freed by the end are freed. Create it after borrowing keys and before importing the token; release the
// token within. None inside another.
class LeakGuard {
 public:
  LeakGuard();
  LeakGuard(const LeakGuard&) = delete;
  LeakGuard& operator=(const LeakGuard&) = delete;
  ~LeakGuard();

  void allocated(void* memory) { held_.push_back(memory); }
  void freed(void* memory) { std::erase(held_, memory); }

 private:
  std::vector<void*> held_;
};

void install_leak_guard();  // once, before the library is used; from any thread

}  // namespace hotline
