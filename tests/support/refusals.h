// Every call that is refused alike whether or not somebody is known: what is asked of a known one and of one
// that does not exist. The test compares the answers to the byte, the measure (./run bench) how long they
// take.
#pragma once

#include <string>
#include <vector>

#include "tests/support/gateways.h"

namespace hotline::test {

struct Refusal {
  std::string name;
  std::string node;
  Gateways::Call known, unknown;
};

// A referral that ca sent to mx under C-4182-1 is what is known; us has nothing to do with it.
struct KnownPerson {
  std::string referral;  // the id that ca and mx share
  std::string decision;  // of ca
  std::string record;    // as ca submitted it
};
KnownPerson make_somebody_known(const Gateways& network);
std::vector<Refusal> equal_refusals(const KnownPerson& person);

// Status, content type, body and every header but Date, which is the hour of the asking.
std::string whole_answer(const Reply& reply);

}  // namespace hotline::test
