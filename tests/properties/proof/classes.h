// Ways in which one consent can be, as single changes to one that permits.
#pragma once

#include <cstddef>

#include "consent/facts.h"

namespace hotline::proof {

// 0 changes nothing. What the person said, its record, its times, what the recipient signed.
inline constexpr std::size_t kRestClasses = 22;
void set_rest(ConsentFacts& consent, std::size_t i);

// Who speaks for whom: of every verdict one, and one for each kind of speaker that may.
inline constexpr std::size_t kWhoClasses = 13;
void set_who(ConsentFacts& consent, std::size_t i);

}  // namespace hotline::proof
