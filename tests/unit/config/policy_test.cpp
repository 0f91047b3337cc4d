#include "config/policy.h"

#include <gtest/gtest.h>

#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

const Policies& shipped() {
  static const Policies loaded = Policies::load(HOTLINE_ROOT).value();
  return loaded;
}

const ExceptionRule* exception(const Policy& policy, std::string_view ground) {
  for (const ExceptionRule& each : policy.exceptions) {
    if (each.ground == ground) return &each;
  }
  return nullptr;
}

TEST(PolicyTest, TimesAreThoseThatWerePromised) {
  const Policy& base = shipped().base();
  EXPECT_EQ(base.consent_default_seconds, 30 * kDay);
  EXPECT_EQ(base.consent_max_seconds, 90 * kDay);
  EXPECT_EQ(base.oral_max_seconds, 72 * kHour);
  EXPECT_EQ(base.outbound_seconds, 7 * kDay);
  EXPECT_EQ(base.inbound_seconds, 72 * kHour);
}

TEST(PolicyTest, AThreatReachesEmergencyServicesOnly) {
  for (const char* ground : {"threat_self_or_others", "imminent_harm_emergency"}) {
    const ExceptionRule* rule = exception(shipped().base(), ground);
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->recipient_roles, std::vector<std::string>{"emergency_services"});
    EXPECT_EQ(rule->max_seconds, kHour);
  }
}

TEST(PolicyTest, AChildsDangerReachesChildProtectionOnly) {
  const ExceptionRule* rule = exception(shipped().base(), "minor_abuse_neglect_trafficking");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->recipient_roles, std::vector<std::string>{"child_protection"});
  EXPECT_EQ(rule->max_seconds, kDay);
}

TEST(PolicyTest, ATipThatIdentifiesNoOneReachesHotlinesOnly) {
  const ExceptionRule* rule = exception(shipped().base(), "non_identifying_tip");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->recipient_roles, std::vector<std::string>{"hotline"});
}

TEST(PolicyTest, NoExceptionOpensWhatIsNeverOpened) {
  for (const char* name : {"immigration", "orientation_gender", "health", "narrative"}) {
    const auto& never = shipped().base().never_on_exception;
    EXPECT_NE(std::find(never.begin(), never.end(), Category(name)), never.end()) << name;
    for (const ExceptionRule& rule : shipped().base().exceptions) {
      EXPECT_EQ(std::find(rule.categories.begin(), rule.categories.end(), Category(name)),
                rule.categories.end())
          << name << " in " << rule.ground;
    }
  }
}

TEST(PolicyTest, ACountryHasTheBaseWhereItSaysNothing) {
  for (const char* code : {"US", "CA", "MX"}) {
    const Policy* country = shipped().country(code);
    ASSERT_NE(country, nullptr) << code;
    EXPECT_EQ(country->consent_max_seconds, 90 * kDay);
    EXPECT_EQ(country->exceptions.size(), shipped().base().exceptions.size());
    EXPECT_FALSE(country->rules.empty());
  }
  EXPECT_EQ(shipped().country("FR"), nullptr);
  EXPECT_EQ(shipped().country("base"), nullptr);
}

TEST(PolicyTest, RulesAreFoundInAnyFileAndSayWhetherTheirSourceWasRead) {
  ASSERT_NE(shipped().rule(RuleId("base.consent.withdrawn")), nullptr);
  ASSERT_NE(shipped().rule(RuleId("mx.child_report")), nullptr);
  EXPECT_FALSE(shipped().rule(RuleId("mx.child_report"))->verified);
  EXPECT_FALSE(shipped().rule(RuleId("ca.child_report"))->verified);
  EXPECT_EQ(shipped().rule(RuleId("base.consent.invented")), nullptr);
}

struct Loosening {
  const char* pointer;
  const char* text;
};

void PrintTo(const Loosening& l, std::ostream* out) {
  *out << l.pointer << " = " << l.text;
}

class LooserCountryTest : public testing::TestWithParam<Loosening> {};

