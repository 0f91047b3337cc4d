// What was granted and stayed behind all the same: the person's account and the explanation of the decision
// say what the disclosure held, not what it might have held.
#include <gtest/gtest.h>

#include "gateway/exchange/account_of.h"
#include "gateway/exchange/decisions.h"
#include "gateway/exchange/explain.h"
#include "gateway/exchange/inbox.h"
#include "tests/integration/houses.h"

namespace hotline::test {
namespace {

class StayedBehind : public testing::Test {
 protected:
  void submit(const std::string& from, const std::string& name) {
    auto sent = houses.submit(from, "mx", name);
    id = sent.first;
    houses.deliver(from, std::move(sent.jobs));
    row = houses.referral(from, id.get());
    at = from;
  }
  Json arrived() {
    auto opened = open_narratives(houses.context("mx"), id, "needed_for_safety", LanguageTag("es-MX"), "ana");
    return parse_json(opened->record.canonical).value();
  }
  bool told(const std::string& category) {
    const auto account = account_of(houses.context(at), row.consents.front());
    for (const auto& line : account->lines) {
      if (line.referral != id) continue;
      for (const auto& each : line.entry.shares)
        if (each.category.get() == category) return each.level != Level::withheld;
    }
    return false;
  }
  std::string stayed(const std::string& category) {
    const auto past = past_decision(houses.context(at), row.submission);
    EXPECT_EQ(past->replay, Replay::same);
    for (const auto& person : past->decision["persons"].GetArray()) {
      if (text_at(person, "consent") != row.consents.front().get()) continue;
      for (const auto& each : person["categories"].GetArray())
        if (text_at(each, "category") == category) return std::string(text_at(each, "stayed"));
    }
    return {};
  }
  Houses houses;
  ReferralId id;
  ReferralRow row;
  std::string at;
};

TEST_F(StayedBehind, WhoTravelsApartIsToldThatTheStoryStayed) {
  submit("us", "crew-of-five-with-different-consents");
  EXPECT_EQ(member(arrived(), "narratives"), nullptr);
  EXPECT_FALSE(told("narrative"));
  EXPECT_TRUE(told("needs"));
  EXPECT_EQ(stayed("narrative"), "case_split");
  const auto catalog = Catalog::load(HOTLINE_ROOT);
  ASSERT_TRUE(catalog);
  const auto past = past_decision(houses.context(at), row.submission);
  const LanguageTag english("en");
  const auto text = explained_text(explained(past->decision, houses.context(at).policies, *catalog, english),
                                   "", *catalog, english);
  EXPECT_NE(text.find("It stayed behind all the same"), std::string::npos) << text;
}

TEST_F(StayedBehind, WhoGoesTogetherIsToldThatItWent) {
  submit("us", "case-handoff-to-puebla");
  ASSERT_NE(member(arrived(), "narratives"), nullptr);
  EXPECT_TRUE(told("narrative"));
  EXPECT_EQ(stayed("narrative"), "");
}

}  // namespace
}  // namespace hotline::test
