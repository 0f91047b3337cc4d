#include "tests/properties/proof/oracle.h"

#include <algorithm>
#include <optional>

namespace hotline::proof {
namespace {

bool in(const Words& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

Instant after(Instant at, std::int64_t seconds) {
  return {at.ms + seconds * 1000};
}

// What is wrong with one consent: the rule, what the sender is told, and what would change it.
struct Wrong {
  std::string_view rule, basis, change;
  bool nobodys_word = false;  // it neither permits nor forbids
};

constexpr std::string_view kNoConsent = "deny_no_consent";
constexpr std::string_view kExpired = "deny_consent_expired";
constexpr std::string_view kGiver = "deny_invalid_consent_giver";

struct Word {
  const ConsentFacts& said;
  std::optional<Wrong> wrong;
  Instant at, until;
  bool own = false;  // by the person
};

// Who speaks, and for whom.
std::optional<Wrong> wrong_speaker(const ConsentFacts& c, bool own) {
  if (!c.for_recipient) return Wrong{"base.consent.recipient", "deny_out_of_scope", "ask_person", true};
  if (!c.for_purpose) return Wrong{"base.consent.purpose", "deny_out_of_scope", "ask_person", true};
  const auto giver = [](std::string_view change) {
    return Wrong{"base.consent.giver", kGiver, change, true};
  };
  if (c.giver.exploiter) return giver("safe_adult");
  if (own) {
    if (c.giver.named == GiverNamed::another) return giver("ask_person");
    if (c.alone == AgeFact::reached && !c.giver.capacity) return giver("ask_person");
    return std::nullopt;
  }
  if (!in(book().guardians, c.giver.relation) || c.giver.named == GiverNamed::the_person)
    return giver("ask_person");
  if (!c.giver.not_abuser || !c.giver.capacity) return giver("safe_adult");
  if (c.adult != AgeFact::reached) return std::nullopt;
  if (c.adult_when_given == AgeFact::reached) return giver("ask_person");
  return Wrong{"base.consent.of_age", kGiver, "ask_person", true};
}

// What the person said, and how it was recorded.
std::optional<Wrong> wrong_record(const ConsentFacts& c) {
  if (c.withdrawn) return Wrong{"base.consent.withdrawn", "deny_consent_withdrawn", "person_comes_back"};
  if (c.state == StateFact::refused) return Wrong{"base.consent.state", kNoConsent, "person_comes_back"};
  if (c.state == StateFact::other) return Wrong{"base.consent.state", kNoConsent, "ask_person"};
  if (!c.complete || !c.given_at || !c.until)
    return Wrong{"base.consent.incomplete", kNoConsent, "complete_record"};
  if (!c.informed) return Wrong{"base.consent.not_informed", kNoConsent, "tell_first"};
  if (!c.statement_known) return Wrong{"base.consent.statement", kNoConsent, "ask_with_statement"};
  if (!in(book().forms, c.form)) return Wrong{"base.consent.form", kNoConsent, "ask_in_form"};
  if (c.relative_interpreted) return Wrong{"base.consent.interpreter", kNoConsent, "other_interpreter"};
  return std::nullopt;
}

// The latest end that anything leaves it.
Instant last_end(const ConsentFacts& c, bool own) {
  Instant end = *c.until;
  if (c.form == "oral_two_person") end = std::min(end, after(*c.given_at, book().spoken));
  if (!own && c.of_age_at) end = std::min(end, *c.of_age_at);
  return end;
}

std::optional<Wrong> wrong_time(const ConsentFacts& c, bool own, Instant now) {
  if (*c.until <= *c.given_at) return Wrong{"base.consent.times", kExpired, "complete_record"};
  if (*c.given_at > after(now, 300)) return Wrong{"base.consent.not_yet", kExpired, "complete_record"};
  if (*c.until > after(*c.given_at, book().longest))
    return Wrong{"base.consent.too_long", kExpired, "ask_again"};
  if (c.form == "oral_two_person" && !(c.witnessed && c.needs_fit_oral))
    return Wrong{"base.consent.oral", kNoConsent, "ask_in_form"};
  if (now >= last_end(c, own)) return Wrong{"base.consent.expired", kExpired, "ask_again"};
  return std::nullopt;
}

// What a human has to look at, or the recipient to sign.
std::optional<Wrong> wrong_otherwise(const ConsentFacts& c, bool own) {
  if (own && c.alone == AgeFact::below) return Wrong{"base.consent.age", kGiver, "safe_adult"};
  const bool clear = own ? c.alone == AgeFact::reached : c.adult == AgeFact::below;
  if (!clear) return Wrong{"base.consent.age_unclear", "hold_human", "human"};
  if (c.language == LanguageFit::no) return Wrong{"base.consent.language", "hold_human", "ask_in_language"};
  if (!c.policy_version_fits) return Wrong{"base.recipient.policy_version", kNoConsent, "signed_policy"};
  return std::nullopt;
}

// A refusal without a time is the last word; what was taken back was said when it was taken back.
Instant said_at(const ConsentFacts& c) {
  Instant at = c.given_at.value_or(Instant{c.state == StateFact::refused ? INT64_MAX : 0});
  return c.withdrawn_at ? std::max(at, *c.withdrawn_at) : at;
}

Word heard(const ConsentFacts& c, Instant now) {
  Word word{c, std::nullopt, said_at(c), {}, c.giver.relation == "self"};
  word.wrong = wrong_speaker(c, word.own);
  if (!word.wrong) word.wrong = wrong_record(c);
  if (!word.wrong) word.wrong = wrong_time(c, word.own, now);
  if (!word.wrong) word.wrong = wrong_otherwise(c, word.own);
  if (!word.wrong) word.until = last_end(c, word.own);
  return word;
}

bool counts(const Word& word) {
  return !word.wrong || !word.wrong->nobodys_word;
}

// Of words that are nobody's, the one that came nearest is shown.
int nearness(const Word& word) {
  if (word.wrong->rule == "base.consent.recipient") return 1;
  return word.wrong->rule == "base.consent.purpose" ? 2 : 3;
}

// The last word: of those that count the latest; of one moment the first that permits nothing, else the
// first.
const Word* last_word(const std::vector<Word>& words) {
  const Word* last = nullptr;
  for (const Word& each : words) {
    if (!counts(each)) continue;
    if (last == nullptr || each.at > last->at || (each.at == last->at && each.wrong && !last->wrong))
      last = &each;
  }
  if (last != nullptr) return last;
  for (const Word& each : words) {
    if (last == nullptr || nearness(each) > nearness(*last)) last = &each;
  }
  return last;
}

// Another guardian who may speak said no, and has not agreed since.
bool stands_against(const Word& no, const std::vector<Word>& words) {
  if (no.own || !counts(no)) return false;
  if (no.said.state != StateFact::refused && !no.said.withdrawn) return false;
  return std::none_of(words.begin(), words.end(), [&](const Word& later) {
    return !later.own && !later.wrong && later.said.giver.speaker == no.said.giver.speaker &&
           later.at > no.at;
  });
}

bool guardians_disagree(const Word& yes, const std::vector<Word>& words) {
  return !yes.own && std::any_of(words.begin(), words.end(), [&](const Word& no) {
    return no.said.giver.speaker != yes.said.giver.speaker && stands_against(no, words);
  });
}

Ought closed(const Wrong& why) {
  Ought out;
  out.basis = why.basis;
  out.cells.fill({Level::withheld, why.rule, why.change});
  return out;
}

const Grant* grant_of(const std::vector<Grant>& grants, std::string_view category) {
  const auto found = std::find_if(grants.begin(), grants.end(),
                                  [&](const Grant& each) { return each.category.get() == category; });
  return found == grants.end() ? nullptr : &*found;
}

// What all the words of one moment permit of a category. Two different lists of fields have no common
// meaning.
Cell agreed(std::string_view category, const std::vector<const Word*>& moment) {
  const Cell nothing{Level::withheld, "base.consent.not_granted", "ask_person"};
  Cell cell{Level::full, "base.consent.granted", "as_agreed"};
  for (const Word* each : moment) {
    const Grant* grant = grant_of(each->said.grants, category);
    if (grant == nullptr) return nothing;
    cell.level = std::min(cell.level, grant->level);
    if (grant->fields.empty()) continue;
    if (!cell.fields.empty() && cell.fields != grant->fields) return nothing;
    cell.fields = grant->fields;
  }
  return cell.level == Level::withheld ? nothing : cell;
}

bool names(const std::vector<MemberId>& list, const MemberId& member) {
  return std::find(list.begin(), list.end(), member) != list.end();
}

std::vector<MemberId> passed_on_to(const std::vector<const Word*>& moment, const Facts& facts) {
  std::vector<MemberId> out;
  for (const MemberId& each : moment.front()->said.onward_recipients) {
    const bool by_all = std::all_of(moment.begin(), moment.end(), [&](const Word* word) {
      return word->said.onward && names(word->said.onward_recipients, each);
    });
    if (by_all && (!facts.onward || names(facts.onward->recipients, each))) out.push_back(each);
  }
  return out;
}

// No more than came, and to such a recipient not even that.
void bounded(Ought& out, const Facts& facts) {
  for (std::size_t i = 0; i < out.cells.size(); ++i) {
    Cell& cell = out.cells[i];
    if (facts.onward) {
      const Grant* came = grant_of(facts.onward->levels, book().categories[i]);
      const Level level = came == nullptr ? Level::withheld : came->level;
      if (level < cell.level)
        cell = {level, "base.onward.narrowed", "ask_onward", "base",
                level == Level::withheld ? std::vector<std::string>{} : cell.fields};
    }
    if (facts.recipient_role == Role::statistics)
      cell = {Level::withheld, "base.forbidden.statistics", "nothing"};
  }
  if (facts.onward) out.until = std::min(out.until, facts.onward->until);
}

Ought by_consent(const Word& last, const std::vector<Word>& words, const Facts& facts) {
  std::vector<const Word*> moment;
  for (const Word& each : words) {
    if (!each.wrong && each.at == last.at) moment.push_back(&each);
  }
  Ought out;
  out.basis = "consent_explicit";
  out.consent = last.said.id.get();
  out.until = last.until;
  for (const Word* each : moment) out.until = std::min(out.until, each->until);
  for (std::size_t i = 0; i < out.cells.size(); ++i) out.cells[i] = agreed(book().categories[i], moment);
  out.onward = passed_on_to(moment, facts);
  bounded(out, facts);
  return out;
}

bool attested_well(const AttestationFacts& a, const Ground& ground, const PersonFacts& person,
                   const Facts& facts) {
  const auto role = to_string(facts.recipient_role);
  return a.named && a.for_recipient && a.about && in(ground.attested_by, a.staff_role) &&
         a.recipient_role == ground.to && (role == "hotline" || role == a.recipient_role) &&
         a.at <= facts.now && facts.now < a.until && a.until <= after(a.at, ground.lasts) &&
         (ground.name != "minor_abuse_neglect_trafficking" || person.child == AgeFact::below);
}

const Demand* demanded(const Facts& facts, const AttestationFacts& a) {
  for (const Demand& each : book().demands) {
    if (each.country == facts.recipient_country && each.ground == a.ground &&
        each.authority == a.recipient_role)
      return &each;
  }
  return nullptr;
}

// The letters of the country whose law demands no more.
std::string_view letters(std::string_view country) {
  if (country == "US") return "us";
  return country == "CA" ? "ca" : "mx";
}

bool attests(const AttestationFacts& a, std::string_view category) {
  return std::find(a.categories.begin(), a.categories.end(), Category(std::string(category))) !=
         a.categories.end();
}

Cell opened(std::string_view category, const AttestationFacts& a, const Ground& ground, const Facts& facts,
            Premise premise) {
  Cell cell{Level::withheld, "base.exception.not_in_minimum", "ask_person"};
  const bool in_ground = premise == Premise::widened || in(ground.opens, category);
  if (in(book().never, category) || !in_ground) return cell;
  const Demand* demand = demanded(facts, a);
  if (demand != nullptr && !in(demand->tells, category)) {
    cell.by = letters(facts.recipient_country);
    return cell;
  }
  if (attests(a, category)) cell = {Level::full, ground.rule, "nothing"};
  return cell;
}

// A tip carries a closed list of general facts, as far as the human and the rule name them; the sector is
// told with the exploitation.
Cell tipped(std::string_view category, const AttestationFacts& a, const Ground& ground, Premise premise) {
  std::vector<std::string> fields;
  const std::string_view named = category == "employment" ? "exploitation" : category;
  if (category == "employment") fields = {"employment/sectors"};
  if (category == "exploitation")
    fields = {"exploitation/control_methods", "exploitation/ongoing", "exploitation/types"};
  if (category == "location") fields = {"location/current/country", "location/current/region"};
  const bool in_ground = premise == Premise::widened || in(ground.opens, named);
  if (fields.empty() || !in_ground || !attests(a, named))
    return {Level::withheld, "base.exception.not_in_minimum", "ask_person"};
  return {Level::generalised, ground.rule, "nothing", "base", std::move(fields)};
}

std::optional<Ought> by_attestation(const AttestationFacts& a, const PersonFacts& person, const Facts& facts,
                                    Premise premise) {
  for (const Ground& ground : book().grounds) {
    if (ground.name != a.ground || !attested_well(a, ground, person, facts)) continue;
    Ought out;
    out.basis = ground.name;
    out.until = a.until;
    for (std::size_t i = 0; i < out.cells.size(); ++i) {
      const auto category = book().categories[i];
      out.cells[i] = ground.name == "non_identifying_tip" ? tipped(category, a, ground, premise)
                                                          : opened(category, a, ground, facts, premise);
    }
    bounded(out, facts);
    if (out.anything()) return out;
  }
  return std::nullopt;
}

std::optional<Wrong> wrong_asker(const Facts& facts) {
  const Role role = facts.recipient_role;
  constexpr std::string_view kRule = "base.recipient.enforcement";
  if (role == Role::immigration_enforcement) return Wrong{kRule, "deny_immigration_demand", "nothing"};
  if (role == Role::law_enforcement || facts.purpose == "law_enforcement")
    return Wrong{kRule, "deny_law_enforcement_demand", "nothing"};
  if (!in(book().countries, facts.sender_country) || !in(book().countries, facts.recipient_country))
    return Wrong{"base.recipient.no_policy", kNoConsent, "other_recipient"};
  if (!facts.recipient_active) return Wrong{"base.recipient.inactive", kNoConsent, "other_recipient"};
  return std::nullopt;
}

}  // namespace

bool Ought::anything() const {
  return std::any_of(cells.begin(), cells.end(),
                     [](const Cell& each) { return each.level != Level::withheld; });
}

Ought ought(const PersonFacts& person, const Facts& facts, Premise premise) {
  if (const auto wrong = wrong_asker(facts)) return closed(*wrong);
  constexpr std::string_view kOnward = "deny_onward_transfer";
  if (facts.onward && facts.onward->agreed && facts.now >= facts.onward->until)
    return closed({"base.onward.ended", kOnward, "ask_onward"});
  Wrong why{"base.consent.none", kNoConsent, "ask_person"};
  if (facts.onward && !facts.onward->agreed) {
    why = {"base.onward.not_agreed", kOnward, "ask_onward"};
  } else {
    std::vector<Word> words;
    words.reserve(person.consents.size());
    for (const ConsentFacts& each : person.consents) words.push_back(heard(each, facts.now));
    const Word* last = last_word(words);
    if (last != nullptr) {
      if (last->wrong) {
        why = *last->wrong;
      } else if (guardians_disagree(*last, words)) {
        why = {"base.consent.guardians_disagree", "hold_human", "human"};
      } else {
        return by_consent(*last, words, facts);
      }
    }
  }
  const bool over = facts.onward && facts.now >= facts.onward->until;
  for (const AttestationFacts& each : person.attestations) {
    if (auto out = by_attestation(each, person, facts, premise); out && !over) return *out;
  }
  return closed(why);
}

std::string difference(const PersonDecision& is, const Ought& should) {
  if (is.basis != should.basis) return "basis " + is.basis + ", ought to be " + std::string(should.basis);
  if (is.consent.get() != should.consent) return "consent " + is.consent.get();
  if (is.until != should.until) return "until " + format_instant(is.until);
  if (is.onward != should.onward) return "onward";
  if (is.categories.size() != should.cells.size()) return "not sixteen categories";
  for (std::size_t i = 0; i < should.cells.size(); ++i) {
    const CategoryDecision& cell = is.categories[i];
    const Cell& ought = should.cells[i];
    if (cell.category.get() == book().categories[i] && cell.level == ought.level &&
        cell.rule.get() == ought.rule && to_string(cell.change) == ought.change &&
        cell.decided_by == ought.by && cell.fields == ought.fields)
      continue;
    return cell.category.get() + " " + std::string(to_string(cell.level)) + " by " + cell.rule.get() + " (" +
           cell.decided_by + ", " + std::string(to_string(cell.change)) + "), ought to be " +
           std::string(to_string(ought.level)) + " by " + std::string(ought.rule) + " (" +
           std::string(ought.by) + ", " + std::string(ought.change) + ")";
  }
  return {};
}

}  // namespace hotline::proof