TEST_P(LooserCountryTest, DoesNotLoad) {
  DataRoot root;
  root.set("config/policy/ca.json", GetParam().pointer, GetParam().text);
  const auto loaded = Policies::load(root.path());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::data_invalid);
  EXPECT_TRUE(loaded.error().pointer.starts_with(GetParam().pointer)) << loaded.error().pointer;
  EXPECT_TRUE(loaded.error().expected.ends_with("ca.json")) << loaded.error().expected;
}

INSTANTIATE_TEST_SUITE_P(Each, LooserCountryTest,
                         testing::Values(Loosening{"/consent/max_seconds", "7776001"},
                                         Loosening{"/consent/default_seconds", "2592001"},
                                         Loosening{"/oral/max_seconds", "259201"},
                                         Loosening{"/oral/needs", R"(["food"])"},
                                         Loosening{"/payload/outbound_seconds", "604801"},
                                         Loosening{"/payload/inbound_seconds", "259201"},
                                         Loosening{"/ages/adult", "17"}, Loosening{"/ages/alone", "16"},
                                         Loosening{"/ages/minor_givers", R"(["parent_guardian", "friend"])"},
                                         Loosening{"/consent/statement_languages", R"(["de"])"},
                                         Loosening{"/exceptions/attesting_roles", R"(["volunteer"])"},
                                         Loosening{"/staff_roles", R"(["volunteer"])"},
                                         Loosening{"/retention/log_seconds", "220752001"},
                                         Loosening{"/crisis/acknowledge_seconds", "901"},
                                         Loosening{"/crisis/accept_seconds", "7201"},
                                         Loosening{"/crisis/escalate_first_seconds", "1801"},
                                         Loosening{"/crisis/escalate_again_seconds", "7201"},
                                         Loosening{"/crisis/second_partner_seconds", "14401"},
                                         Loosening{"/exceptions/grounds", R"([{"id": "ca.child_report",
                        "ground": "imminent_harm_emergency", "recipient_roles": ["child_protection"],
                        "categories": ["safety"], "max_seconds": 60}])"},
                                         Loosening{"/exceptions/grounds", R"([{"id": "ca.child_report",
                        "ground": "imminent_harm_emergency", "recipient_roles": ["emergency_services"],
                        "categories": ["identity"], "max_seconds": 60}])"},
                                         Loosening{"/exceptions/grounds", R"([{"id": "ca.child_report",
                        "ground": "imminent_harm_emergency", "recipient_roles": ["emergency_services"],
                        "categories": ["safety"], "max_seconds": 3601}])"}));

TEST(PolicyTest, ACountryMayTighten) {
  DataRoot root;
  root.set("config/policy/ca.json", "/consent/max_seconds", "86400");
  root.set("config/policy/ca.json", "/ages/adult", "19");
  root.set("config/policy/ca.json", "/ages/alone", "19");
  root.set("config/policy/ca.json", "/exceptions/never", R"(["needs"])");
  const auto loaded = Policies::load(root.path());
  ASSERT_TRUE(loaded) << loaded.error().pointer << ' ' << loaded.error().expected;
  const Policy* ca = loaded->country("CA");
  EXPECT_EQ(ca->consent_max_seconds, kDay);
  EXPECT_EQ(ca->alone_age, 19);
  // Added to what is never opened anywhere, not in its place.
  EXPECT_EQ(ca->never_on_exception.size(), loaded->base().never_on_exception.size() + 1);
}

TEST(PolicyTest, EnforcementCannotBeWrittenIntoAnException) {
  DataRoot root;
  root.set("config/policy/base.json", "/exceptions/grounds/0/recipient_roles", R"(["law_enforcement"])");
  const auto loaded = Policies::load(root.path());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().pointer, "/exceptions/grounds/0/recipient_roles/0");
}

TEST(PolicyTest, NoGroundReachesAnybodyButThoseWhoWerePromised) {
  DataRoot root;
  root.set("config/policy/base.json", "/exceptions/grounds/0/recipient_roles",
           R"(["emergency_services", "hotline"])");
  EXPECT_EQ(Policies::load(root.path()).error().pointer, "/exceptions/grounds/0/recipient_roles");
}

