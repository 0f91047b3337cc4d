#include "consent/check.h"

#include <algorithm>

#include "config/policy.h"
#include "consent/consent.h"
#include "consent/rules.h"
#include "consent/strictest.h"
#include "consent/texts.h"
#include "i18n/catalog.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

constexpr const char* kTokens[] = {"name",    "employer", "phone", "email", "identifier",
                                   "address", "place",    "date",  "text",  "sentence"};
constexpr std::size_t kMonths = 12;
constexpr std::size_t kDays = 31;

class Lint {
 public:
  void fault(std::string place, std::string expected) {
    faults_.push_back({ErrorCode::data_invalid, std::move(place), std::move(expected)});
  }

  // Every language masks what every other one does.
  void lexicons(const ConsentTexts& texts) {
    const Lexicon& first = texts.lexicons().front();
    for (const Lexicon& each : texts.lexicons()) {
      const std::string file = "consent/lexicon/" + each.language + ".json#";
      for (const char* token : kTokens) {
        const auto known = each.tokens.find(token);
        if (known == each.tokens.end() || known->second.empty()) fault(file + "/tokens/" + token, "text");
      }
      if (each.months.size() != kMonths) fault(file + "/months", "12");
      if (each.days.size() != kDays) fault(file + "/days", "31");
      if (each.numbers.size() != first.numbers.size()) fault(file + "/numbers", "as many as in en");
      if (each.others.empty()) fault(file + "/others", "words");
      for (const auto& [category, words] : first.categories) {
        const auto own = each.categories.find(category);
        if (own == each.categories.end() || own->second.empty())
          fault(file + "/categories/" + category, "words");
      }
      for (const auto& [category, words] : each.categories) {
        if (!is_category(category)) fault(file + "/categories/" + category, "consent category");
        if (std::any_of(words.begin(), words.end(),
                        [](const std::string& word) { return word.size() < 2; })) {
          fault(file + "/categories/" + category, "two letters at least");
        }
      }
    }
  }

  void rules(const Policies& policies) {
    for (const std::string_view id : rules::all) {
      if (policies.rule(RuleId(std::string(id))) == nullptr)
        fault("config/policy/base.json#/rules", std::string(id));
    }
  }

  // A sentence of the base that no decision and no rule of the file ever names.
  void unused(const Policy& base) {
    std::vector<std::string_view> named(std::begin(hotline::rules::all), std::end(hotline::rules::all));
    for (const auto& each : base.exceptions) named.push_back(each.id.get());
    for (const auto& each : base.forbidden) named.push_back(each.id.get());
    for (const auto& each : base.mandated) named.push_back(each.id.get());
    for (const auto& each : base.opening_reasons) named.push_back(each.id.get());
    named.push_back(base.first_stage_rule.get());
    for (std::size_t i = 0; i < base.rules.size(); ++i) {
      const std::string& id = base.rules[i].id.get();
      if (std::find(named.begin(), named.end(), id) == named.end())
        fault(pointer_join("config/policy/base.json#/rules", i) + "/id", "rule_unused " + id);
    }
  }

  // Two countries whose rules have nothing in common: whatever a person agrees to, nothing could go.
  void pairs(const Policies& policies) {
    for (const Policy& from : policies.countries()) {
      for (const Policy& to : policies.countries()) {
        const Sides sides(policies, from.jurisdiction, to.jurisdiction);
        const std::pair<const char*, bool> empty[] = {
            {"/consent/forms", sides.both.consent_forms.empty()},
            {"/oral/needs", sides.both.oral_needs.empty()},
            {"/ages/minor_givers", sides.both.minor_givers.empty()},
            {"/exceptions/attesting_roles", sides.both.attesting_roles.empty()}};
        for (const auto& [place, nothing] : empty) {
          if (nothing) fault(file_of(to) + "#" + place, "contradictory " + from.jurisdiction + place);
        }
      }
    }
  }

  // The keys that are put together at run time; those that stand in the code are there in every language or
  // in none (Catalog::lint).
  void sheet(const std::string& root, const Catalog& catalog) {
    std::vector<std::string> keys;
    for (const Category& each : all_categories()) keys.push_back("sheet.category." + each.get());
    for (const char* end : {"level.full", "level.some", "level.generalised", "level.pseudonymised",
                            "why.services", "why.case_handoff", "why.emergency", "why.child_protection",
                            "why.legal", "why.statistics", "why.law_enforcement"}) {
      keys.push_back(std::string("sheet.") + end);
    }
    if (const auto codes = CodeSystems::load(root)) {
      for (const std::string& code : codes->codes("contact_channel"))
        keys.push_back("sheet.safe.channel." + code);
    }
    for (const LanguageTag& language : catalog.languages()) {
      for (const std::string& key : keys) {
        if (!catalog.has(key, language))
          fault("i18n/catalogs/" + language.get() + ".sheet.json#/" + key, "text");
      }
    }
  }

  // What would change a decision is said in every language, each way of it.
  void changes(const Catalog& catalog) {
    for (const LanguageTag& language : catalog.languages()) {
      for (const Change each : kChanges) {
        const std::string key = "decision.change." + std::string(to_string(each));
        if (!catalog.has(key, language))
          fault("i18n/catalogs/" + language.get() + ".decision.json#/" + key, "text");
      }
    }
  }

  std::vector<Fault> take() { return std::move(faults_); }

 private:
  static std::string file_of(const Policy& policy) {
    std::string name = policy.jurisdiction;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return "config/policy/" + name + ".json";
  }
  static bool is_category(const std::string& name) {
    const auto& all = all_categories();
    return std::find(all.begin(), all.end(), Category(name)) != all.end();
  }
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> check_consent_data(const std::string& root) {
  Lint lint;
  if (const auto texts = ConsentTexts::load(root)) {
    lint.lexicons(*texts);
  } else {
    lint.fault("consent/lexicon" + texts.error().pointer, texts.error().expected);
  }
  if (const auto policies = Policies::load(root)) {
    lint.rules(*policies);
    lint.unused(policies->base());
    lint.pairs(*policies);
  }
  if (const auto catalog = Catalog::load(root)) {
    lint.sheet(root, *catalog);
    lint.changes(*catalog);
  }
  return lint.take();
}

}  // namespace hotline
