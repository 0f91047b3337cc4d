#include "i18n/base/name_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hotline {

void NameIndex::place(const Slot& slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = slot.hash & mask;
  while (slots_[at].number != kNone) at = (at + 1) & mask;
  slots_[at] = slot;
}

bool NameIndex::add(std::string_view name, std::uint32_t number) {
  if (find(name) != kNone) return false;
  if (2 * (count_ + 1) > slots_.size()) {
    std::vector<Slot> old(std::max<std::size_t>(4, 2 * slots_.size()));
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.number != kNone) place(slot);
  }
  place({hash_of(name), static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(name.size()),
         number});
  texts_ += name;
  ++count_;
  return true;
}

}  // namespace hotline
