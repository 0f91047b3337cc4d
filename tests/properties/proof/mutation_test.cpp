// Whether the proofs notice. Each mutant is made at run time, in this one program: of every branch of the
// decision each lie, and of every policy file each rule changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "config/policy_file.h"
#include "config/policy_lint.h"
#include "tests/properties/proof/lie.h"
#include "tests/properties/proof/policy_mutants.h"
#include "tests/properties/proof/proofs.h"

namespace hotline::proof {
namespace {

// Mutants that change no decision, and why.
struct Equivalent {
  const char* mutant;
  const char* why;
};
constexpr Equivalent kEquivalent[] = {
    {"forbidden always says yes", "where nothing is forbidden there is no rule to name, and it goes on"},
};

const Equivalent* equivalent(const std::string& name) {
  const auto* found = std::find_if(std::begin(kEquivalent), std::end(kEquivalent),
                                   [&](const Equivalent& each) { return name == each.mutant; });
  return found == std::end(kEquivalent) ? nullptr : found;
}

// Those that compare everything say all that the laws can say about a mutant; the short ones first.
const std::vector<Proof>& comparing() {
  static const std::vector<Proof> proofs = [] {
    std::vector<Proof> out = all_proofs();
    std::erase_if(out, [](const Proof& each) { return !each.compares; });
    // Of the long ones only this sees what is received, and soon.
    const auto length = [](const Proof& each) { return each.name.ends_with("sent on") ? 1 : each.stated; };
    std::stable_sort(out.begin(), out.end(),
                     [&](const Proof& a, const Proof& b) { return length(a) < length(b); });
    return out;
  }();
  return proofs;
}

// What is larger tells consents apart, not policies.
constexpr std::size_t kOfPolicies = 100000;

bool noticed(const Policies& policies, std::size_t largest = SIZE_MAX) {
  return std::any_of(comparing().begin(), comparing().end(), [&](const Proof& each) {
    return each.stated <= largest && !each.run(policies).failure.empty();
  });
}

struct Score {
  std::size_t mutants = 0;
  std::size_t killed = 0;
  std::size_t refused = 0;  // by whoever loads the policies: no gateway runs with it
  std::size_t equivalents = 0;

  void print(const char* what) const {
    std::cout << mutants << " mutants of " << what << ", " << killed << " killed, " << refused
              << " refused when read, " << equivalents << " equivalent\n";
  }
};

constexpr std::size_t kShards = 8;

class Mutants : public testing::TestWithParam<std::size_t> {};

TEST_P(Mutants, OfBranchesAreNoticed) {
  const std::vector<Lie> lies = all_lies();
  Score score;
  for (std::size_t i = GetParam(); i < lies.size(); i += kShards) {
    ++score.mutants;
    const std::string name = lies[i].name();
    if (const Equivalent* known = equivalent(name)) {
      ++score.equivalents;
      std::cout << "equivalent: " << name << ": " << known->why << "\n";
      continue;
    }
    const Lying lying(lies[i]);
    if (noticed(shipped())) {
      ++score.killed;
    } else {
      ADD_FAILURE() << "survived: " << name;
    }
  }
  score.print("branches");
}

// As Policies::load does.
bool refused_when_read(const Policy& base, const std::vector<Policy>& own_words) {
  if (!check_base(base) || !policy_faults(base, base).empty()) return true;
  return std::any_of(own_words.begin(), own_words.end(), [&](const Policy& each) {
    return !check_tightens(each, base) || !policy_faults(combine(base, each), each).empty();
  });
}

TEST_P(Mutants, OfPoliciesAreNoticed) {
  const std::vector<PolicyMutant> mutants = policy_mutants();
  Score score;
  for (std::size_t i = GetParam(); i < mutants.size(); i += kShards) {
    ++score.mutants;
    Policy base = Shipped::get().base;
    std::vector<Policy> countries = Shipped::get().countries;
    mutants[i].change(mutants[i].file == 0 ? base : countries[mutants[i].file - 1]);
    // A country that loosens is refused. Of the base the proofs are asked first, refused or not.
    const bool of_base = mutants[i].file == 0;
    const auto seen = [&] { return noticed(together(base, countries), kOfPolicies); };
    if (of_base && seen()) {
      ++score.killed;
    } else if (refused_when_read(base, countries)) {
      ++score.refused;
    } else if (!of_base && seen()) {
      ++score.killed;
    } else {
      ADD_FAILURE() << "survived: " << mutants[i].name;
    }
  }
  score.print("policies");
}

INSTANTIATE_TEST_SUITE_P(Shard, Mutants, testing::Range<std::size_t>(0, kShards));

TEST(MutantsAsAWhole, AreAsManyAsStated) {
  EXPECT_EQ(all_lies().size(), 195U);
  EXPECT_EQ(policy_mutants().size(), 962U);
  std::cout << all_lies().size() << " mutants of branches, " << policy_mutants().size() << " of policies\n";
  EXPECT_FALSE(refused_when_read(Shipped::get().base, Shipped::get().countries));
}

}  // namespace
}  // namespace hotline::proof
