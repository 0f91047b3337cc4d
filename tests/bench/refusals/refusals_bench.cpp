// How long a refusal takes for a known and for an unknown person: every call of tests/support/refusals.h,
// known and unknown in turn, and the unknown a second time for the noise of the measure itself.
//   refusals_bench TIMES
// Prints for each call the ratio of the medians and the area under the curve (the chance that a known one
// takes longer than an unknown one: 0.5 tells nothing), each beside the same of the unknown against itself.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>

#include "tests/support/refusals.h"

namespace {

using namespace hotline;
using namespace hotline::test;
using Time = std::chrono::steady_clock;

double microseconds(const Gateways& network, const std::string& node, const Gateways::Call& call) {
  const auto start = Time::now();
  (void)network.call(node, call);
  return std::chrono::duration<double, std::micro>(Time::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

// Mann-Whitney's U over the number of pairs; ties count half.
double area(std::vector<double> one, std::vector<double> other) {
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  double above = 0;
  for (const double each : one) {
    const auto low = std::lower_bound(other.begin(), other.end(), each);
    const auto high = std::upper_bound(low, other.end(), each);
    above += static_cast<double>(low - other.begin()) + static_cast<double>(high - low) / 2;
  }
  return above / (static_cast<double>(one.size()) * static_cast<double>(other.size()));
}

}  // namespace

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::stoi(argv[1]) : 2000;
  Gateways network(parse_instant("2026-11-21T12:00:00Z").value(), {"us", "ca", "mx"});
  for (const char* node : {"us", "ca", "mx"}) network.start(node);
  const auto person = make_somebody_known(network);
  std::printf("%-44s %8s %8s %8s %8s\n", "refusal", "ratio", "noise", "area", "noise");
  for (const auto& each : equal_refusals(person)) {
    std::vector<double> known, unknown, again;
    for (int i = 0; i < times; ++i) {
      // Each of the three comes first, second and third equally often.
      for (int turn = 0; turn < 3; ++turn) {
        const int which = (i + turn) % 3;
        auto& times_of = which == 0 ? known : (which == 1 ? unknown : again);
        times_of.push_back(microseconds(network, each.node, which == 0 ? each.known : each.unknown));
      }
    }
    std::printf("%-44s %8.3f %8.3f %8.3f %8.3f\n", each.name.c_str(), median(known) / median(unknown),
                median(again) / median(unknown), area(known, unknown), area(again, unknown));
    std::fflush(stdout);
  }
}
