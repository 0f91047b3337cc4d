// What cannot be a consent is refused at the door: where, why, and what to do; and what was recorded can be
// seen.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

class ConsentsApi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
  }
  static void TearDownTestSuite() { delete network_; }

  // The consent of a kept record, as the canonical record has it, with a fresh id.
  static Json consent() {
    auto record = read_json_file(
        repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/canonical.json");
    Json out;
    out.CopyFrom((*record)["consents"][0], out.GetAllocator());
    set_text(out, "consent_id", "API-" + std::to_string(++serial_), out.GetAllocator());
    return out;
  }
  static void set(JsonValue& object, const char* name, const char* text, Json& document) {
    set_text(object, name, text, document.GetAllocator());
  }
  static Gateways::Call post(const Json& body, Headers more = {}) {
    more.emplace_back("Idempotency-Key", "\"consent-" + std::to_string(++serial_) + '"');
    return {"POST", "/v1/consents", {}, to_text(body), std::move(more)};
  }
  static void expect_refusal(const Json& body, const std::string& pointer, const std::string& expected,
                             int status = 422) {
    std::vector<std::string> said;
    for (const char* language : {"en", "fr", "es"}) {
      const Reply reply = network_->call("ca", post(body, {{"Accept-Language", language}}));
      EXPECT_EQ(reply.status, status) << reply.body;
      const auto problem = parse_json(reply.body);
      ASSERT_TRUE(problem && member(*problem, "errors") != nullptr) << reply.body;
      EXPECT_EQ(text_at((*problem)["errors"][0], "pointer"), '#' + pointer) << reply.body;
      EXPECT_EQ(text_at((*problem)["errors"][0], "expected"), expected) << reply.body;
      said.emplace_back(text_at((*problem)["errors"][0], "detail"));
    }
    EXPECT_NE(said[0], said[1]);
    EXPECT_NE(said[1], said[2]);
  }

  static Gateways* network_;
  static int serial_;
};
Gateways* ConsentsApi::network_ = nullptr;
int ConsentsApi::serial_ = 0;

TEST_F(ConsentsApi, AConsentFromTheFuture) {
  Json body = consent();
  set(body, "given_at", "2026-11-21T13:00:00Z", body);
  expect_refusal(body, "/given_at", "consent_from_the_future");
}
TEST_F(ConsentsApi, AConsentThatEndsBeforeItStarts) {
  Json body = consent();
  set(body, "until", "2020-01-01T00:00:00Z", body);
  expect_refusal(body, "/until", "consent_ends_before_it_begins");
}
TEST_F(ConsentsApi, LongerThanAllowed) {
  Json body = consent();
  set(body, "until", "2027-11-21T00:00:00Z", body);
  expect_refusal(body, "/until", "consent_too_long");
}
TEST_F(ConsentsApi, WithoutAnEnd) {
  Json body = consent();
  body.RemoveMember("until");
  expect_refusal(body, "/until", "consent_until");
}
TEST_F(ConsentsApi, UnknownRecipient) {
  Json body = consent();
  set(body["recipient"], "member", "sheriff", body);
  expect_refusal(body, "/recipient/member", "consent_recipient");
}
TEST_F(ConsentsApi, RecipientInAnotherCountry) {
  Json body = consent();
  set(body["recipient"], "country", "US", body);
  expect_refusal(body, "/recipient/country", "consent_country");
}
TEST_F(ConsentsApi, AnUnknownPurpose) {
  Json body = consent();
  body["purposes"][0].SetString("marketing");
  const Reply reply = network_->call("ca", post(body));
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find("#/purposes/0"), std::string::npos) << reply.body;
}
TEST_F(ConsentsApi, AStatementHashThatNoCatalogHolds) {
  Json body = consent();
  set(body["statement"], "sha256", std::string(64, '0').c_str(), body);
  expect_refusal(body, "/statement", "consent_statement");
}
TEST_F(ConsentsApi, AWithdrawalHasItsOwnCall) {
  Json body = consent();
  set(body, "state", "withdrawn", body);
  expect_refusal(body, "/state", "consent_withdraw_call");
}
TEST_F(ConsentsApi, EveryFaultIsSaidAtOnce) {
  Json body = consent();
  set(body, "given_at", "2026-11-21T13:00:00Z", body);
  set(body["recipient"], "member", "sheriff", body);
  const Reply reply = network_->call("ca", post(body));
  EXPECT_NE(reply.body.find("#/given_at"), std::string::npos);
  EXPECT_NE(reply.body.find("#/recipient/member"), std::string::npos);
}

TEST_F(ConsentsApi, TheHistoryShowsEveryVersionWithDigestAndSignature) {
  Json body = consent();
  const auto first = network_->json("ca", post(body), 201);
  set(body, "until", "2026-11-25T00:00:00Z", body);
  const auto second = network_->json("ca", post(body), 201);
  EXPECT_EQ(integer_at(first, "version"), 0);
  EXPECT_EQ(integer_at(second, "version"), 1);
  const auto view = network_->json("ca", {"GET", "/v1/consents/" + std::string(text_at(body, "consent_id"))});
  ASSERT_EQ(view["history"].Size(), 2u);
  for (rapidjson::SizeType i = 0; i < 2; ++i) {
    const auto& version = view["history"][i];
    EXPECT_EQ(text_at(version, "digest"), text_at(i == 0 ? first : second, "digest"));
    EXPECT_EQ(text_at(version, "signed_by"), "ca");
    EXPECT_FALSE(text_at(version, "token").empty());
  }
  EXPECT_EQ(text_at(view["history"][1], "previous"), text_at(view["history"][0], "digest"));
  EXPECT_EQ(view["consent"], body);
}

TEST_F(ConsentsApi, AWithdrawnIdTakesNoOther) {
  Json body = consent();
  network_->json("ca", post(body), 201);
  const std::string path = "/v1/consents/" + std::string(text_at(body, "consent_id"));
  network_->json("ca", {"POST", path + "/withdraw", {}, "{}"}, 202);
  set(body, "until", "2026-11-25T00:00:00Z", body);
  expect_refusal(body, "/consent_id", "consent_withdrawn", 409);
}

}  // namespace
}  // namespace hotline::test
