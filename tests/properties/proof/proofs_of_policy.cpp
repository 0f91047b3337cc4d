// What a policy says beside the decision over facts: what facts are reduced under, the second lock for
// enforcement, the limits that others keep, and the sentences.
#include "tests/properties/proof/proofs_of_policy.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/decide.h"
#include "consent/rules.h"
#include "tests/properties/proof/book.h"
#include "tests/properties/proof/lie.h"
#include "tests/properties/proof/space.h"
#include "tests/unit/consent/world.h"

namespace hotline::proof {
namespace {

namespace world = testing_world;

// Ages

// Born so many years before now() to the day, or on the day after.
std::string born(int years, bool day_after) {
  return std::to_string(2026 - years) + (day_after ? "-03-03" : "-03-02");
}

std::string person(const std::string& birth, const std::string& place, const std::string& need) {
  return R"({"id": "p1", "identity": {"birth_date": ")" + birth + R"("}, "location": {"current": {)" + place +
         R"(}}, "needs": {"items": [{"need": {"code": ")" + need + R"("}}]}})";
}

struct Aged {
  Referral record;
  int age;                   // full years at now()
  const Province* province;  // nullptr: not in one that a law names
};

std::vector<Aged> aged() {
  std::vector<Aged> out;
  const auto add = [&](const Province* province, int years) {
    const std::string place =
        province == nullptr ? R"("country": "US")"
                            : R"("country": "CA", "region": ")" + std::string(province->region) + R"(")";
    const std::string consent = world::consent_json({.overrides = R"({"age_band": null})"});
    for (const bool after : {false, true})
      out.push_back({world::record({person(born(years, after), place, "food")}, {consent}),
                     after ? years - 1 : years, province});
  };
  for (int years = 15; years <= 21; ++years) add(nullptr, years);
  for (const Province& each : book().provinces) {
    for (int years = 14; years <= 20; ++years) add(&each, years);
  }
  return out;
}

Request between(const char* from, const char* to) {
  Request request = world::to_mexico();
  request.sender_country = from;
  request.recipient_country = to;
  return request;
}

AgeFact side(int age, int limit) {
  return age < limit ? AgeFact::below : AgeFact::reached;
}

constexpr std::pair<const char*, const char*> kPairs[] = {{"US", "MX"}, {"US", "CA"}, {"CA", "CA"}};

Outcome ages(const Policies& policies) {
  static const std::vector<Aged> people = aged();
  Outcome outcome;
  for (const auto& [from, to] : kPairs) {
    for (const Aged& each : people) {
      if (each.province != nullptr && std::string_view(to) != "CA") continue;
      ++outcome.inputs;
      const Facts facts = reduce(each.record, between(from, to), {}, policies);
      const PersonFacts& person = facts.persons.front();
      const ConsentFacts& consent = person.consents.front();
      const int child_until =
          each.province == nullptr ? book().adult : std::min(each.province->child_until, book().adult);
      const bool in_the_country = each.province != nullptr || std::string_view(from) != "CA";
      if (consent.adult != side(each.age, book().adult) || consent.alone != side(each.age, book().adult) ||
          (in_the_country && person.child != side(each.age, child_until)))
        outcome.failure = "on the wrong side of an age: " + std::to_string(each.age);
    }
  }
  return outcome;
}

// A province that says 19 does not make an adult of 18 a child; what it says is kept for those who read it.

Outcome spoken_needs(const Policies& policies) {
  static const std::vector<std::string> needs = {
      "emergency_shelter",   "hotel_bridge_stay", "food",
      "emergency_transport", "interpretation",    "legal_immigration"};
  static const std::vector<Referral> records = [] {
    std::vector<Referral> out;
    for (const std::string& each : needs)
      out.push_back(world::record({person("1990-01-01", "", each)},
                                  {world::consent_json({.overrides = R"({"form": "oral_two_person"})"})}));
    return out;
  }();
  Outcome outcome;
  for (const auto& [from, to] : kPairs) {
    for (std::size_t i = 0; i < needs.size(); ++i) {
      ++outcome.inputs;
      const Facts facts = reduce(records[i], between(from, to), {}, policies);
      const Words& few = book().spoken_needs;
      const bool serves = std::find(few.begin(), few.end(), needs[i]) != few.end();
      if (facts.persons.front().consents.front().needs_fit_oral != serves)
        outcome.failure = "a spoken consent for " + needs[i];
    }
  }
  return outcome;
}

// The second lock

struct Lock {
  const char* country;
  const char* files;  // the rule that holds alone
};
constexpr Lock kLocks[] = {{"US", "base.forbidden.enforcement"},
                           {"CA", "base.forbidden.enforcement"},
                           {"US", "us.no_demand"},
                           {"CA", "ca.no_government_request"},
                           {"MX", "mx.no_prosecutor"},
                           {"MX", "base.forbidden.statistics"}};

Policies with_only(const Policies& policies, std::string_view id) {
  const auto only = [&](Policy policy) {
    std::erase_if(policy.forbidden, [&](const ForbiddenDisclosure& each) { return each.id.get() != id; });
    return policy;
  };
  std::vector<Policy> countries;
  for (const Policy& each : policies.countries()) countries.push_back(only(each));
  return Policies::of(only(policies.base()), std::move(countries));
}

bool keeps_out(const PersonDecision& decided, std::string_view rule) {
  return std::all_of(decided.categories.begin(), decided.categories.end(), [&](const CategoryDecision& each) {
    return each.level == Level::withheld && each.rule.get() == rule;
  });
}

// Were the first question not asked, the rules of every file would each keep enforcement out; the one about
// statistics speaks of nobody else.
Outcome second_lock(const Policies& policies) {
  const Lie lie{Branch::asks_enforcement, Says::always_no};
  const Lying lying(lie);
  Outcome outcome;
  for (const Lock& lock : kLocks) {
    const Policies one = with_only(policies, lock.files);
    for (const Role role : {Role::law_enforcement, Role::immigration_enforcement, Role::statistics}) {
      Facts facts = services_in(lock.country);
      facts.recipient_role = role;
      facts.persons = {{PersonId("p"), AgeFact::reached, {own_consent()}, {}}};
      ++outcome.inputs;
      const bool about_statistics = std::string_view(lock.files) == "base.forbidden.statistics";
      const bool meant = (role == Role::statistics) == about_statistics;
      if (keeps_out(decide(facts, one).persons.front(), lock.files) != meant)
        outcome.failure = std::string(lock.files) + (meant ? " does not hold alone" : " keeps others out");
    }
  }
  return outcome;
}

// A tip in a network whose rules open one category of it alone.
Outcome narrower_tip(const Policies& policies) {
  Outcome outcome;
  for (const char* opened : {"location", "exploitation"}) {
    const auto narrow = [&](Policy policy) {
      for (ExceptionRule& each : policy.exceptions)
        if (each.ground == "non_identifying_tip") each.categories = {Category(opened)};
      return policy;
    };
    std::vector<Policy> countries;
    for (const Policy& each : policies.countries()) countries.push_back(narrow(each));
    Facts facts = services_in("MX");
    AttestationFacts tip = danger();
    tip.ground = "non_identifying_tip";
    tip.recipient_role = "hotline";
    facts.persons = {{PersonId("p"), AgeFact::reached, {}, {tip}}};
    const Decision decision = decide(facts, Policies::of(narrow(policies.base()), std::move(countries)));
    for (const CategoryDecision& each : decision.persons.front().categories) {
      ++outcome.inputs;
      const std::string& category = each.category.get();
      const bool sector = category == "employment" && std::string_view(opened) == "exploitation";
      if ((each.level != Level::withheld) != (sector || category == opened))
        outcome.failure = std::string("a tip over ") + opened + " and its " + category;
    }
  }
  return outcome;
}

// What others keep

Words words(const std::vector<std::string>& list) {
  Words out(list.begin(), list.end());
  std::sort(out.begin(), out.end());
  return out;
}

std::string limits_of(const Policy& policy, const Words& offered) {
  const std::pair<const char*, bool> limits[] = {
      {"usual consent", policy.consent_default_seconds == 30 * kDay},
      {"longest consent", policy.consent_max_seconds == book().longest},
      {"spoken consent", policy.oral_max_seconds == book().spoken},
      {"kept outbound", policy.outbound_seconds == 7 * kDay},
      {"kept inbound", policy.inbound_seconds == 72 * kHour},
      {"kept log", policy.log_seconds == 7 * 365 * kDay},
      {"acknowledged", policy.crisis.acknowledge == 15 * 60},
      {"accepted", policy.crisis.accept == 2 * kHour},
      {"escalated", policy.crisis.escalate_first == 30 * 60},
      {"escalated again", policy.crisis.escalate_again == 2 * kHour},
      {"second partner", policy.crisis.second_partner == 4 * kHour},
      {"texts", words(policy.statement_languages) == Words{"en", "es", "fr"}},
      {"offered", words(policy.offered_languages) == offered},
      {"staff",
       words(policy.staff_roles) == Words{"advocate", "legal_reviewer", "safeguarding_lead", "supervisor"}},
      {"spoken needs",
       words(policy.oral_needs) == words({book().spoken_needs.begin(), book().spoken_needs.end()})},
  };
  for (const auto& [name, kept] : limits) {
    if (!kept) return name;
  }
  for (const ExceptionRule& each : policy.exceptions) {
    if (each.ground == "non_identifying_tip" &&
        each.categories != std::vector{Category("location"), Category("exploitation")})
      return "a tip";
  }
  return {};
}

// Those that no decision reads: who has to be told by when, and below which age.
std::string times_of(const Policy& country) {
  std::size_t demands = 0;
  for (const Demand& each : book().demands) {
    if (each.country != country.jurisdiction) continue;
    ++demands;
    const bool said = std::any_of(country.mandated.begin(), country.mandated.end(), [&](const auto& mine) {
      return mine.ground == each.ground && mine.authority == each.authority &&
             mine.within_seconds == each.within && mine.categories.size() == each.tells.size();
    });
    if (!said) return "demand";
  }
  if (demands != country.mandated.size()) return "demand";
  if (country.jurisdiction != "CA") return country.regions.empty() ? "" : "province";
  if (country.regions.size() != book().provinces.size()) return "province";
  for (std::size_t i = 0; i < country.regions.size(); ++i) {
    const Province& ours = book().provinces[i];
    const RegionAges& theirs = country.regions[i];
    if (theirs.region != ours.region || theirs.child_until != ours.child_until ||
        theirs.mandatory_below != ours.must_report_below)
      return "province " + theirs.region;
  }
  return {};
}

Outcome limits(const Policies& policies) {
  const std::pair<const char*, Words> offered[] = {
      {"US", {"en", "es"}}, {"CA", {"en", "fr"}}, {"MX", {"es"}}};
  Outcome outcome{1, limits_of(policies.base(), {"en", "es", "fr"})};
  for (const auto& [name, languages] : offered) {
    ++outcome.inputs;
    const Policy& country = *policies.country(name);
    if (outcome.failure.empty()) outcome.failure = limits_of(country, languages);
    if (outcome.failure.empty()) outcome.failure = times_of(country);
  }
  return outcome;
}

// Every rule that is named, and what a country explains, has its sentence in three languages.
Outcome sentences(const Policies& policies) {
  std::vector<std::string> ids(std::begin(rules::all), std::end(rules::all));
  for (const char* each :
       {"base.forbidden.enforcement", "base.forbidden.statistics", "us.grant_confidentiality",
        "us.child_report", "us.child_services", "us.imminent_harm", "us.no_demand", "ca.express_consent",
        "ca.emergency_notice", "ca.quebec_transfer", "ca.child_report", "ca.child_ages",
        "ca.no_government_request", "mx.written_consent", "mx.report_duty", "mx.child_report",
        "mx.public_body", "mx.no_prosecutor"})
    ids.emplace_back(each);
  for (const Ground& each : book().grounds) ids.emplace_back(each.rule);
  Outcome outcome;
  for (const std::string& each : ids) {
    ++outcome.inputs;
    const RuleText* text = policies.rule(RuleId(each));
    if (text == nullptr || text->en.empty() || text->fr.empty() || text->es.empty())
      outcome.failure = "no sentence for " + each;
  }
  return outcome;
}

}  // namespace

std::vector<Proof> proofs_of_policy() {
  return {{"sentences", 54, true, sentences},
          {"limits that others keep", 4, true, limits},
          {"the second lock for enforcement", 18, true, second_lock},
          {"a tip that is narrowed", 32, true, narrower_tip},
          {"spoken needs", 18, true, spoken_needs},
          {"ages", 406, true, ages}};
}

}  // namespace hotline::proof
