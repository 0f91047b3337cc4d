// Plays one scenario with three real gateways and checks what its sentences expect. Failures are
// GoogleTest's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/scenarios/harvest.h"
#include "tests/scenarios/scenario_file.h"

namespace hotline::test {

class Situation {
 public:
  Situation(Scenario scenario, std::uint32_t variants);
  void play();

 private:
  // One variant of the record, and what became of it.
  struct Sent {
    std::string record;
    Json expectation;
    std::vector<std::string> consents;
    std::vector<std::string> referrals;
    Haystack arrived;  // opened messages and inbox records of this one
  };

  void take(const Step& step);
  void prepare(const std::string& folder);
  void make_network(const std::string& from, const std::string& to);
  Gateways::Call submission(const Sent& sent, const std::string& key) const;
  void check_refused(const std::string& from, const std::string& to);
  void attest();
  void send(const std::string& from, const std::string& to);
  void submit(Sent& sent, std::size_t number);
  void open_wire();
  void deliver();
  void read_inbox(Sent& sent);
  void provoke_errors();
  void check_columns();
  void check_arrived(const Sent& sent);
  void check_absent(const Haystack& everything, const std::string& where);
  void check_count(std::size_t expected);
  void pass(int hours);
  void withdraw();
  void check_nothing_left();
  void check_purge_receipt();
  void demand(const std::string& node);

  void start(const std::string& node);
  void stop(const std::string& node);
  Json referral(const std::string& id);
  std::vector<std::string> expected(const Sent& sent, const char* column) const;

  Scenario scenario_;
  std::uint32_t variants_;
  Instant now_;
  std::unique_ptr<Gateways> network_;
  std::map<std::string, bool> running_;
  std::string from_, to_, backup_;
  std::string expectation_ = "expect.json", purpose_, attestation_;
  std::vector<std::string> attesting_;  // what a named human is to attest; empty: nothing
  std::vector<Sent> sent_;
  Haystack errors_;
  std::size_t opened_ = 0;
};

}  // namespace hotline::test
