// All proofs, in an order in which the short ones come first.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/policy.h"

namespace hotline::proof {

struct Outcome {
  std::size_t inputs = 0;
  std::string failure;  // where it fails, in words; "" when it holds
};

struct Proof {
  std::string name;
  std::size_t stated = 0;                       // how many inputs it has, by the product of its axes
  bool compares = false;                        // with what ought to be, in everything a decision says
  std::function<Outcome(const Policies&)> run;  // to the first failure
};

// The rules as they are shipped: what each file of config/policy says by itself, and all of them together.
struct Shipped {
  Policy base;
  std::vector<Policy> countries;  // their own words only
  static const Shipped& get();
};
Policies together(const Policy& base, const std::vector<Policy>& own_words);
const Policies& shipped();

std::vector<Proof> all_proofs();

}  // namespace hotline::proof
