// Canonical records that the schema accepts, made from the schema.
#pragma once

#include "tests/properties/laws/values.h"

namespace hotline::laws {

struct Wanted {
  unsigned present = 30;         // of 100 optional members, how many are there
  std::size_t persons = 0;       // 0: one to four
  std::size_t longest_list = 3;  // other lists
};

Json canonical_record(const World& world, std::uint64_t seed);
Json canonical_record(const World& world, std::uint64_t seed, const Wanted& wanted);

}  // namespace hotline::laws
