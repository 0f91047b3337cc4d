#pragma once

#include <vector>

#include "tests/properties/proof/proofs.h"

namespace hotline::proof {

std::vector<Proof> proofs_of_policy();

}  // namespace hotline::proof
