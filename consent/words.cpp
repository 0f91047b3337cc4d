#include "consent/words.h"

#include <algorithm>

#include "consent/rules.h"

namespace hotline {
namespace {

// When the person last said something about this consent. A refusal without a time is the last word.
Instant said_at(const ConsentFacts& consent) {
  Instant at = consent.given_at.value_or(Instant{consent.state == StateFact::refused ? INT64_MAX : 0});
  if (consent.withdrawn_at) at = std::max(at, *consent.withdrawn_at);
  return at;
}

// How telling a refusal is when nothing decides: the sender is shown the one that came nearest.
int nearness(const Verdict& verdict) {
  if (verdict.rule == rules::giver || verdict.rule == rules::of_age) return 3;
  if (verdict.rule == rules::purpose) return 2;
  return verdict.rule == rules::recipient ? 1 : 0;
}

bool replaces(const Said& later, const Said& earlier) {
  const bool beside = earlier.verdict.beside_the_point();
  if (branch(Branch::words_beside_the_point, later.verdict.beside_the_point() != beside)) return beside;
  if (beside) return branch(Branch::words_nearer, nearness(later.verdict) > nearness(earlier.verdict));
  const Instant a = said_at(*later.consent);
  const Instant b = said_at(*earlier.consent);
  if (a != b) return branch(Branch::words_later, a > b);
  return branch(Branch::words_of_one_moment, earlier.verdict.valid() && !later.verdict.valid());
}

bool by_guardian(const Said& word) {
  return word.consent->giver.relation != "self" && !word.verdict.beside_the_point();
}

bool refuses(const Said& word) {
  return word.consent->state == StateFact::refused || word.consent->withdrawn;
}

// A no stands until the same one agrees: being asked again, or agreeing in a way that does not count, is no
// yes.
bool stands(const Said& no, const std::vector<Said>& all) {
  return branch(Branch::guardians_no_stands, std::none_of(all.begin(), all.end(), [&](const Said& other) {
                  return by_guardian(other) && other.verdict.valid() &&
                         other.consent->giver.speaker == no.consent->giver.speaker &&
                         said_at(*other.consent) > said_at(*no.consent);
                }));
}

}  // namespace

std::vector<Said> words_of(const PersonFacts& person, const Facts& facts, const Sides& sides) {
  std::vector<Said> words;
  words.reserve(person.consents.size());
  for (const ConsentFacts& each : person.consents) words.push_back({&each, judge(each, facts, sides)});
  return words;
}

Said last_of(const std::vector<Said>& words) {
  Said deciding{nullptr, refusal(rules::none, Change::ask_person)};
  for (const Said& each : words) {
    if (deciding.consent == nullptr || replaces(each, deciding)) deciding = each;
  }
  return deciding;
}

std::vector<const Said*> of_one_moment(const Said& deciding, const std::vector<Said>& all) {
  std::vector<const Said*> out;
  for (const Said& each : all) {
    if (each.verdict.valid() && said_at(*each.consent) == said_at(*deciding.consent)) out.push_back(&each);
  }
  return out;
}

bool other_guardian_refuses(const Said& deciding, const std::vector<Said>& all) {
  if (!by_guardian(deciding)) return false;
  return std::any_of(all.begin(), all.end(), [&](const Said& other) {
    return by_guardian(other) && other.consent->giver.speaker != deciding.consent->giver.speaker &&
           refuses(other) && stands(other, all);
  });
}

}  // namespace hotline
