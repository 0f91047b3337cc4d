// The sheet over the API, and what is safe before anything else.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

const std::string kCase = "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";

class SheetApi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"});
    network_->start("ca");
    network_->start("mx");
  }
  static void TearDownTestSuite() { delete network_; }

  static Reply preview(Headers headers, Headers query = {}) {
    query.emplace_back("to", "mx");
    return network_->call(
        "ca", {"POST", "/v1/referrals/preview", query, read_whole(repository() + kCase), std::move(headers)});
  }
  // The record, with a word of staff's that wounds.
  static std::string with_a_wound() {
    std::string record = read_whole(repository() + kCase);
    const std::string words = "He stays with a church volunteer until the flight.";
    record.replace(record.find(words), words.size(), "He was rescued and stays with a church until then.");
    return record;
  }
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }
  static void expect_hint(const Json& answer) {
    ASSERT_TRUE(answer["wording"].IsArray());
    ASSERT_EQ(answer["wording"].Size(), 1u);
    const JsonValue& hint = answer["wording"][0];
    EXPECT_EQ(text_at(hint, "better").rfind("helped to leave", 0), 0u) << to_text(hint);
    EXPECT_EQ(text_at(hint, "class"), "H");
    EXPECT_EQ(hint["end"].GetInt() - hint["start"].GetInt(), 7) << "rescued";
    EXPECT_EQ(text_at(hint, "pointer").rfind("/persons/0/", 0), 0u) << to_text(hint);
    EXPECT_EQ(hint.MemberCount(), 5u) << "no word of the text itself";
  }
  static Gateways* network_;
};
Gateways* SheetApi::network_ = nullptr;

TEST_F(SheetApi, IsReadOutInTheLanguageAskedFor) {
  const Reply reply = preview({{"Accept", "text/plain"}}, {{"lang", "fr-CA"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.body.rfind("Pour vous qui lisez cette feuille à voix haute\nLisez ceci seulement quand", 0),
            0u)
      << reply.body;
  EXPECT_TRUE(has(reply.body, "Ce que nous ne partagerions pas\n- "));
}

TEST_F(SheetApi, IsInThePersonsOwnLanguageWhenNobodyAsks) {
  const Reply reply = preview({{"Accept", "text/plain"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_TRUE(has(reply.body, "Lo que compartiríamos"));
}

TEST_F(SheetApi, IsAPageForWhoeverAsksForOne) {
  const Reply reply = preview({{"Accept", "text/html,application/json;q=0.5"}}, {{"lang", "en"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.body.rfind("<!doctype html>\n<html lang=\"en\">", 0), 0u);
  EXPECT_FALSE(has(reply.body, "<script"));
}

TEST_F(SheetApi, RefusesALanguageThatIsNone) {
  EXPECT_EQ(preview({{"Accept", "text/plain"}}, {{"lang", "no language"}}).status, 422);
}

TEST_F(SheetApi, PreviewBeginsWithWhatIsSafe) {
  const Reply reply = preview({{"Accept", "application/json"}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.body.rfind("{\"safe_contact\":[{\"person\":", 0), 0u) << reply.body.substr(0, 200);
}

TEST_F(SheetApi, SendsStaffsWordsAsTheyAreAndShowsWhatIsSafeFirst) {
  const Json answer = network_->json(
      "ca", {"POST", "/v1/referrals", {{"to", "mx"}}, with_a_wound(), {{"Idempotency-Key", "\"w-1\""}}}, 202);
  expect_hint(answer);
  const std::string id(text_at((*member(answer, "referrals"))[0], "id"));
  Reply item;
  ASSERT_TRUE(eventually([&] {
    item = network_->call("mx", {"GET", "/v1/inbox/" + id, {}, {}, {}});
    return item.status == 200;
  }));
  EXPECT_TRUE(has(item.body, "He was rescued and stays")) << "what was written is never changed";
  EXPECT_EQ(item.body.rfind("{\"safe_contact\":[{\"person\":", 0), 0u) << item.body.substr(0, 200);
  EXPECT_FALSE(has(item.body, "helped to leave")) << "the hint is for its author";
  const Reply log = network_->call("ca", {"GET", "/v1/audit/entries", {}, {}, {}, "auditor"});
  ASSERT_EQ(log.status, 200) << log.body;
  EXPECT_FALSE(has(log.body, "wording") || has(log.body, "helped to leave"));
}

TEST_F(SheetApi, PreviewFlagsStaffsWords) {
  expect_hint(
      network_->json("ca", {"POST", "/v1/referrals/preview", {{"to", "mx"}}, with_a_wound(), {}}, 200));
  const Reply as_it_ships = preview({});
  EXPECT_TRUE(has(as_it_ships.body, "\"wording\":[]")) << as_it_ships.body;
}

// --- when nothing may leave

TEST_F(SheetApi, SaysWhyNothingLeavesAndWhatWouldChangeIt) {
  EXPECT_EQ(preview({}, {{"purpose", "legal"}}).status, 403);
  struct Words {
    const char *language, *nothing, *why, *change;
  };
  for (const Words& each :
       {Words{"en", "We would share nothing about you with ",
              "You said yes for another reason, not for this one.", "What would change this\n"},
        Words{"fr-CA", "Nous ne partagerions rien à votre sujet avec ",
              "Vous avez dit oui pour une autre raison", "Ce qui changerait cela\n"},
        Words{"es-MX", "No compartiríamos nada sobre usted con ",
              "Usted dijo que sí para otra cosa, no para esta.", "Qué cambiaría esto\n"}}) {
    const Reply text = preview({{"Accept", "text/plain"}}, {{"lang", each.language}, {"purpose", "legal"}});
    ASSERT_EQ(text.status, 200) << text.body;
    for (const char* part : {each.nothing, each.why, each.change}) EXPECT_TRUE(has(text.body, part)) << part;
    const Reply page = preview({{"Accept", "text/html"}}, {{"lang", each.language}, {"purpose", "legal"}});
    ASSERT_EQ(page.status, 200) << page.body;
    EXPECT_TRUE(has(page.body, each.why));
  }
}

// To say more to enforcement than to anybody else would tell them something.
TEST_F(SheetApi, HasNoSheetForEnforcement) {
  const Reply asked = preview({}, {{"purpose", "law_enforcement"}});
  EXPECT_EQ(asked.status, 403);
  for (const char* type : {"text/plain", "text/html"}) {
    const Reply told = preview({{"Accept", type}}, {{"purpose", "law_enforcement"}, {"lang", "en"}});
    EXPECT_EQ(told.status, 403);
    EXPECT_EQ(told.body, asked.body);
  }
}

}  // namespace
}  // namespace hotline::test
