#include "consent/giver.h"

#include <algorithm>
#include <set>

#include "i18n/fold.h"

namespace hotline {
namespace {

constexpr int kUncertainYears = 2;  // of a birth date that is marked approximate

bool is_exploiter(const Referral& referral, std::string_view id) {
  const JsonValue* exploiters = member(referral.json(), "alleged_exploiters");
  if (id.empty() || exploiters == nullptr) return false;
  return std::any_of(exploiters->Begin(), exploiters->End(),
                     [&](const JsonValue& each) { return text_at(each, "id") == id; });
}

// The words of a name in any order and spelling.
std::multiset<std::u32string> folded_words(std::string_view name) {
  const std::u32string folded = fold_to_utf32(name, Confusables::map);
  std::multiset<std::u32string> out;
  for (const Word& word : words(folded)) out.insert(folded.substr(word.begin, word.end - word.begin));
  return out;
}

// The giver under another id: somebody of the record who is called like an alleged exploiter.
bool is_called_like_an_exploiter(const Referral& referral, std::string_view id) {
  const JsonValue* person = id.empty() ? nullptr : referral.person(PersonId(std::string(id)));
  const JsonValue* identity = person == nullptr ? nullptr : member(*person, "identity");
  const JsonValue* exploiters = member(referral.json(), "alleged_exploiters");
  if (identity == nullptr || exploiters == nullptr) return false;
  std::string whole;
  for (const char* part : {"given_names", "first_surname", "second_surname"})
    whole.append(text_at(*identity, part)).append(" ");
  const auto giver = folded_words(whole);
  return giver.size() > 1 && std::any_of(exploiters->Begin(), exploiters->End(), [&](const JsonValue& each) {
           const auto named = folded_words(text_at(each, "name"));
           return named.size() > 1 && std::includes(giver.begin(), giver.end(), named.begin(), named.end());
         });
}

// The band was said when the consent was given. When that and the birth date agreed then and no longer do,
// the person has had a birthday: the record's own data count.
AgeRange age_now(const JsonValue& person, const Consent& consent, Instant now) {
  const AgeRange age = age_of(person, consent.age_band, now);
  if (!age.contradictory || !consent.given_at || *consent.given_at > now) return age;
  const bool agreed_then = age_of(person, consent.age_band, *consent.given_at).clear();
  return agreed_then ? age_of(person, {}, now) : age;
}

// From when on a guardian's word may no longer count: the start of the earliest day, month or year in which
// the person can come of age. The month is said before the day, so that no end of a consent tells a birthday
// while it is far off.
std::optional<Instant> comes_of_age(const JsonValue& person, int adult_age, Instant now) {
  const JsonValue* identity = member(person, "identity");
  if (identity == nullptr) return std::nullopt;
  const auto birth = parse_civil_date(text_at(*identity, "birth_date"));
  if (!birth) return std::nullopt;
  CivilDate day = *birth;
  day.year += adult_age - (flag_at(*identity, "birth_date_approximate") ? kUncertainYears : 0);
  day.month = std::max(day.month, 1);
  const auto start = [&](int of_month) {
    day.day = of_month;
    return parse_instant(format_civil_date(day) + "T00:00:00Z");
  };
  const auto month = start(1);
  if (month && *month > now) return *month;
  // The 29th of February comes of age on the 28th: the earlier day protects.
  const auto exact = start(std::clamp(birth->day, 1, day.month == 2 ? 28 : 31));
  return exact ? std::optional(*exact) : std::nullopt;
}

}  // namespace

std::string_view place_of(const JsonValue& person, std::string_view what) {
  const JsonValue* location = member(person, "location");
  const JsonValue* current = location == nullptr ? nullptr : member(*location, "current");
  return current == nullptr ? std::string_view() : text_at(*current, what);
}

GiverFacts giver_facts(const Consent& consent, const Referral& referral) {
  const Giver& giver = consent.giver;
  GiverFacts facts;
  facts.relation = giver.relation;
  if (!giver.person.empty())
    facts.named = giver.person == consent.person.get() ? GiverNamed::the_person : GiverNamed::another;
  facts.exploiter = is_exploiter(referral, giver.person) ||
                    (giver.relation != "self" && is_called_like_an_exploiter(referral, giver.person));
  facts.not_abuser = giver.not_abuser_checked && giver.not_other_parent_abuser_checked;
  facts.capacity = giver.capacity_confirmed;
  return facts;
}

std::string speaker_of(const Consent& consent) {
  const Giver& giver = consent.giver;
  if (giver.relation == "self") return "self";
  return giver.relation + '/' + giver.person;
}

int number_of(const std::string& speaker, std::vector<std::string>& known) {
  const auto found = std::find(known.begin(), known.end(), speaker);
  const auto place = found - known.begin();
  if (found == known.end()) known.push_back(speaker);
  return static_cast<int>(place);
}

AgeFact against(const AgeRange& age, int limit) {
  if (!age.clear()) return AgeFact::unclear;
  if (age.from >= limit) return AgeFact::reached;
  return age.to < limit ? AgeFact::below : AgeFact::straddles;
}

AgeFact against_child_age(const JsonValue& person, Instant now, int adult_age, const Policy* there) {
  int least = adult_age;
  int most = adult_age;
  if (there != nullptr && !there->regions.empty()) {
    const std::string_view region = place_of(person, "region");
    const bool known = std::any_of(there->regions.begin(), there->regions.end(),
                                   [&](const RegionAges& each) { return each.region == region; });
    most = known ? 0 : adult_age;
    for (const RegionAges& each : there->regions) {
      if (known && each.region != region) continue;
      least = std::min(least, each.child_until);
      most = std::max(most, std::min(each.child_until, adult_age));
    }
  }
  const AgeRange age = age_of(person, {}, now);
  const AgeFact low = against(age, least);
  return low == against(age, most) ? low : AgeFact::straddles;
}

void read_ages(ConsentFacts& facts, const Consent& consent, const JsonValue& person, Instant now,
               const Policy& policy) {
  const AgeRange age = age_now(person, consent, now);
  facts.alone = against(age, policy.alone_age);
  facts.adult = against(age, policy.adult_age);
  if (consent.given_at)
    facts.adult_when_given = against(age_of(person, consent.age_band, *consent.given_at), policy.adult_age);
  if (consent.giver.relation != "self") facts.of_age_at = comes_of_age(person, policy.adult_age, now);
}

}  // namespace hotline
