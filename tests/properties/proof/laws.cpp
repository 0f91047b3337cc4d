#include "tests/properties/proof/laws.h"

#include <algorithm>

namespace hotline::proof {
namespace {

const ConsentFacts* consent_of(const PersonFacts& person, const ConsentId& id) {
  const auto found = std::find_if(person.consents.begin(), person.consents.end(),
                                  [&](const ConsentFacts& each) { return each.id == id; });
  return found == person.consents.end() ? nullptr : &*found;
}

Level granted(const ConsentFacts& consent, const Category& category) {
  for (const Grant& each : consent.grants) {
    if (each.category == category) return each.level;
  }
  return Level::withheld;
}

Level received(const OnwardFacts& onward, const Category& category) {
  for (const Grant& each : onward.levels) {
    if (each.category == category) return each.level;
  }
  return Level::withheld;
}

bool opens(const CategoryDecision& cell, const PersonDecision& decided) {
  const std::string& rule = cell.rule.get();
  if (rule == "base.onward.narrowed") return true;
  if (decided.basis == "consent_explicit") return rule == "base.consent.granted";
  return rule == "base.exception." + decided.basis;
}

std::string under_consent(const PersonFacts& person, const PersonDecision& decided, const Facts& facts) {
  const ConsentFacts* consent = consent_of(person, decided.consent);
  if (consent == nullptr) return "released by a consent that is not there";
  if (consent->withdrawn || consent->state != StateFact::in_force) return "released after a no";
  if (!consent->until || facts.now >= *consent->until) return "released after its end";
  for (const CategoryDecision& each : decided.categories) {
    if (each.level > granted(*consent, each.category)) return "more than was granted";
  }
  for (const MemberId& each : decided.onward) {
    const auto& listed = consent->onward_recipients;
    if (!consent->onward || std::find(listed.begin(), listed.end(), each) == listed.end())
      return "passed on to somebody who is not listed";
  }
  return {};
}

std::string under_attestation(const PersonFacts& person, const PersonDecision& decided, const Facts& facts) {
  if (!decided.consent.get().empty() || !decided.onward.empty()) return "an attestation passes nothing on";
  const auto attests = [&](const AttestationFacts& each) {
    return each.ground == decided.basis && each.named && each.for_recipient && each.about &&
           each.at <= facts.now && facts.now < each.until && decided.until <= each.until;
  };
  const bool any = std::any_of(person.attestations.begin(), person.attestations.end(), attests);
  return any ? std::string() : "released without anybody's attestation";
}

std::string broken_by(const PersonFacts& person, const PersonDecision& decided, const Facts& facts) {
  if (decided.categories.size() != all_categories().size()) return "not sixteen categories";
  for (const CategoryDecision& each : decided.categories) {
    if (each.rule.get().empty()) return "a category without a rule";
    if (each.level != Level::withheld && !opens(each, decided))
      return "released by a rule that opens nothing";
    if (facts.onward && each.level > received(*facts.onward, each.category)) return "more than was received";
  }
  if (!decided.anything()) return {};
  if (person.consents.empty() && person.attestations.empty()) return "released without any basis";
  if (is_enforcement(facts.recipient_role) || facts.purpose == "law_enforcement")
    return "something for enforcement";
  if (decided.until <= facts.now) return "released with an end that is past";
  if (decided.basis == "consent_explicit") return under_consent(person, decided, facts);
  return under_attestation(person, decided, facts);
}

bool within(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  if (whole.empty()) return true;
  return !part.empty() && std::all_of(part.begin(), part.end(), [&](const std::string& each) {
    return std::find(whole.begin(), whole.end(), each) != whole.end();
  });
}

// The same person with a little less said, in every way.
std::vector<PersonFacts> with_less(const PersonFacts& person) {
  std::vector<PersonFacts> out;
  const auto changed = [&](std::size_t i, const auto& change) {
    out.push_back(person);
    change(out.back().consents[i]);
  };
  for (std::size_t i = 0; i < person.consents.size(); ++i) {
    const ConsentFacts& consent = person.consents[i];
    changed(i, [](ConsentFacts& c) { c.withdrawn = true; });
    changed(i, [](ConsentFacts& c) { c.onward = false; });
    if (!consent.onward_recipients.empty())
      changed(i, [](ConsentFacts& c) { c.onward_recipients.pop_back(); });
    for (std::size_t j = 0; j < consent.grants.size(); ++j) {
      const auto at = static_cast<std::ptrdiff_t>(j);
      changed(i, [&](ConsentFacts& c) { c.grants.erase(c.grants.begin() + at); });
      if (consent.grants[j].level == Level::withheld) continue;
      changed(i, [&](ConsentFacts& c) {
        c.grants[j].level = static_cast<Level>(static_cast<int>(c.grants[j].level) - 1);
      });
    }
  }
  for (std::size_t i = 0; i < person.attestations.size(); ++i) {
    for (std::size_t j = 0; j < person.attestations[i].categories.size(); ++j) {
      out.push_back(person);
      auto& categories = out.back().attestations[i].categories;
      categories.erase(categories.begin() + static_cast<std::ptrdiff_t>(j));
    }
  }
  return out;
}

// An attestation is asked where no consent decides: what it opens then is no more of the consent.
bool comparable(const PersonDecision& less, const PersonDecision& more) {
  return less.basis == more.basis || less.basis == "consent_explicit" || !less.anything();
}

std::string less_received(const Facts& facts, const Decision& decision, const Policies& policies) {
  if (!facts.onward) return {};
  for (std::size_t i = 0; i < facts.onward->levels.size(); ++i) {
    Facts less = facts;
    Level& level = less.onward->levels[i].level;
    if (level == Level::withheld) continue;
    level = static_cast<Level>(static_cast<int>(level) - 1);
    const Decision lower = decide(less, policies);
    for (std::size_t j = 0; j < lower.persons.size(); ++j) {
      if (comparable(lower.persons[j], decision.persons[j]) &&
          !reveals_no_more(lower.persons[j], decision.persons[j]))
        return "less was received, and more is sent on";
    }
  }
  return {};
}

}  // namespace

std::string broken_law(const Facts& facts, const Decision& decision) {
  if (decision.persons.size() != facts.persons.size()) return "somebody is not decided";
  for (std::size_t i = 0; i < facts.persons.size(); ++i) {
    if (auto law = broken_by(facts.persons[i], decision.persons[i], facts); !law.empty()) return law;
  }
  return {};
}

bool reveals_no_more(const PersonDecision& less, const PersonDecision& more) {
  for (std::size_t i = 0; i < less.categories.size(); ++i) {
    const CategoryDecision& a = less.categories[i];
    const CategoryDecision& b = more.categories[i];
    if (a.level > b.level) return false;
    if (a.level != Level::withheld && !within(a.fields, b.fields)) return false;
  }
  const bool known = std::all_of(less.onward.begin(), less.onward.end(), [&](const MemberId& each) {
    return std::find(more.onward.begin(), more.onward.end(), each) != more.onward.end();
  });
  return known && (!less.anything() || less.until <= more.until);
}

std::string less_reveals_more(const Facts& facts, const Decision& decision, const Policies& policies) {
  for (std::size_t i = 0; i < facts.persons.size(); ++i) {
    Facts less = facts;
    less.persons = with_less(facts.persons[i]);
    for (const PersonDecision& each : decide(less, policies).persons) {
      if (comparable(each, decision.persons[i]) && !reveals_no_more(each, decision.persons[i]))
        return "less was said, and more is shown";
    }
  }
  return less_received(facts, decision, policies);
}

std::string looser_than_base(const Facts& facts, const Decision& decision, const Policies& policies) {
  std::vector<Policy> plain;
  for (const Policy& each : policies.countries()) {
    plain.push_back(policies.base());
    plain.back().jurisdiction = each.jurisdiction;
  }
  const Decision base = decide(facts, Policies::of(policies.base(), std::move(plain)));
  for (std::size_t i = 0; i < decision.persons.size(); ++i) {
    if (comparable(decision.persons[i], base.persons[i]) &&
        !reveals_no_more(decision.persons[i], base.persons[i]))
      return "a country opens what the base keeps closed";
  }
  return {};
}

}  // namespace hotline::proof
