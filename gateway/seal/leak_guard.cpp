#include "gateway/seal/leak_guard.h"

#include <cjose/util.h>

#include <cstdlib>
#include <mutex>

namespace hotline {
namespace {

constexpr std::size_t kLostSize = 1;

thread_local LeakGuard* active = nullptr;

void* allocate(std::size_t size) {
  void* memory = std::malloc(size);
  if (active != nullptr && size == kLostSize && memory != nullptr) active->allocated(memory);
  return memory;
}

void* reallocate(void* memory, std::size_t size) {
  if (active != nullptr) active->freed(memory);
  return std::realloc(memory, size);
}

void release(void* memory) {
  if (active != nullptr) active->freed(memory);
  std::free(memory);
}

}  // namespace

LeakGuard::LeakGuard() {
  active = this;
}

LeakGuard::~LeakGuard() {
  active = nullptr;
  for (void* each : held_) std::free(each);
}

void install_leak_guard() {
  static std::once_flag once;
  std::call_once(once, [] { cjose_set_alloc_funcs(allocate, reallocate, release); });
}

}  // namespace hotline
