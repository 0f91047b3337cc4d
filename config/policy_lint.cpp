#include "config/policy_lint.h"

#include <algorithm>
#include <set>

namespace hotline {
namespace {

template <class T, class V>
bool has(const T& list, const V& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

template <class T>
bool share(const std::vector<T>& one, const std::vector<T>& other) {
  return std::any_of(one.begin(), one.end(), [&](const T& each) { return has(other, each); });
}

const ExceptionRule* exception_for(const Policy& policy, std::string_view ground) {
  for (const ExceptionRule& each : policy.exceptions) {
    if (each.ground == ground) return &each;
  }
  return nullptr;
}

class Lint {
 public:
  Lint(const Policy& whole, const Policy& own) : whole_(whole), own_(own) {}

  std::vector<Fault> run() {
    times();
    ages();
    languages();
    attesting();
    mandated();
    forbidden();
    openings();
    first_stage();
    unused();
    return std::move(faults_);
  }

 private:
  void fault(std::string pointer, std::string what) {
    faults_.push_back({ErrorCode::data_invalid, std::move(pointer), std::move(what)});
  }

  // One of the two is in this file: the reader is sent there.
  void not_above(const char* least, std::int64_t low, std::int64_t own_low, const char* most,
                 std::int64_t high) {
    if (low <= high) return;
    fault(own_low != 0 ? least : most, std::string("contradictory ") + (own_low != 0 ? most : least));
  }

  void times() {
    not_above("/consent/default_seconds", whole_.consent_default_seconds, own_.consent_default_seconds,
              "/consent/max_seconds", whole_.consent_max_seconds);
    not_above("/oral/max_seconds", whole_.oral_max_seconds, own_.oral_max_seconds, "/consent/max_seconds",
              whole_.consent_max_seconds);
    const CrisisClocks& crisis = whole_.crisis;
    not_above("/crisis/acknowledge_seconds", crisis.acknowledge, own_.crisis.acknowledge,
              "/crisis/escalate_first_seconds", crisis.escalate_first);
    not_above("/crisis/escalate_first_seconds", crisis.escalate_first, own_.crisis.escalate_first,
              "/crisis/escalate_again_seconds", crisis.escalate_again);
    not_above("/crisis/accept_seconds", crisis.accept, own_.crisis.accept, "/crisis/second_partner_seconds",
              crisis.second_partner);
  }

  // Between the two ages nobody could agree: the person not yet, a guardian no more.
  void ages() {
    not_above("/ages/alone", whole_.alone_age, own_.alone_age == 0 ? 0 : 1, "/ages/adult", whole_.adult_age);
    std::set<std::string> regions;
    for (std::size_t i = 0; i < own_.regions.size(); ++i) {
      const RegionAges& each = own_.regions[i];
      const std::string place = pointer_join("/ages/regions", i);
      if (!each.region.starts_with(own_.jurisdiction + "-"))
        fault(place + "/region", "unreachable region " + own_.jurisdiction);
      if (!regions.insert(each.region).second) fault(place + "/region", "contradictory " + each.region);
      if (each.mandatory_below > each.child_until)
        fault(place + "/mandatory_below", "contradictory child_until");
      named(each.id, place);
    }
  }

  // What has to be offered must be there to be read.
  void languages() {
    for (std::size_t i = 0; i < own_.offered_languages.size(); ++i) {
      if (!has(whole_.statement_languages, own_.offered_languages[i]))
        fault(pointer_join("/consent/offered_languages", i),
              "unreachable language " + own_.offered_languages[i]);
    }
  }

  void attesting() {
    for (std::size_t i = 0; i < own_.attesting_roles.size(); ++i)
      role_exists(own_.attesting_roles[i], pointer_join("/exceptions/attesting_roles", i));
    for (std::size_t i = 0; i < own_.exceptions.size(); ++i) {
      const ExceptionRule& rule = own_.exceptions[i];
      const std::string place = pointer_join("/exceptions/grounds", i);
      for (std::size_t j = 0; j < rule.attesting_roles.size(); ++j)
        role_exists(rule.attesting_roles[j], pointer_join(place + "/attesting_roles", j));
      if (!rule.attesting_roles.empty() && !share(rule.attesting_roles, whole_.attesting_roles))
        fault(place + "/attesting_roles", "unreachable nobody " + rule.ground);
    }
  }

  void role_exists(const std::string& role, std::string pointer) {
    if (!has(whole_.staff_roles, role)) fault(std::move(pointer), "unreachable role " + role);
  }

  void mandated() {
    for (std::size_t i = 0; i < own_.mandated.size(); ++i) {
      const MandatedDisclosure& each = own_.mandated[i];
      const std::string place = pointer_join("/mandated", i);
      named(each.id, place);
      const ExceptionRule* rule = exception_for(whole_, each.ground);
      if (rule == nullptr || !has(rule->recipient_roles, each.authority)) {
        fault(place + "/authority", "unreachable authority " + each.authority);
        continue;
      }
      for (std::size_t j = 0; j < each.categories.size(); ++j)
        may_be_told(each, *rule, each.categories[j], pointer_join(place + "/categories", j));
    }
  }

  void may_be_told(const MandatedDisclosure& told, const ExceptionRule& rule, const Category& category,
                   const std::string& place) {
    const bool forbidden =
        std::any_of(whole_.forbidden.begin(), whole_.forbidden.end(),
                    [&](const ForbiddenDisclosure& each) { return each.covers(told.authority, category); });
    if (forbidden) return fault(place, "contradictory forbidden " + category.get());
    if (has(whole_.never_on_exception, category))
      return fault(place, "contradictory never " + category.get());
    if (!has(rule.categories, category)) fault(place, "unreachable category " + category.get());
  }

  void forbidden() {
    for (std::size_t i = 0; i < own_.forbidden.size(); ++i)
      named(own_.forbidden[i].id, pointer_join("/forbidden", i));
  }

  void openings() {
    std::set<std::string> reasons;
    for (std::size_t i = 0; i < own_.opening_reasons.size(); ++i) {
      const OpeningReason& each = own_.opening_reasons[i];
      const std::string place = pointer_join("/narrative/opened_for", i);
      named(each.id, place);
      if (!reasons.insert(each.reason).second) fault(place + "/reason", "contradictory " + each.reason);
    }
  }

  // Pseudonymous is what says neither who somebody is, nor how to reach or find them, nor their story.
  void first_stage() {
    static constexpr std::string_view kNever[] = {"identity", "contact", "location", "narrative"};
    if (own_.first_stage.empty()) return;
    named(own_.first_stage_rule, "/stages");
    std::set<std::string> categories;
    for (std::size_t i = 0; i < own_.first_stage.size(); ++i) {
      const std::string& category = own_.first_stage[i].category.get();
      const std::string place = pointer_join("/stages/first", i) + "/category";
      if (std::find(std::begin(kNever), std::end(kNever), category) != std::end(kNever))
        fault(place, "contradictory pseudonymous " + category);
      if (!categories.insert(category).second) fault(place, "contradictory " + category);
    }
  }

  void named(const RuleId& id, const std::string& place) {
    if (own_.rule(id) == nullptr) fault(place + "/id", "rule_unknown " + id.get());
  }

  // A country's sentence is there because a rule of the file names it, or it says what it explains. Those of
  // the base are named by the decision (consent/rules.h), which looks itself.
  void unused() {
    if (own_.jurisdiction == "base") return;
    std::set<std::string> used;
    for (const auto& each : own_.exceptions) used.insert(each.id.get());
    for (const auto& each : own_.mandated) used.insert(each.id.get());
    for (const auto& each : own_.forbidden) used.insert(each.id.get());
    for (const auto& each : own_.regions) used.insert(each.id.get());
    for (std::size_t i = 0; i < own_.rules.size(); ++i) {
      const RuleText& rule = own_.rules[i];
      if (rule.explains.empty() && used.count(rule.id.get()) == 0)
        fault(pointer_join("/rules", i) + "/id", "rule_unused " + rule.id.get());
    }
  }

  const Policy& whole_;
  const Policy& own_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> policy_faults(const Policy& whole, const Policy& own) {
  return Lint(whole, own).run();
}

}  // namespace hotline
