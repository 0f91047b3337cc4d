// What the scanner finds in notes that nobody tuned it to. The figures are what has been reached, a little
// below: they may only rise.
#include <gtest/gtest.h>

#include "tests/narratives/corpus.h"

namespace hotline::narratives {
namespace {

struct Least {
  const char* row;
  double recall, precision;
};

class Reached : public testing::TestWithParam<Least> {};

const Measured& all_languages() {
  static const Measured sum = [] {
    Measured all;
    for (const auto& [language, measured] : measure_part("test"))
      for (const auto& [row, counts] : measured.by_type) all.by_type[row] += counts;
    return all;
  }();
  return sum;
}

TEST_P(Reached, on_the_notes_that_are_only_measured) {
  const auto found = all_languages().by_type.find(GetParam().row);
  ASSERT_NE(found, all_languages().by_type.end());
  EXPECT_GE(found->second.recall(), GetParam().recall);
  EXPECT_GE(found->second.precision(), GetParam().precision);
}

INSTANTIATE_TEST_SUITE_P(figures, Reached,
                         testing::Values(Least{"known", 0.80, 0.95}, Least{"unknown name", 0.85, 0.82},
                                         Least{"phone", 0.90, 0.85}, Least{"email", 0.85, 0.95},
                                         Least{"place", 0.75, 0.82}, Least{"organisation", 0.65, 0.82},
                                         Least{"mx_curp", 0.9, 1.0}, Least{"ca_sin", 0.9, 0.95}));

}  // namespace
}  // namespace hotline::narratives
