// What ought to be decided, said a second time (book.h, and the rules in prose). For any facts.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "consent/decide.h"
#include "tests/properties/proof/book.h"

namespace hotline::proof {

struct Cell {
  Level level = Level::withheld;
  std::string_view rule;
  std::string_view change;
  std::string_view by = "base";
  std::vector<std::string> fields = {};
};

struct Ought {
  std::string_view basis;
  std::string consent;
  Instant until;
  std::vector<MemberId> onward;
  std::array<Cell, 16> cells;
  bool anything() const;
};

// The categories in the order in which they are always shown, which is the book's.
Ought ought(const PersonFacts& person, const Facts& facts, Premise premise);

// Where the decision differs from what ought to be, in words; "" where it does not.
std::string difference(const PersonDecision& is, const Ought& should);

}  // namespace hotline::proof
