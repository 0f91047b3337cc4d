// The steps from all that facts can say to what is enumerated (space.h), each as a law.
#include <gtest/gtest.h>

#include <algorithm>

#include "consent/decide.h"
#include "tests/properties/proof/proofs.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

Space space(const std::string& name) {
  for (const Space& each : all_spaces()) {
    if (each.name == name) return each;
  }
  throw std::runtime_error(name);
}

bool same(const CategoryDecision& a, const CategoryDecision& b) {
  return a.category == b.category && a.level == b.level && a.fields == b.fields && a.rule == b.rule &&
         a.change == b.change && a.decided_by == b.decided_by;
}

bool same_but_for_times(const PersonDecision& a, const PersonDecision& b) {
  return a.basis == b.basis && a.consent == b.consent && a.onward == b.onward &&
         std::equal(a.categories.begin(), a.categories.end(), b.categories.begin(), b.categories.end(), same);
}

TEST(Quotient, PersonsDecidedTogetherAreDecidedAsAlone) {
  for (const char* name : {"who asks", "one word", "one level", "when it is attested"}) {
    each_question(space(name), [&](Facts facts) {
      const Decision together = decide(facts, shipped());
      const std::vector<PersonFacts> persons = facts.persons;
      for (std::size_t i = 0; i < persons.size(); ++i) {
        facts.persons = {persons[i]};
        const PersonDecision alone = decide(facts, shipped()).persons.front();
        if (same_but_for_times(alone, together.persons[i]) && alone.until == together.persons[i].until)
          continue;
        ADD_FAILURE() << name << " " << persons[i].id;
        return false;
      }
      return true;
    });
  }
}

TEST(Quotient, CategoriesDecidedTogetherAreDecidedAsAlone) {
  std::vector<PersonDecision> alone;
  each_question(space("one level"), [&](const Facts& facts) {
    if (facts.recipient_role != Role::hotline) return false;
    for (const PersonDecision& each : decide(facts, shipped()).persons) alone.push_back(each);
    return true;
  });
  std::size_t first = 0;
  each_question(space("two levels"), [&](const Facts& facts) {
    for (const PersonDecision& each : decide(facts, shipped()).persons) {
      const std::size_t one = first % alone.size();
      const std::size_t other = first / alone.size();
      ++first;
      if (one % 16 == other % 16) continue;
      for (const std::size_t of : {one, other})
        EXPECT_TRUE(same(each.categories[of % 16], alone[of].categories[of % 16])) << one << " " << other;
    }
    return !testing::Test::HasFailure();
  });
  EXPECT_EQ(first, alone.size() * alone.size());
}

void move(std::optional<Instant>& at, std::int64_t ms) {
  if (at) at->ms += ms;
}

TEST(Quotient, NoInstantCountsByItself) {
  constexpr std::int64_t kYear = 365LL * 86400000 + 1;
  each_question(space("when"), [&](const Facts& facts) {
    Facts later = facts;
    later.now.ms += kYear;
    for (PersonFacts& person : later.persons) {
      for (ConsentFacts& each : person.consents) {
        move(each.given_at, kYear);
        move(each.until, kYear);
        move(each.of_age_at, kYear);
      }
    }
    const Decision now = decide(facts, shipped());
    const Decision then = decide(later, shipped());
    for (std::size_t i = 0; i < now.persons.size(); ++i)
      EXPECT_TRUE(same_but_for_times(now.persons[i], then.persons[i]));
    return !testing::Test::HasFailure();
  });
}

// Whoever travels together has the same terms, and whoever has the same terms travels together.
TEST(Quotient, GroupsAreThoseOfTheSameTerms) {
  Facts facts = services_in("MX");
  const Space words = space("one word");
  std::vector<PersonFacts> people;
  each_question(words, [&](const Facts& each) {
    people.insert(people.end(), each.persons.begin(), each.persons.end());
    return people.size() < 78;
  });
  for (std::size_t i = 0; i < people.size(); ++i) {
    for (std::size_t j = 0; j < people.size(); ++j) {
      facts.persons = {people[i], people[j]};
      facts.persons[0].id = PersonId("one");
      facts.persons[1].id = PersonId("other");
      const Decision decision = decide(facts, shipped());
      const PersonDecision& a = decision.persons[0];
      const PersonDecision& b = decision.persons[1];
      bool equal = a.until == b.until && a.basis == b.basis && a.onward == b.onward;
      for (std::size_t k = 0; equal && k < a.categories.size(); ++k)
        equal = a.categories[k].level == b.categories[k].level &&
                a.categories[k].fields == b.categories[k].fields;
      const std::size_t go = (a.anything() ? 1U : 0U) + (b.anything() ? 1U : 0U);
      ASSERT_EQ(decision.groups.size(), go == 2 && equal ? 1 : go) << i << " " << j;
    }
  }
}

}  // namespace
}  // namespace hotline::proof
