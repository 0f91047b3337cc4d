// The lint of adapters: every profile folder, its mapping, code maps, tables and cases.
#pragma once

#include "config/check.h"

namespace hotline {

// Goes through every folder and does not stop at the first problem. Beside what a load refuses: words of a
// table that are no canonical value, names and labels that are missing, cases that no longer validate or
// convert, fewer than four cases. The canonical schema and the code systems are read from `root`;
// data_invalid when they cannot be.
Result<CheckReport> check_profiles(const std::string& root);

// Another version of one profile that lies elsewhere, to run beside the current one: whether it loads.
Result<CheckReport> check_profile_beside(const std::string& root, const std::string& folder);

}  // namespace hotline
