// The lint of what only consent can see: sentences that no decision names, countries that share nothing.
#include "consent/check.h"

#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

bool says(const std::string& root, const std::string& place, const std::string& what) {
  for (const Fault& each : check_consent_data(root)) {
    if (each.pointer == place && each.expected.starts_with(what)) return true;
  }
  return false;
}

TEST(ConsentCheck, FindsNothingInWhatIsShipped) {
  for (const Fault& each : check_consent_data(HOTLINE_ROOT))
    ADD_FAILURE() << each.pointer << ' ' << each.expected;
}

TEST(ConsentCheck, ASentenceOfTheBaseThatNothingNames) {
  DataRoot root;
  root.set("config/policy/base.json", "/rules/0/id", "\"base.recipient.anybody\"");
  EXPECT_TRUE(says(root.path(), "config/policy/base.json#/rules/0/id", "rule_unused base.recipient.anybody"));
  EXPECT_TRUE(says(root.path(), "config/policy/base.json#/rules", "base.recipient.enforcement"));
}

TEST(ConsentCheck, TwoCountriesBetweenWhichNothingCouldEverGo) {
  DataRoot root;
  root.set("config/policy/us.json", "/consent/forms", R"(["written_other"])");
  root.set("config/policy/mx.json", "/consent/forms", R"(["written_e_signature"])");
  EXPECT_TRUE(says(root.path(), "config/policy/mx.json#/consent/forms", "contradictory US/consent/forms"));
}

TEST(ConsentCheck, AWayOfChangingADecisionThatALanguageCannotSay) {
  DataRoot root;
  root.set("i18n/catalogs/fr.decision.json", "", "{}");
  EXPECT_TRUE(says(root.path(), "i18n/catalogs/fr.decision.json#/decision.change.ask_person", "text"));
}

}  // namespace
}  // namespace hotline
