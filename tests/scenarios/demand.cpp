// The demand: valid credentials of an enforcement body, every route, known and unknown people. One answer.
#include <gtest/gtest.h>

#include <set>

#include "tests/scenarios/situation.h"

namespace hotline::test {
namespace {

constexpr const char* kUnknown = "00000000-0000-4000-8000-000000000000";

std::vector<Gateways::Call> demands(const std::string& id, const std::string& record) {
  const Headers key = {{"Idempotency-Key", "\"demand\""}};
  return {{"GET", "/v1/referrals/" + id},
          {"GET", "/v1/referrals"},
          {"GET", "/v1/inbox"},
          {"GET", "/v1/inbox/" + id},
          {"GET", "/v1/audit/exchanges/" + id},
          {"GET", "/v1/audit/entries"},
          {"GET", "/v1/statistics"},
          {"GET", "/v1/consents/" + id},
          {"GET", "/v1/people", {{"employer", "Example Farms"}}},
          {"POST", "/v1/referrals", {{"to", "us"}}, record, key},
          {"POST", "/v1/referrals", {{"to", "nowhere"}}, "{", key},
          {"POST", "/v1/consents/" + id + "/withdraw", {}, "{}", key},
          {"DELETE", "/v1/referrals/" + id}};
}

}  // namespace

void Situation::demand(const std::string& node) {
  ASSERT_FALSE(sent_.empty()) << "the demand is about somebody: send first";
  for (const auto& each : network_->nodes()) start(each);
  const Json before = network_->json(node, {"GET", "/v1/audit/entries", {}, {}, {}, "auditor"});
  std::set<std::string> answers;
  std::size_t asked = 0;
  for (const std::string& id : {sent_.front().referrals.front(), std::string(kUnknown)}) {
    for (Gateways::Call call : demands(id, sent_.front().record)) {
      call.client = "sheriff";
      const Reply reply = network_->call(node, call);
      EXPECT_EQ(reply.status, 403) << call.method << " " << call.path;
      std::string whole = reply.content_type + "\n" + reply.body;
      for (const auto& [name, value] : reply.headers) {
        if (!same_header_name(name, "Date")) whole += "\n" + name + ": " + value;
      }
      answers.insert(whole);
      errors_.add("answer to the demand", reply.body);
      ++asked;
    }
  }
  EXPECT_EQ(answers.size(), 1u) << "the answers tell the routes or the people apart";
  const Json after = network_->json(node, {"GET", "/v1/audit/entries", {}, {}, {}, "auditor"});
  EXPECT_GE(integer_at(after, "size"), integer_at(before, "size") + static_cast<std::int64_t>(asked))
      << "every demand is written down";
  check_absent(errors_, "in the answer to a demand");
  for (const Sent& sent : sent_) {
    for (const std::string& value : expected(sent, "must_arrive")) {
      EXPECT_FALSE(errors_.find(value) && value.size() >= 8) << "a demand was answered with " << value;
    }
  }
}

}  // namespace hotline::test
