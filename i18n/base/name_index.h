// Names to numbers, for tables that are built once from our own data and asked for every member of every
// record: one look into a flat table and one comparison, where a map of strings would follow three pointers.
// Names that strangers choose are only ever looked for: how long a search gets is settled by what was added.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace hotline {

class NameIndex {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // False, and nothing changes, when the name stands there already.
  bool add(std::string_view name, std::uint32_t number);

  // kNone for a name that was not added.
  std::uint32_t find(std::string_view name) const {
    if (slots_.empty()) return kNone;
    const std::uint32_t hash = hash_of(name);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].number != kNone; at = (at + 1) & mask)
      if (slots_[at].hash == hash && text(slots_[at]) == name) return slots_[at].number;
    return kNone;
  }
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t begin = 0, size = 0;  // in texts_
    std::uint32_t number = kNone;
  };

  std::string_view text(const Slot& slot) const { return {texts_.data() + slot.begin, slot.size}; }

  // Of the length and the first and last eight bytes: field names differ there, or the comparison tells.
  static std::uint32_t hash_of(std::string_view name) {
    std::uint64_t first = 0, last = 0;
    if (name.size() >= sizeof first) {
      std::memcpy(&first, name.data(), sizeof first);
      std::memcpy(&last, name.data() + name.size() - sizeof last, sizeof last);
    } else if (name.size() >= 4) {
      std::memcpy(&first, name.data(), 4);
      std::memcpy(&last, name.data() + name.size() - 4, 4);
    } else if (!name.empty()) {
      first = static_cast<unsigned char>(name.front());
      last = static_cast<std::uint64_t>(static_cast<unsigned char>(name[name.size() / 2])) << 8 |
             static_cast<unsigned char>(name.back());
    }
    constexpr std::uint64_t kOne = 0x9E3779B97F4A7C15u, kOther = 0xC2B2AE3D27D4EB4Fu;
    const std::uint64_t mixed = (first * kOne) ^ ((last + name.size()) * kOther);
    return static_cast<std::uint32_t>((mixed ^ (mixed >> 29)) * kOne >> 32);
  }

  void place(const Slot& slot);

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::string texts_;
  std::size_t count_ = 0;
};

}  // namespace hotline
