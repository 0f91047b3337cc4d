// Bad input to the API: a clear 4xx, nothing stored, nothing said or logged of a person, and the server goes
// on.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kName = "Celerino";

std::string good_record() {
  return read_whole(repository() +
                    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = good_record();
  const auto at = text.find(from);
  if (at == text.npos) throw std::runtime_error("the record no longer holds " + from);
  return text.replace(at, from.size(), to);
}

Gateways::Call submission(const std::string& body, Headers more = {}) {
  more.emplace_back("Idempotency-Key", "\"bad-input\"");
  return {"POST", "/v1/referrals", {{"to", "mx"}}, body, std::move(more)};
}

// One gateway for all of them: what one left behind the next would see.
class BadInputApiTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
  }
  static void TearDownTestSuite() { delete network_; }

  // After whatever it was: nothing kept, nothing logged, still there.
  void TearDown() override {
    EXPECT_EQ(network_->json("ca", {"GET", "/v1/referrals"})["referrals"].Size(), 0u)
        << "something was stored";
    EXPECT_EQ(read_whole(network_->log("ca") + ".err").find(kName), std::string::npos) << "a name in the log";
    EXPECT_TRUE(network_->process("ca").running());
  }

  static void expect_refusal(const Gateways::Call& call, int status, const std::string& type) {
    const Reply reply = network_->call("ca", call);
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.content_type.substr(0, 24), "application/problem+json");
    const auto problem = parse_json(reply.body);
    ASSERT_TRUE(problem) << reply.body;
    const std::string named(text_at(*problem, "type"));
    EXPECT_EQ(named.substr(named.rfind(':') + 1), type) << reply.body;
    EXPECT_EQ(reply.body.find(kName), std::string::npos) << "a value out of the record";
  }

  static Gateways* network_;
};
Gateways* BadInputApiTest::network_ = nullptr;

TEST_F(BadInputApiTest, CutOff) {
  expect_refusal(submission(good_record().substr(0, 900)), 400, "json_syntax");
}
TEST_F(BadInputApiTest, DeeplyNested) {
  expect_refusal(submission(std::string(50'000, '[') + std::string(50'000, ']')), 400, "json_too_deep");
}
TEST_F(BadInputApiTest, ANameTwice) {
  expect_refusal(submission(R"({"form_version":"1.0","form_version":"1.0"})"), 400, "json_duplicate_name");
}
TEST_F(BadInputApiTest, InvalidUtf8) {
  expect_refusal(submission(with(kName, "\xC3\x28")), 400, "json_not_utf8");
}
TEST_F(BadInputApiTest, WrongType) {
  expect_refusal(submission("[]"), 422, "type_mismatch");
}
TEST_F(BadInputApiTest, UnknownField) {
  expect_refusal(submission("{\"zz_unknown\":1," + good_record().substr(1)), 422, "field_unknown");
}
TEST_F(BadInputApiTest, ImpossibleDate) {
  expect_refusal(submission(with("\"1988-03-14\"", "\"1988-02-30\"")), 422, "date_impossible");
}
TEST_F(BadInputApiTest, FiftyMegabytes) {
  const auto refused = [&]() -> int {
    try {
      return network_->call("ca", submission(std::string(50u << 20, 'x'))).status;
    } catch (const std::runtime_error&) {
      return 413;  // closed while we were still sending: refused from the length alone
    }
  };
  EXPECT_EQ(refused(), 413);
}
TEST_F(BadInputApiTest, UnknownMediaType) {
  expect_refusal(submission("a,b", {{"Content-Type", "text/csv"}}), 415, "media_type_unsupported");
}
TEST_F(BadInputApiTest, NoIdempotencyKey) {
  expect_refusal({"POST", "/v1/referrals", {{"to", "mx"}}, good_record()}, 400, "idempotency_key_missing");
}
TEST_F(BadInputApiTest, UnknownHotline) {
  Gateways::Call call = submission(good_record());
  call.query = {{"to", "zz"}};
  const Reply reply = network_->call("ca", call);
  EXPECT_GE(reply.status, 400);
  EXPECT_LT(reply.status, 500) << reply.body;
}
TEST_F(BadInputApiTest, NoTokenAndWrongToken) {
  expect_refusal({"GET", "/v1/inbox", {}, {}, {}, ""}, 401, "unauthenticated");
  expect_refusal({"GET", "/v1/inbox", {}, {}, {{"Authorization", "Bearer wrong"}}, ""}, 401,
                 "unauthenticated");
}
TEST_F(BadInputApiTest, ScopeThatTheClientHasNot) {
  expect_refusal({"GET", "/v1/audit/entries"}, 403, "scope_missing");
  expect_refusal({"GET", "/v1/inbox", {}, {}, {}, "auditor"}, 403, "scope_missing");
}

// Connections that say nothing hold a thread each, but not the gateway.
TEST_F(BadInputApiTest, SilentConnectionsDoNotKeepOthersOut) {
  std::vector<int> silent;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(network_->api_port("ca"));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < 40; ++i) {
    const int end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(connect(end, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    silent.push_back(end);
  }
  EXPECT_EQ(network_->json("ca", {"GET", "/v1/inbox"})["items"].Size(), 0u);
  for (const int end : silent) close(end);
}

TEST_F(BadInputApiTest, IsSaidInTheLanguageThatIsAskedFor) {
  std::vector<std::string> titles;
  for (const char* language : {"en", "fr-CA, en;q=0.5", "es-MX"}) {
    Gateways::Call call = submission("{", {{"Accept-Language", language}});
    const auto problem = parse_json(network_->call("ca", call).body);
    ASSERT_TRUE(problem);
    const std::string title(text_at(*problem, "title"));
    EXPECT_EQ(std::count(titles.begin(), titles.end(), title), 0) << title;
    titles.push_back(title);
  }
}

}  // namespace
}  // namespace hotline::test
