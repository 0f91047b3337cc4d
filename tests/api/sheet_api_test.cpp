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
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }
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
  std::string record = read_whole(repository() + kCase);
  const std::string words = "He stays with a church volunteer until the flight.";
  ASSERT_NE(record.find(words), record.npos);
  record.replace(record.find(words), words.size(), "He was rescued and stays with a church until then.");
  const Json answer = network_->json(
      "ca", {"POST", "/v1/referrals", {{"to", "mx"}}, record, {{"Idempotency-Key", "\"w-1\""}}}, 202);
  const std::string id(text_at((*member(answer, "referrals"))[0], "id"));
  Reply item;
  ASSERT_TRUE(eventually([&] {
    item = network_->call("mx", {"GET", "/v1/inbox/" + id, {}, {}, {}});
    return item.status == 200;
  }));
  EXPECT_TRUE(has(item.body, "He was rescued and stays")) << "what was written is never changed";
  EXPECT_EQ(item.body.rfind("{\"safe_contact\":[{\"person\":", 0), 0u) << item.body.substr(0, 200);
}

}  // namespace
}  // namespace hotline::test
