#include "tests/properties/proof/proofs.h"

#include <memory>
#include <stdexcept>

#include "config/policy_file.h"
#include "i18n/codes.h"
#include "tests/properties/proof/laws.h"
#include "tests/properties/proof/oracle.h"
#include "tests/properties/proof/proofs_of_policy.h"
#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().pointer + " " + result.error().expected);
  return std::move(*result);
}

Policy own_words(const std::string& name) {
  static const CodeSystems codes = must(CodeSystems::load(HOTLINE_ROOT));
  static const Schema schema =
      must(Schema::load(std::string(HOTLINE_ROOT) + "/config/schema/policy.schema.json", &codes));
  const Json document = must(read_json_file(std::string(HOTLINE_ROOT) + "/config/policy/" + name));
  return must(read_policy(document, schema));
}

// The sentences and their sources decide nothing; without them a question costs a tenth.
Policies without_sentences(const Policies& policies) {
  Policy base = policies.base();
  std::vector<Policy> countries = policies.countries();
  base.rules.clear();
  for (Policy& each : countries) {
    each.rules.clear();
    each.regions.clear();
  }
  return Policies::of(std::move(base), std::move(countries));
}

using Judge = std::function<std::string(const Facts&, const Decision&, const Policies&)>;

std::string as_it_ought(const Facts& facts, const Decision& decision, Premise premise) {
  for (std::size_t i = 0; i < facts.persons.size(); ++i) {
    auto other = difference(decision.persons[i], ought(facts.persons[i], facts, premise));
    if (!other.empty()) return other;
  }
  return {};
}

std::string one_alone(Facts facts, const Policies& policies, const Judge& judge) {
  const std::vector<PersonFacts> persons = facts.persons;
  for (const PersonFacts& each : persons) {
    facts.persons = {each};
    const std::string failure = judge(facts, decide(facts, policies), policies);
    if (!failure.empty()) return failure + "\n" + to_text(facts.to_json());
  }
  return "only together with others";
}

Outcome walk(const Space& space, const Policies& policies, const Judge& judge) {
  Outcome outcome;
  outcome.inputs = each_question(space, [&](const Facts& facts) {
    if (judge(facts, decide(facts, policies), policies).empty()) return true;
    outcome.failure = one_alone(facts, policies, judge);
    return false;
  });
  return outcome;
}

Proof proof_over(const Space& space, const std::string& what, const Judge& judge) {
  const auto own = std::make_shared<const Space>(space);
  return {what + ": " + space.name, space.inputs(), false,
          [own, judge](const Policies& policies) { return walk(*own, without_sentences(policies), judge); }};
}

Policies widened(const Policies& policies) {
  Policy base = policies.base();
  std::vector<Policy> countries = policies.countries();
  const auto widen = [](Policy& policy) {
    for (ExceptionRule& each : policy.exceptions) each.categories = all_categories();
  };
  widen(base);
  for (Policy& each : countries) widen(each);
  return Policies::of(std::move(base), std::move(countries));
}

}  // namespace

const Shipped& Shipped::get() {
  static const Shipped all{own_words("base.json"),
                           {own_words("us.json"), own_words("ca.json"), own_words("mx.json")}};
  return all;
}

Policies together(const Policy& base, const std::vector<Policy>& own_words) {
  std::vector<Policy> countries;
  for (const Policy& each : own_words) countries.push_back(combine(base, each));
  return Policies::of(base, std::move(countries));
}

const Policies& shipped() {
  static const Policies all = together(Shipped::get().base, Shipped::get().countries);
  return all;
}

std::vector<Proof> all_proofs() {
  std::vector<Proof> out;
  const Judge decided = [](const Facts& facts, const Decision& decision, const Policies&) {
    auto other = broken_law(facts, decision);
    return other.empty() ? as_it_ought(facts, decision, Premise::as_they_are) : other;
  };
  const Judge with_all_open = [](const Facts& facts, const Decision& decision, const Policies&) {
    return as_it_ought(facts, decision, Premise::widened);
  };
  for (const Space& each : all_spaces()) {
    out.push_back(proof_over(each, "decided as it ought to be", decided));
    out.back().compares = true;
  }
  for (const Space& each : spaces_of_attestations()) {
    if (each.name != "what is attested") continue;
    Proof proof = proof_over(each, "never, and no more than the law demands", with_all_open);
    proof.compares = true;
    proof.run = [run = proof.run](const Policies& policies) { return run(widened(policies)); };
    out.push_back(std::move(proof));
  }
  for (const Proof& each : proofs_of_policy()) out.push_back(each);
  const std::vector<std::string> small = {
      "who asks",   "one word",         "one level", "two words",           "passing on",
      "one moment", "what is attested", "sent on",   "when it is attested", "everywhere"};
  for (const Space& each : all_spaces()) {
    if (std::find(small.begin(), small.end(), each.name) == small.end()) continue;
    out.push_back(proof_over(each, "less said, no more shown", less_reveals_more));
    out.push_back(proof_over(each, "no country loosens the base", looser_than_base));
  }
  return out;
}

}  // namespace hotline::proof
