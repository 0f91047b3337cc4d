// What a person told, over HTTP and on the command line: shut, why it may be opened, opened.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

class Narratives : public testing::Test {
 protected:
  Narratives() : network_(parse_instant("2026-11-21T12:00:00Z").value(), {"us", "mx"}) {
    network_.start("us");
    network_.start("mx");
    const auto sent = network_.json(
        "us", {"POST",
               "/v1/referrals",
               {{"to", "mx"}},
               read_whole(repository() + "/adapters/us/cases/case-handoff-to-puebla/national.json"),
               {{"Idempotency-Key", "\"told\""}, {"Prefer", "wait=30"}}});
    path_ = "/v1/inbox/" + std::string(text_at(sent["referrals"][0], "id"));
  }
  Json shown(const std::string& language = "en") {
    return network_.json("mx", {"GET", path_, {}, {}, {{"Accept-Language", language}}});
  }
  Reply open(const std::string& body) {
    return network_.call("mx", {"POST", path_ + "/narratives", {}, body});
  }
  Gateways network_;
  std::string path_;
};

TEST_F(Narratives, AreShutWithANoticeAndTheReasonsInTheReadersLanguage) {
  std::set<std::string> notices, sentences;
  for (const std::string language : {"en", "fr", "es"}) {
    const auto item = shown(language);
    const auto& told = item["narratives"];
    EXPECT_EQ(told["count"].GetInt(), 1);
    EXPECT_FALSE(told["open"].GetBool());
    EXPECT_EQ(member(item["canonical"], "narratives"), nullptr);
    notices.emplace(text_at(told, "notice"));
    ASSERT_GT(told["reasons"].Size(), 0u);
    EXPECT_EQ(text_at(told["reasons"][0], "code"), "needed_for_safety");
    sentences.emplace(text_at(told["reasons"][0], "text"));
  }
  EXPECT_EQ(notices.size(), 3u);
  EXPECT_EQ(sentences.size(), 3u);
}

TEST_F(Narratives, OpenForAReasonOfTheListOnly) {
  EXPECT_EQ(open("{}").status, 422);
  EXPECT_EQ(open(R"({"reason":"curious"})").status, 422);
  EXPECT_EQ(open(R"({"reason":"needed_for_safety","note":"x"})").status, 422);
  const Reply opened = open(R"({"reason":"needed_for_safety"})");
  ASSERT_EQ(opened.status, 200) << opened.body;
  const auto item = parse_json(opened.body).value();
  EXPECT_TRUE(item["narratives"]["open"].GetBool());
  EXPECT_EQ(item["canonical"]["narratives"].Size(), 1u);
  EXPECT_FALSE(shown()["narratives"]["open"].GetBool()) << "each reader opens for themselves";
}

TEST_F(Narratives, OpenOnTheCommandLine) {
  const std::string id = path_.substr(path_.rfind('/') + 1);
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"show", "--config", network_.config("mx")};
    words.insert(words.end(), more.begin(), more.end());
    words.push_back(id);
    return run_gateway_command(words);
  };
  const auto shut = run({});
  EXPECT_EQ(shut.status, 0) << shut.err;
  EXPECT_FALSE(parse_json(shut.out).value()["narratives"]["open"].GetBool());
  const auto opened = run({"--open", "needed_for_service"});
  EXPECT_EQ(opened.status, 0) << opened.err;
  EXPECT_TRUE(parse_json(opened.out).value()["narratives"]["open"].GetBool());
  EXPECT_EQ(run({"--open", "curious"}).status, 3);
}

}  // namespace
}  // namespace hotline::test
