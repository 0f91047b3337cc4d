// A finite set of questions that are put to the decision: every combination of every axis, each once.
//
// Why these and no more. The full product of all that facts can say is beyond any machine, and most of it
// says the same twice. What is enumerated is a quotient, and each step to it is a law that a test holds:
//  - persons are decided each for themselves (Quotient.PersonsDecidedTogetherAreDecidedAsAlone): one person's
//    facts are enumerated, not those of groups; that is also why one question can hold many persons;
//  - categories are decided each for themselves (Quotient.CategoriesDecidedTogetherAreDecidedAsAlone): levels
//  are enumerated
//    for every one of the sixteen alone and for every pair, not for all sixteen at once;
//  - instants count only by their order among each other and to each other's limits
//    (Quotient.NoInstantCountsByItself): each comparison is enumerated a millisecond on either side of
//    it and on it;
//  - a consent is judged by a list of conditions that share few facts: every condition's facts are enumerated
//    in full ("who speaks", "what was recorded", "when") against every class of the other two;
//  - of several consents only the class of each (what is wrong with it, who said it, when) counts, which is
//  what
//    those enumerate: all pairs and triples of classes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "consent/facts.h"

namespace hotline::proof {

// One question of a space: all facts but the persons', or one person's.
using SetFacts = void (*)(Facts&, std::size_t);
using SetPerson = void (*)(const Facts&, PersonFacts&, std::size_t);

struct AskedAxis {
  std::size_t choices;
  SetFacts set;
};
struct PersonAxis {
  std::size_t choices;
  SetPerson set;
};

struct Space {
  std::string name;
  std::vector<AskedAxis> asked;
  std::vector<PersonAxis> person;
  PersonFacts start;                 // before any axis was set
  std::size_t persons_at_once = 64;  // as many are put as one question
  std::size_t inputs() const;        // the product of all axes
};

// Every question of the space until `visit` says no. What was visited is counted in persons.
std::size_t each_question(const Space& space, const std::function<bool(const Facts&)>& visit);

// What an enumeration starts from: consents that permit, in all they say.
inline constexpr Instant kNow{1'800'000'000'000};
ConsentFacts own_consent();
ConsentFacts guardians_consent();
AttestationFacts danger();               // to life, attested well
Facts services_in(const char* country);  // asked for by a hotline there

std::vector<Space> all_spaces();
// By groups that are a file each.
std::vector<Space> spaces_of_askers();
std::vector<Space> spaces_of_one_consent();
std::vector<Space> spaces_of_several();
std::vector<Space> spaces_of_attestations();
std::vector<Space> spaces_of_onward();

}  // namespace hotline::proof
