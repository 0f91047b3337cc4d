// Every rule of every file of config/policy, changed once.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/policy.h"

namespace hotline::proof {

struct PolicyMutant {
  std::string name;                     // "mx: oral needs without interpretation"
  std::size_t file;                     // 0: the base; then the countries as Shipped has them
  std::function<void(Policy&)> change;  // of the file's own words
};

// Numbers and ages by one step up and down, each list without each of its words and with each other word,
// each rule gone. What a country does not say it says, changed.
std::vector<PolicyMutant> policy_mutants();

}  // namespace hotline::proof
