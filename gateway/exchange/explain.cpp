#include "gateway/exchange/explain.h"

#include <vector>

#include "i18n/language_tag.h"

namespace hotline {
namespace {

// In the language wanted, of the three that every policy speaks.
const std::string& sentence_of(const RuleText& rule, const LanguageTag& language) {
  const std::string base = base_language(language);
  if (base == "fr") return rule.fr;
  return base == "es" ? rule.es : rule.en;
}

void add_words(JsonValue& category, const Policies& policies, const Catalog& catalog,
               const LanguageTag& language, Json::AllocatorType& allocator) {
  const auto words = [&](const char* name, const std::string& key) {
    if (catalog.has(key, language)) set_text(category, name, catalog.text(key, language), allocator);
  };
  words("name", "category." + std::string(text_at(category, "category")));
  const std::string stayed(text_at(category, "stayed"));
  words("level_sentence", "explain.level." + (stayed.empty() ? std::string(text_at(category, "level"))
                                                             : std::string("withheld")));
  if (!stayed.empty()) words("stayed_sentence", "explain.stayed." + stayed);
  words("change_sentence", "decision.change." + std::string(text_at(category, "change")));
  const RuleText* rule = policies.rule(RuleId(std::string(text_at(category, "rule"))));
  if (rule == nullptr) return;
  set_text(category, "sentence", sentence_of(*rule, language), allocator);
  set_text(category, "source", rule->source, allocator);
  set_member(category, "verified", JsonValue(rule->verified), allocator);
}

// Categories that one clause decided in the same way.
struct Clause {
  const JsonValue* first;
  std::string names;
};

std::vector<Clause> clauses_of(const JsonValue& person) {
  std::vector<Clause> clauses;
  const auto same = [](const JsonValue& a, const JsonValue& b) {
    for (const char* name : {"level", "rule", "change", "decided_by", "stayed"}) {
      if (text_at(a, name) != text_at(b, name)) return false;
    }
    return flag_at(a, "narrowed") == flag_at(b, "narrowed");
  };
  for (const auto& category : person["categories"].GetArray()) {
    const std::string name(text_at(category, "name", text_at(category, "category")));
    const auto known = std::find_if(clauses.begin(), clauses.end(),
                                    [&](const Clause& each) { return same(*each.first, category); });
    if (known == clauses.end()) {
      clauses.push_back({&category, name});
    } else {
      known->names += "; " + name;
    }
  }
  return clauses;
}

class Writer {
 public:
  Writer(const Catalog& catalog, const LanguageTag& language) : catalog_(catalog), language_(language) {}

  void line(const std::string& key, const Args& args = {}) {
    text_ += catalog_.text("explain." + key, language_, args) + '\n';
  }
  void gap() { text_ += '\n'; }

  void clause(const Clause& clause) {
    const JsonValue& one = *clause.first;
    gap();
    line(flag_at(one, "narrowed") ? "clause.narrowed" : "clause",
         {{"level", text_at(one, "level_sentence")}, {"categories", clause.names}});
    line("rule", {{"rule", text_at(one, "rule")}, {"sentence", text_at(one, "sentence")}});
    line(flag_at(one, "verified") ? "source" : "source.unverified", {{"source", text_at(one, "source")}});
    if (const auto stayed = text_at(one, "stayed"); !stayed.empty()) line("stayed." + std::string(stayed));
    if (const auto by = text_at(one, "decided_by"); !by.empty() && by != "base")
      line("decided_by", {{"country", by}});
    line("change", {{"sentence", text_at(one, "change_sentence")}});
  }

  std::string take() { return std::move(text_); }

 private:
  const Catalog& catalog_;
  const LanguageTag& language_;
  std::string text_;
};

void person_block(Writer& out, const JsonValue& person) {
  out.gap();
  const auto consent = text_at(person, "consent");
  out.line("person", {{"person", text_at(person, "person")}});
  if (consent.empty()) {
    out.line("no_consent");
  } else {
    out.line(member(person, "until") == nullptr ? "consent" : "consent.until",
             {{"consent", consent}, {"until", text_at(person, "until")}});
  }
  for (const Clause& clause : clauses_of(person)) out.clause(clause);
}

}  // namespace

Json explained(const JsonValue& decision, const Policies& policies, const Catalog& catalog,
               const LanguageTag& language) {
  Json out;
  out.CopyFrom(decision, out.GetAllocator());
  if (!out.HasMember("persons")) return out;
  for (auto& person : out["persons"].GetArray()) {
    for (auto& category : person["categories"].GetArray())
      add_words(category, policies, catalog, language, out.GetAllocator());
  }
  return out;
}

std::string explained_text(const JsonValue& explained, std::string_view replay, const Catalog& catalog,
                           const LanguageTag& language) {
  Writer out(catalog, language);
  out.line("title", {{"recipient", text_at(explained, "recipient")},
                     {"purpose", text_at(explained, "purpose")},
                     {"at", text_at(explained, "decided_at")}});
  const JsonValue* policies = member(explained, "policies");
  if (policies != nullptr) {
    out.line("policies", {{"base", text_at(*policies, "base")},
                          {"sender", text_at(*policies, "sender")},
                          {"recipient", text_at(*policies, "recipient")}});
  }
  if (const JsonValue* persons = member(explained, "persons")) {
    for (const auto& person : persons->GetArray()) person_block(out, person);
  }
  if (!replay.empty()) {
    out.gap();
    out.line("again." + std::string(replay));
  }
  return out.take();
}

}  // namespace hotline