TEST(PolicyTest, AnExceptionThatOpensTheStoryDoesNotLoad) {
  DataRoot root;
  root.set("config/policy/base.json", "/exceptions/grounds/1/categories", R"(["safety", "narrative"])");
  EXPECT_EQ(Policies::load(root.path()).error().pointer, "/exceptions/grounds/1/categories");
}

TEST(PolicyTest, NothingOfTheBaseMayBeMissing) {
  for (const char* part : {"/consent", "/oral", "/payload", "/ages", "/exceptions"}) {
    DataRoot root;
    root.set("config/policy/base.json", part, "{}");
    const auto loaded = Policies::load(root.path());
    ASSERT_FALSE(loaded) << part;
    EXPECT_TRUE(loaded.error().pointer.starts_with(part)) << loaded.error().pointer;
  }
  DataRoot root;
  root.remove("config/policy/base.json");
  EXPECT_FALSE(Policies::load(root.path()));
}

TEST(PolicyTest, WhatIsForbiddenEverywhereIsForbiddenInEveryCountry) {
  for (const char* code : {"US", "CA", "MX"}) {
    const auto& forbidden = shipped().country(code)->forbidden;
    for (const char* role : {"law_enforcement", "immigration_enforcement", "statistics"}) {
      EXPECT_TRUE(
          std::any_of(forbidden.begin(), forbidden.end(),
                      [&](const ForbiddenDisclosure& each) { return each.covers(role, Category("needs")); }))
          << code << ' ' << role;
    }
  }
}

TEST(PolicyTest, WhatALawDemandsGoesToTheAuthorityThatHelpsAndNeverToEnforcement) {
  for (const char* code : {"US", "CA", "MX"}) {
    const auto& mandated = shipped().country(code)->mandated;
    ASSERT_FALSE(mandated.empty()) << code;
    for (const MandatedDisclosure& each : mandated) {
      EXPECT_TRUE(each.authority == "child_protection" || each.authority == "emergency_services");
      EXPECT_GT(each.within_seconds, 0);
      EXPECT_NE(shipped().rule(each.id), nullptr);
    }
  }
}

TEST(PolicyTest, ACrisisIsSeenToInTheTimesThatWerePromised) {
  const CrisisClocks& crisis = shipped().country("MX")->crisis;
  EXPECT_EQ(crisis.acknowledge, 900);
  EXPECT_EQ(crisis.accept, 2 * kHour);
  EXPECT_EQ(crisis.escalate_first, 1800);
  EXPECT_EQ(crisis.escalate_again, 2 * kHour);
  EXPECT_EQ(crisis.second_partner, 4 * kHour);
  EXPECT_EQ(shipped().country("MX")->log_seconds, 7 * 365 * kDay);
}

TEST(PolicyTest, AgesOfProvincesSayWhetherAnybodyReadThem) {
  const auto& regions = shipped().country("CA")->regions;
  ASSERT_EQ(regions.size(), 13u) << "ten provinces and three territories";
  const auto ontario = std::find_if(regions.begin(), regions.end(),
                                    [](const RegionAges& each) { return each.region == "CA-ON"; });
  EXPECT_EQ(ontario->child_until, 18);
  EXPECT_EQ(ontario->mandatory_below, 16);
}

TEST(PolicyTest, RuleIdsAreUniqueAndNameTheirFile) {
  DataRoot twice;
  twice.set("config/policy/us.json", "/rules/1/id", "\"us.grant_confidentiality\"");
  EXPECT_EQ(Policies::load(twice.path()).error().pointer, "/rules/1/id");
  DataRoot foreign;
  foreign.set("config/policy/us.json", "/rules/0/id", "\"base.consent.granted\"");
  EXPECT_EQ(Policies::load(foreign.path()).error().pointer, "/rules/0/id");
}

TEST(PolicyTest, UnknownKeysAndUnknownCodesAreRefused) {
  DataRoot key;
  key.set("config/policy/mx.json", "/consent_overridden", "true");
  EXPECT_EQ(Policies::load(key.path()).error().code, ErrorCode::field_unknown);
  DataRoot code;
  code.set("config/policy/base.json", "/oral/needs/0", "\"anything\"");
  EXPECT_EQ(Policies::load(code.path()).error().pointer, "/oral/needs/0");
}

}  // namespace
}  // namespace hotline
