// A refusal looks the same whether or not the person is known: status, headers and content to the byte. How
// long it takes is measured, not asserted: ./run bench.
#include "tests/support/refusals.h"

#include <gtest/gtest.h>

namespace hotline::test {
namespace {

TEST(Refusals, AreEqualToTheByteForKnownAndUnknownPeople) {
  Gateways network(parse_instant("2026-11-21T12:00:00Z").value(), {"us", "ca", "mx"});
  for (const char* node : {"us", "ca", "mx"}) network.start(node);
  const auto person = make_somebody_known(network);
  for (const auto& each : equal_refusals(person)) {
    for (const char* language : {"en", "fr", "es"}) {
      const auto ask = [&](Gateways::Call call) {
        call.headers.emplace_back("Accept-Language", language);
        return network.call(each.node, call);
      };
      const Reply known = ask(each.known);
      EXPECT_GE(known.status, 400) << each.name << ' ' << known.body;
      EXPECT_EQ(whole_answer(known), whole_answer(ask(each.unknown))) << each.name << ' ' << language;
    }
  }
}

}  // namespace
}  // namespace hotline::test
