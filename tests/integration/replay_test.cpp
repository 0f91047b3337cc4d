// A past decision, computed again from what the log holds, comes out the same: for every example record, and
// for five hundred made from them.
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "gateway/exchange/decisions.h"
#include "i18n/base/text_files.h"
#include "tests/integration/houses.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

namespace fs = std::filesystem;

// As the log keeps it, and read again.
Json logged(const Facts& facts, const Decision& decision) {
  LogDetail detail;
  detail.decision(decision.to_json()).facts(facts.to_json());
  return parse_json(detail.canonical(), {4u << 20, 64}).value();
}

Replay again(const Json& detail, const Policies& policies) {
  return replay(detail["decision"], member(detail, "facts"), policies);
}

std::vector<std::string> examples() {
  std::vector<std::string> files;
  for (const auto& profile : {"us", "ca", "mx", "htcds", "fhir", "primero"}) {
    for (const auto& one : fs::directory_iterator(repository() + "/adapters/" + profile + "/cases"))
      files.push_back(one.path().string() + "/canonical.json");
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ReplayOfDecisions : public testing::Test {
 protected:
  const ExchangeContext& context() { return houses.context("us"); }
  Facts facts_of(const Referral& record, const std::string& to, Instant now, const Known& known = {}) {
    const auto& registry = context().registry;
    const auto request =
        request_to(context().self, *registry.find(MemberId(to)), Purpose(std::string(record.purpose())), now);
    return reduce(record, request, known, context().policies);
  }
  Replay replayed(const Facts& facts) {
    return again(logged(facts, decide(facts, context().policies)), context().policies);
  }
  Houses houses;
  const Instant now = parse_instant("2026-11-21T12:00:00Z").value();
};

TEST_F(ReplayOfDecisions, EveryExampleRecordToEveryHotline) {
  int decided = 0, released = 0;
  for (const auto& file : examples()) {
    auto record = Referral::from(read_json_file(file).value(), context().schema, nullptr, Opinions::own);
    if (!record) continue;  // a record that was disclosed to us and names what stayed behind
    for (const char* to : {"us", "ca", "mx"}) {
      const auto facts = facts_of(*record, to, now);
      EXPECT_EQ(replayed(facts), Replay::same) << file << " to " << to;
      ++decided;
      released += decide(facts, context().policies).groups.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(decided, 150);
  EXPECT_GT(released, 10) << "decisions that release nothing prove little";
}

// Consents changed at random: levels, times, states, purposes, recipients, givers.
void vary(Json& record, std::mt19937& random) {
  const auto one_of = [&](const std::vector<const char*>& words) { return words[random() % words.size()]; };
  auto& allocator = record.GetAllocator();
  if (!record.HasMember("consents")) return;
  for (auto& consent : record["consents"].GetArray()) {
    if (auto* categories = consent.HasMember("categories") ? &consent["categories"] : nullptr) {
      for (auto& each : categories->GetArray())
        set_text(each, "level", one_of({"full", "full", "generalised", "pseudonymised", "withheld"}),
                 allocator);
    }
    if (random() % 4 == 0)
      set_text(consent, "state", one_of({"given", "renewed", "refused", "withdrawn", "unknown"}), allocator);
    if (random() % 4 == 0)
      set_text(consent, "given_at", one_of({"2026-11-21T11:00:00Z", "2026-12-01T00:00:00Z"}), allocator);
    if (random() % 4 == 0)
      set_text(consent, "until", one_of({"2026-11-21T12:00:00Z", "2026-12-20T00:00:00Z"}), allocator);
    if (random() % 6 == 0) set_text(consent, "form", one_of({"oral_two_person", "written_other"}), allocator);
    if (random() % 6 == 0) set_member(consent, "risks_explained", JsonValue(random() % 2 == 0), allocator);
  }
}

TEST_F(ReplayOfDecisions, FiveHundredGeneratedRecords) {
  std::vector<Json> records;
  for (const auto& file : examples()) {
    auto record = read_json_file(file).value();
    if (record.HasMember("consents") &&
        Referral::from(Json(std::move(record)), context().schema, nullptr, Opinions::own)) {
      records.push_back(read_json_file(file).value());
    }
  }
  ASSERT_GT(records.size(), 10u);
  std::mt19937 random(2026);
  int released = 0;
  for (int i = 0; i < 500; ++i) {
    Json copy;
    copy.CopyFrom(records[random() % records.size()], copy.GetAllocator());
    vary(copy, random);
    auto record = Referral::from(std::move(copy), context().schema, nullptr, Opinions::own);
    ASSERT_TRUE(record) << i;
    Known known;
    if (random() % 5 == 0) {
      for (const auto& consent : consents_of(*record)) known.withdrawn.push_back(consent.id);
    }
    const auto facts = facts_of(*record, random() % 2 == 0 ? "mx" : "ca", now, known);
    EXPECT_EQ(replayed(facts), Replay::same) << i;
    released += decide(facts, context().policies).groups.empty() ? 0 : 1;
  }
  EXPECT_GT(released, 50);
}

TEST_F(ReplayOfDecisions, AnotherDecisionIsSeen) {
  auto record = Referral::from(
      read_json_file(repository() +
                     "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/canonical.json")
          .value(),
      context().schema, nullptr, Opinions::own);
  const auto facts = facts_of(*record, "mx", now);
  auto decision = decide(facts, context().policies);
  const auto good = logged(facts, decision);
  for (auto& category : decision.persons[0].categories) category.level = Level::full;
  EXPECT_EQ(again(good, context().policies), Replay::same);
  EXPECT_EQ(again(logged(facts, decision), context().policies), Replay::differs);
}

TEST_F(ReplayOfDecisions, AnotherVersionOfAPolicyIsNotComputedWith) {
  auto record =
      Referral::from(read_json_file(examples().front()).value(), context().schema, nullptr, Opinions::own);
  auto facts = facts_of(*record, "mx", now);
  auto detail = logged(facts, decide(facts, context().policies));
  set_text(detail["facts"], "recipient_policy", "mx-1999.1", detail.GetAllocator());
  EXPECT_EQ(again(detail, context().policies), Replay::policy_version);
  detail.RemoveMember("facts");
  EXPECT_EQ(again(detail, context().policies), Replay::no_facts);
}

TEST_F(ReplayOfDecisions, WhatWasSentCanBeAskedForByItsId) {
  const auto sent = houses.submit("ca", "mx", "seasonal-worker-goes-home-without-the-employer");
  const auto answer = parse_json(sent.answer.body).value();
  const auto past = past_decision(houses.context("ca"), std::string(text_at(answer["decision"], "id")));
  ASSERT_TRUE(past);
  EXPECT_EQ(past->replay, Replay::same);
  EXPECT_EQ(text_at(past->decision["persons"][0], "person"), "1") << "a person is a number in the log";
}

}  // namespace
}  // namespace hotline::test
