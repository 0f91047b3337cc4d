// A withdrawal, from the call to the receiver's purge receipt, with three gateways up; beside one whole
// exchange.
//   withdraw_bench TIMES
#include <chrono>
#include <iostream>
#include <thread>

#include "tests/support/gateways.h"

namespace {

using namespace hotline;
using namespace hotline::test;
using Time = std::chrono::steady_clock;

double ms_since(Time::time_point start) {
  return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// The receiver says by a signed message that the key is destroyed; our own gateway shows it in the timeline.
bool purged(const Gateways& network, const std::string& referral) {
  const auto story = network.json("ca", {"GET", "/v1/referrals/" + referral});
  for (const auto& step : story["timeline"].GetArray()) {
    if (text_at(step, "reason") == "key_destroyed") return true;
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::stoi(argv[1]) : 20;
  Gateways network(parse_instant("2026-11-21T12:00:00Z").value());
  for (const char* node : {"us", "ca", "mx"}) network.start(node);
  const std::string file =
      repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";
  const std::string record = read_whole(file);
  const std::string known = "C-4182-1";
  std::vector<double> exchanges, withdrawals;
  for (int i = 0; i < times; ++i) {
    const std::string consent = "C-bench-" + std::to_string(i);
    std::string body = record;
    for (auto at = body.find(known); at != body.npos; at = body.find(known, at + consent.size()))
      body.replace(at, known.size(), consent);
    auto start = Time::now();
    const auto sent =
        network.json("ca", {"POST",
                            "/v1/referrals",
                            {{"to", "mx"}},
                            body,
                            {{"Idempotency-Key", "\"w-" + std::to_string(i) + '"'}, {"Prefer", "wait=30"}}});
    exchanges.push_back(ms_since(start));
    const std::string referral(text_at(sent["referrals"][0], "id"));
    start = Time::now();
    network.json("ca", {"POST", "/v1/consents/" + consent + "/withdraw", {}, "{}"}, 202);
    while (!purged(network, referral)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    withdrawals.push_back(ms_since(start));
  }
  const double exchange = median(exchanges), withdrawal = median(withdrawals);
  std::cout << "{\"exchange_ms\":" << exchange << ",\"withdrawal_ms\":" << withdrawal
            << ",\"ratio\":" << withdrawal / exchange << ",\"times\":" << times << "}\n";
}
