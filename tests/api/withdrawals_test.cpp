// Taking back over HTTP: the calls, what they refuse, and who may read what happened.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

class WithdrawalsApi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network = std::make_unique<Gateways>(parse_instant("2026-11-21T12:00:00Z").value(),
                                         std::vector<std::string>{"us", "ca", "mx"});
    for (const char* node : {"us", "ca", "mx"}) network->start(node);
    const std::string record = read_whole(
        repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
    const auto sent = network->json("ca", {"POST",
                                           "/v1/referrals",
                                           {{"to", "mx"}},
                                           record,
                                           {{"Idempotency-Key", "\"one\""}, {"Prefer", "wait=30"}}});
    id = text_at(sent["referrals"][0], "id");
  }
  static void TearDownTestSuite() { network.reset(); }
  static Json post(const std::string& node, const std::string& path, const std::string& body, int expected) {
    return network->json(node, {"POST", path, {}, body}, expected);
  }
  static bool mx_shows(std::string_view state) {
    return eventually([&] {
      return text_at(network->json("mx", {"GET", "/v1/referrals/" + id}), "state") == state;
    });
  }
  static inline std::unique_ptr<Gateways> network;
  static inline std::string id;
};

const std::string kWithdraw = "/v1/consents/C-4182-1/withdraw";

TEST_F(WithdrawalsApi, FromTheFirstWordToTheLastProof) {
  EXPECT_EQ(text_at(post("ca", kWithdraw, R"({"confirmation":"pending"})", 202), "state"),
            "withdrawal_pending");
  ASSERT_TRUE(mx_shows("withdrawn_by_person"));
  const auto held = network->json("mx", {"GET", "/v1/referrals/" + id});
  EXPECT_EQ(text_at(held["notice"], "code"), "withdrawn");
  EXPECT_EQ(text_at(held["notice"], "text").substr(0, 23), "Somebody took this back")
      << "not yet anybody's word";
  post("ca", kWithdraw + "/lift", "{}", 202);
  ASSERT_TRUE(mx_shows("delivered"));
  network->json("mx", {"GET", "/v1/inbox/" + id});  // so our own system has seen it

  const auto words = post("ca", "/v1/consents/C-4182-1/words", R"({"code_word":"colibrí azul"})", 201);
  const std::string code(text_at(words, "receipt_code"));
  EXPECT_EQ(text_at(post("us", "/v1/withdrawals", R"({"code":")" + code + R"("})", 202), "state"),
            "received");
  ASSERT_TRUE(mx_shows("withdrawn_by_person"));
  EXPECT_EQ(text_at(post("ca", kWithdraw + "/confirm", R"({"word":"Colibri Azul"})", 202), "state"),
            "withdrawn");

  ASSERT_TRUE(eventually([&] {
    const auto open = network->json("ca", {"GET", "/v1/withdrawals"});
    const auto& list = open["outstanding"];
    return list.Size() == 1 && text_at(list[0], "proof") == "key_destroyed" &&
           text_at(list[0], "system") == "asked";
  }));
  post("mx", "/v1/purges/" + id, R"({"state":"erased"})", 200);
  EXPECT_TRUE(eventually([&] {
    return network->json("ca", {"GET", "/v1/withdrawals"})["outstanding"].Empty();
  }));

  const auto events = network->json("mx", {"GET", "/v1/events"});
  ASSERT_EQ(events["events"].Size(), 5u);
  EXPECT_EQ(text_at(events["events"][4], "kind"), "purge_wanted");
  EXPECT_EQ(text_at(events["events"][4], "text"),
            "Your own system may still hold a copy. Erase it, then say so here.");
  EXPECT_EQ(text_at(events["events"][4], "reason"), "It was taken back in the person’s name.");
  const auto french =
      network->json("mx", {"GET", "/v1/events", {}, {}, {{"Accept-Language", "fr-CA, en;q=0.5"}}});
  EXPECT_EQ(text_at(french["events"][4], "reason"), "L’accord a été retiré au nom de la personne.");
  const auto id_of = [&](rapidjson::SizeType which) {
    return std::to_string(integer_at(events["events"][which], "id"));
  };
  const auto stream = network->call(
      "mx", {"GET",
             "/v1/events",
             {},
             {},
             {{"Accept", "text/event-stream"}, {"Last-Event-ID", id_of(3)}, {"Accept-Language", "es"}}});
  EXPECT_EQ(stream.content_type, "text/event-stream");
  EXPECT_NE(stream.body.find("Se retiró en nombre de la persona."), std::string::npos) << stream.body;
  EXPECT_NE(stream.body.find("id: " + id_of(4) + "\nevent: purge_wanted\n"), std::string::npos)
      << stream.body;
  EXPECT_EQ(stream.body.find("id: " + id_of(3) + "\n"), std::string::npos);
}

TEST_F(WithdrawalsApi, WhatIsNotUnderstoodIsRefusedByItsPlace) {
  post("ca", kWithdraw, R"({"confirmation":"later"})", 422);
  post("ca", kWithdraw, R"({"reason":"x"})", 422);
  post("ca", "/v1/withdrawals", R"({"code":"ca 1"})", 422);
  post("ca", "/v1/withdrawals", "{}", 422);
  post("mx", "/v1/purges/11111111-1111-4111-8111-111111111111", R"({"state":"erased"})", 404);
  post("ca", "/v1/consents/C-0000-0/withdraw/confirm", "{}", 404);
}

TEST_F(WithdrawalsApi, OnlyWhoMayAttestAndReceiveListens) {
  EXPECT_EQ(network->call("mx", {"GET", "/v1/events", {}, {}, {}, "supervisor"}).status, 200);
  EXPECT_EQ(network->call("mx", {"GET", "/v1/events", {}, {}, {}, "auditor"}).status, 403);
  EXPECT_EQ(network->call("mx", {"GET", "/v1/events", {}, {}, {}, "sheriff"}).status, 403);
}

}  // namespace
}  // namespace hotline::test
