// The decision over all of its inputs (space.h says why these are all).
#include <gtest/gtest.h>

#include <iostream>

#include "tests/properties/proof/proofs.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

// How many inputs there are. A space that shrinks is noticed here and not only in what is printed.
struct Stated {
  const char* space;
  std::size_t inputs;
};
constexpr Stated kStated[] = {
    {"who asks", 18432},
    {"one word", 156},
    {"one level", 544},
    {"two words", 6084},
    {"guardians", 46656},
    {"passing on", 18496},
    {"one moment", 4913},
    {"two levels", 73984},
    {"three words", 474552},
    {"two attestations", 58320},
    {"what is attested", 11016},
    {"when it is attested", 19440},
    {"who attests", 216000},
    {"sent on", 518400},
    {"everywhere", 2574},
    {"in every form everywhere", 432},
    {"when", 91260},
    {"who speaks", 540672},
    {"what was recorded", 1617408},
};
constexpr std::size_t kAll = 3719339;

TEST(EnumerationAsAWhole, HasAsManyInputsAsItStates) {
  const std::vector<Space> spaces = all_spaces();
  ASSERT_EQ(spaces.size(), std::size(kStated));
  std::size_t all = 0;
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    EXPECT_EQ(spaces[i].name, kStated[i].space);
    EXPECT_EQ(spaces[i].inputs(), kStated[i].inputs) << spaces[i].name;
    all += spaces[i].inputs();
  }
  EXPECT_EQ(all, kAll);
  std::cout << all << " inputs enumerated\n";
}

class Enumeration : public testing::TestWithParam<std::size_t> {};

TEST_P(Enumeration, Holds) {
  const Proof proof = all_proofs().at(GetParam());
  const Outcome outcome = proof.run(shipped());
  std::cout << proof.name << ": " << outcome.inputs << " inputs enumerated\n";
  EXPECT_EQ(outcome.failure, "") << proof.name;
  EXPECT_EQ(outcome.inputs, proof.stated) << proof.name;
}

INSTANTIATE_TEST_SUITE_P(Proof, Enumeration, testing::Range<std::size_t>(0, all_proofs().size()));

}  // namespace
}  // namespace hotline::proof
