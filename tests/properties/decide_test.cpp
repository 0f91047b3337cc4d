// The decision over all combinations of its finite inputs: nothing without consent, nothing after it, never
// more for less, nothing for enforcement, one rule each.
#include "consent/decide.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/rules.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

// One axis of the enumeration: the ways in which an element of a consent can be, the first of which is right.
struct Axis {
  const char* name;
  std::vector<std::string> overrides;  // JSON members without braces; "" changes nothing
};

const std::vector<Axis>& axes() {
  static const std::vector<Axis> all = {
      {"state",
       {"", R"("state": "renewed")", R"("state": "requested")", R"("state": "refused")",
        R"("state": "withdrawn")", R"("state": "expired")", R"("state": "terminated")",
        R"("state": "invalidated")", R"("state": "unknown")"}},
      {"until",
       {"", R"("until": "2026-03-02T12:00:00Z")", R"("until": "2026-08-01T12:00:00Z")", R"("until": null)"}},
      {"recipient", {"", R"("recipient": {"member": "ca"})", R"("recipient": {"country": "CA"})"}},
      {"purpose", {"", R"("purposes": ["legal"])"}},
      {"giver",
       {"", R"("giver": {"relation": {"code": "friend"}})", R"("giver": {"capacity_confirmed": false})"}},
      {"informed", {"", R"("risks_explained": false)"}},
      {"form", {"", R"("form": "oral_two_person")", R"("form": null)"}},
      {"withdrawn", {"", R"("withdrawn_at": "2026-03-01T20:00:00Z")"}},
  };
  return all;
}

bool is_right(const std::string& axis, std::size_t choice) {
  return choice == 0 || (axis == "state" && choice == 1);
}

// Every combination once: all[i] chooses for axes()[i].
template <class Visit>
void each_combination(const Visit& visit) {
  std::vector<std::size_t> chosen(axes().size(), 0);
  for (;;) {
    visit(chosen);
    std::size_t i = 0;
    while (i < chosen.size() && ++chosen[i] == axes()[i].overrides.size()) chosen[i++] = 0;
    if (i == chosen.size()) return;
  }
}

std::string overrides_of(const std::vector<std::size_t>& chosen) {
  std::string out;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::string& part = axes()[i].overrides[chosen[i]];
    if (!part.empty()) out += (out.empty() ? "" : ", ") + part;
  }
  return "{" + out + "}";
}

const char* kPerson = R"({"id": "p1", "needs": {"items": [{"need": {"code": "food"}}]}})";

TEST(Enumeration, OnlyTheOneRightCombinationPermitsAnything) {
  std::size_t permitted = 0;
  std::size_t seen = 0;
  each_combination([&](const std::vector<std::size_t>& chosen) {
    bool right = true;
    for (std::size_t i = 0; i < chosen.size(); ++i) right = right && is_right(axes()[i].name, chosen[i]);
    const Decision decision = decided(record({kPerson}, {consent_json({.overrides = overrides_of(chosen)})}));
    EXPECT_EQ(!decision.groups.empty(), right) << overrides_of(chosen);
    EXPECT_EQ(decision.persons.front().basis == "consent_explicit", right) << overrides_of(chosen);
    permitted += right ? 1 : 0;
    ++seen;
  });
  EXPECT_EQ(permitted, 2u);
  EXPECT_EQ(seen, 9u * 4 * 3 * 2 * 3 * 2 * 3 * 2);
}

TEST(Enumeration, EnforcementGetsNothingInAnyCombination) {
  const Referral referral = record({adult()}, {consent_json({.overrides = R"({"police_contact": true,
      "purposes": ["services", "case_handoff", "emergency", "child_protection", "legal", "statistics", "law_enforcement"]})"})});
  Attestation attestation;
  attestation.id = "a";
  attestation.attested_by = "s";
  attestation.staff_role = "supervisor";
  attestation.recipient = MemberId("mx");
  attestation.categories = all_categories();
  attestation.at = now();
  attestation.until = now().plus_seconds(600);
  for (const Role role : {Role::law_enforcement, Role::immigration_enforcement}) {
    for (const char* purpose : {"services", "case_handoff", "emergency", "child_protection", "legal",
                                "statistics", "law_enforcement"}) {
      for (const char* ground :
           {"", "imminent_harm_emergency", "threat_self_or_others", "non_identifying_tip"}) {
        Request request = to_mexico();
        request.recipient_role = role;
        request.purpose = Purpose(purpose);
        attestation.ground = ground;
        for (const char* as :
             {"law_enforcement", "immigration_enforcement", "emergency_services", "hotline"}) {
          attestation.recipient_role = as;
          const auto decision = decide(referral, request, {attestation}, {}, World::get().policies);
          ASSERT_FALSE(decision);
          EXPECT_EQ(decision.error().code, ErrorCode::requester_refused);
        }
      }
    }
  }
}

constexpr const char* kLevels[] = {"withheld", "pseudonymised", "generalised", "full"};

// Three categories stand for all sixteen: the decision treats them alike.
std::string grants_of(int a, int b, int c) {
  return grants({{"identity", kLevels[a]}, {"health", kLevels[b]}, {"needs", kLevels[c]}});
}

bool reveals_no_more(const Decision& less, const Decision& more) {
  for (const Category& each : all_categories()) {
    if (level(less, "p1", each.get()) > level(more, "p1", each.get())) return false;
  }
  return true;
}

TEST(Enumeration, LessConsentNeverRevealsMore) {
  std::vector<Decision> decisions;
  for (int i = 0; i < 64; ++i) {
    decisions.push_back(
        decided(record({kPerson}, {consent_json({.categories = grants_of(i / 16, i / 4 % 4, i % 4)})})));
  }
  for (int i = 0; i < 64; ++i) {
    for (int j = 0; j < 64; ++j) {
      const bool narrower = i / 16 <= j / 16 && i / 4 % 4 <= j / 4 % 4 && i % 4 <= j % 4;
      if (!narrower) continue;
      EXPECT_TRUE(
          reveals_no_more(decisions[static_cast<std::size_t>(i)], decisions[static_cast<std::size_t>(j)]));
    }
  }
}

TEST(Enumeration, WhatIsDecidedIsNeverMoreThanWhatWasGranted) {
  for (int i = 0; i < 64; ++i) {
    const Decision decision =
        decided(record({kPerson}, {consent_json({.categories = grants_of(i / 16, i / 4 % 4, i % 4)})}));
    EXPECT_EQ(to_string(level(decision, "p1", "identity")), kLevels[i / 16]);
    EXPECT_EQ(to_string(level(decision, "p1", "health")), kLevels[i / 4 % 4]);
    EXPECT_EQ(level(decision, "p1", "location"), Level::withheld);
    for (const CategoryDecision& each : decision.persons.front().categories) {
      EXPECT_EQ(each.rule.get() == rules::granted, each.level != Level::withheld);
      EXPECT_NE(World::get().policies.rule(each.rule), nullptr) << each.rule.get();
    }
  }
}

TEST(Enumeration, EveryRuleOfADecisionIsExplainedInThePolicies) {
  for (const std::string_view id : rules::all) {
    EXPECT_NE(World::get().policies.rule(RuleId(std::string(id))), nullptr) << id;
  }
}

}  // namespace
}  // namespace hotline
