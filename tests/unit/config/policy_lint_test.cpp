// Rules that make no sense are refused: what can never happen, what cannot hold together, what never ends.
#include "config/policy_lint.h"

#include <gtest/gtest.h>

#include "config/check.h"
#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

struct Mistake {
  const char* what;  // the first words of what is said about it
  const char* file;
  const char* pointer;  // what is written
  const char* text;
  const char* place;  // where the reader is sent
};

void PrintTo(const Mistake& one, std::ostream* out) {
  *out << one.file << ' ' << one.pointer << " = " << one.text;
}

class PolicyMistake : public testing::TestWithParam<Mistake> {};

TEST_P(PolicyMistake, IsRefusedWithItsPlaceAndWhatIsWrong) {
  DataRoot root;
  const std::string file = std::string("config/policy/") + GetParam().file;
  root.set(file, GetParam().pointer, GetParam().text);
  const auto loaded = Policies::load(root.path());
  ASSERT_FALSE(loaded) << "it loads";
  const auto report = check_data(root.path());
  ASSERT_TRUE(report);
  bool said = false;
  std::string all;
  for (const CheckLine& each : report->problems) {
    all += each.file + ' ' + each.pointer + ' ' + each.expected + '\n';
    said = said || (each.file == file && each.pointer == GetParam().place &&
                    each.expected.starts_with(GetParam().what));
  }
  EXPECT_TRUE(said) << all;
}

constexpr const char* kRoleless = R"([{"id": "base.exception.threat_self_or_others",
    "ground": "threat_self_or_others", "recipient_roles": ["emergency_services"], "categories": ["safety"],
    "max_seconds": 60, "attesting_roles": ["advocate"]}])";

constexpr const char* kOnlyChildren =
    R"([{"id": "us.child_report", "ground": "minor_abuse_neglect_trafficking",
    "authority": "child_protection", "categories": ["safety"], "within_seconds": 3600}])";

std::string told(const std::string& authority, const std::string& category) {
  return R"([{"id": "ca.child_report", "ground": "minor_abuse_neglect_trafficking", "authority": ")" +
         authority + R"(", "categories": [")" + category + R"("], "within_seconds": 3600}])";
}
const std::string kToPolice = told("law_enforcement", "safety");
const std::string kHealth = told("child_protection", "health");
const std::string kNeeds = told("child_protection", "needs");

INSTANTIATE_TEST_SUITE_P(
    Unreachable, PolicyMistake,
    testing::Values(
        Mistake{"unreachable nobody", "base.json", "/exceptions/grounds", kRoleless,
                "/exceptions/grounds/0/attesting_roles"},
        Mistake{"unreachable role manager", "base.json", "/exceptions/attesting_roles/0", "\"manager\"",
                "/exceptions/attesting_roles/0"},
        Mistake{"unreachable role", "base.json", "/exceptions/grounds/3/attesting_roles", R"(["chief"])",
                "/exceptions/grounds/3/attesting_roles/0"},
        Mistake{"unreachable language de", "ca.json", "/consent/offered_languages", R"(["en", "de"])",
                "/consent/offered_languages/1"},
        Mistake{"unreachable authority", "ca.json", "/mandated", kToPolice.c_str(), "/mandated/0/authority"},
        Mistake{"unreachable category", "ca.json", "/mandated", kNeeds.c_str(), "/mandated/0/categories/0"},
        Mistake{"unreachable region", "ca.json", "/ages/regions/0/region", "\"US-TX\"",
                "/ages/regions/0/region"},
        Mistake{"rule_unknown", "base.json", "/narrative/opened_for/0/id", "\"base.narrative.none\"",
                "/narrative/opened_for/0/id"},
        Mistake{"rule_unknown", "base.json", "/stages/id", "\"base.stage.none\"", "/stages/id"},
        Mistake{"rule_unknown", "us.json", "/mandated/0/id", "\"us.invented\"", "/mandated/0/id"},
        Mistake{"rule_unused us.imminent_harm", "us.json", "/mandated", kOnlyChildren, "/rules/3/id"}));

INSTANTIATE_TEST_SUITE_P(
    Contradictory, PolicyMistake,
    testing::Values(
        Mistake{"contradictory pseudonymous contact", "base.json", "/stages/first/0/category", "\"contact\"",
                "/stages/first/0/category"},
        Mistake{"contradictory needed_for_safety", "base.json", "/narrative/opened_for/1/reason",
                "\"needed_for_safety\"", "/narrative/opened_for/1/reason"},
        Mistake{"contradictory /consent/max_seconds", "base.json", "/consent/default_seconds", "7776001",
                "/consent/default_seconds"},
        Mistake{"contradictory /consent/max_seconds", "mx.json", "/consent",
                R"({"default_seconds": 172800, "max_seconds": 86400})", "/consent/default_seconds"},
        Mistake{"contradictory /consent/max_seconds", "base.json", "/oral/max_seconds", "7776001",
                "/oral/max_seconds"},
        Mistake{"contradictory /ages/adult", "ca.json", "/ages/alone", "19", "/ages/alone"},
        Mistake{"contradictory child_until", "ca.json", "/ages/regions/0/mandatory_below", "19",
                "/ages/regions/0/mandatory_below"},
        Mistake{"contradictory CA-AB", "ca.json", "/ages/regions/0/region", "\"CA-AB\"",
                "/ages/regions/1/region"},
        Mistake{"contradictory /crisis/escalate_first_seconds", "us.json", "/crisis",
                R"({"acknowledge_seconds": 600, "escalate_first_seconds": 300})",
                "/crisis/acknowledge_seconds"},
        Mistake{"contradictory never health", "ca.json", "/mandated", kHealth.c_str(),
                "/mandated/0/categories/0"},
        Mistake{
            "contradictory forbidden safety", "mx.json", "/forbidden",
            R"([{"id": "mx.no_prosecutor", "recipients": ["child_protection"], "categories": ["safety"]}])",
            "/mandated/0/categories/2"}));

INSTANTIATE_TEST_SUITE_P(
    Unbounded, PolicyMistake,
    testing::Values(Mistake{"unbounded", "base.json", "/consent", R"({"default_seconds": 2592000})",
                            "/consent/max_seconds"},
                    Mistake{"unbounded", "base.json", "/crisis", "{}", "/crisis/acknowledge_seconds"},
                    Mistake{"unbounded", "base.json", "/retention", "{}", "/retention/log_seconds"},
                    Mistake{"unbounded", "base.json", "/oral", R"({"needs": ["interpretation"]})",
                            "/oral/max_seconds"}));

TEST(PolicyLint, AnEndlessTimeIsNoNumberOfSeconds) {
  for (const char* never : {"0", "315360001", "-1"}) {
    DataRoot root;
    root.set("config/policy/base.json", "/consent/max_seconds", never);
    EXPECT_EQ(Policies::load(root.path()).error().code, ErrorCode::number_out_of_range) << never;
  }
}

TEST(PolicyLint, FindsNothingInWhatIsShipped) {
  const auto report = check_data(HOTLINE_ROOT);
  ASSERT_TRUE(report);
  for (const CheckLine& each : report->problems) ADD_FAILURE() << each.file << each.pointer << each.expected;
}

}  // namespace
}  // namespace hotline
