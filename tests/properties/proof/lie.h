// A decision of which one branch lies, chosen while the program runs: the test's own `branch`
// (consent/mutants.h) asks here what it has to say.
#pragma once

#include <string>
#include <vector>

#include "consent/mutants.h"

namespace hotline::proof {

enum class Says { the_opposite, always_yes, always_no };

struct Lie {
  Branch branch = Branch::forbidden;
  Says says = Says::the_opposite;
  std::string name() const;
};

std::vector<Lie> all_lies();

// As long as it lives; then what was told before.
class Lying {
 public:
  explicit Lying(const Lie& lie);
  ~Lying();
  Lying(const Lying&) = delete;
  Lying& operator=(const Lying&) = delete;

 private:
  const Lie* before_;
};

}  // namespace hotline::proof
