#include "consent/narrative.h"

#include <algorithm>
#include <map>

#include "consent/forms.h"
#include "consent/prose.h"
#include "i18n/base/utf8.h"
#include "i18n/identifiers.h"
#include "i18n/phones.h"

namespace hotline {
namespace {

constexpr std::size_t kInsideLetters = 6;  // shorter values count as whole words only
constexpr std::size_t kOwnWords = 20;      // letters from which on somebody's own words are a quotation
// What nobody may learn by the way, in whatever language it is said and in whatever field.
constexpr const char* kNeverByTheWay[] = {"immigration", "orientation_gender"};

std::string kind_of(const FindableValue& value) {
  if (value.employer) return "employer";
  switch (value.as) {
    case FindAs::name:
      return "name";
    case FindAs::phone:
      return "phone";
    case FindAs::email:
      return "email";
    case FindAs::identifier:
      return "identifier";
    case FindAs::date:
      return "date";
    case FindAs::place:
      return "place";
    case FindAs::postal_code:
      return "address";
    case FindAs::text:
      return value.in_address ? "address" : "text";
    case FindAs::none:
      break;
  }
  return "text";
}

bool masks_day(const FindableValue& value) {
  return value.as == FindAs::place || value.as == FindAs::postal_code || value.in_address;
}

std::string number_key(std::string_view text) {
  std::string key;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) key.push_back(static_cast<char>(std::tolower(c)));
  }
  return key;
}

int rank(const MaskSpan& span) {
  return span.kind == "sentence" ? 0 : (span.replacement.empty() ? 1 : 2);
}

// Overlapping spans become one; names side by side are one name. What hides more gives the token.
std::vector<MaskSpan> merged(std::vector<MaskSpan> spans, std::string_view text) {
  std::stable_sort(spans.begin(), spans.end(),
                   [](const MaskSpan& a, const MaskSpan& b) { return a.begin < b.begin; });
  std::vector<MaskSpan> out;
  for (MaskSpan& span : spans) {
    if (out.empty()) {
      out.push_back(std::move(span));
      continue;
    }
    MaskSpan& last = out.back();
    const bool apart = span.begin > last.end;
    const bool one_name = span.kind == "name" && last.kind == "name" &&
                          (!apart || (span.begin == last.end + 1 && text[last.end] == ' '));
    if (apart && !one_name) {
      out.push_back(std::move(span));
      continue;
    }
    if (span.begin == last.end && !one_name) {
      out.push_back(std::move(span));
      continue;
    }
    const std::size_t end = std::max(last.end, span.end);
    const std::size_t begin = last.begin;
    if (rank(span) < rank(last)) last = std::move(span);
    last.begin = begin;
    last.end = end;
  }
  return out;
}

struct Scan {
  std::string_view text;
  FoldedText folded;
  std::vector<Word> words;
  std::vector<MaskSpan> spans;
  void add(ByteRange where, std::string kind, std::string same_as) {
    spans.push_back({where.begin, where.end, std::move(kind), std::move(same_as), {}});
  }
};

using Forms = std::unordered_set<std::u32string>;

std::string key_of(std::string_view text) {
  return to_utf8(squeeze(text));
}

}  // namespace

NarrativeMask::NarrativeMask(const ConsentTexts& texts, MaskRules rules)
    : texts_(texts), rules_(std::move(rules)) {
  for (const FindableValue& each : rules_.granted) {
    if (!(rules_.generalised && masks_day(each))) add_granted(each);
  }
  // Most values of the record stand in the disclosure as they are; their forms need not be made again.
  std::set<std::pair<FindAs, std::string_view>> known;
  for (const FindableValue& each : rules_.granted) {
    if (!(rules_.generalised && masks_day(each))) known.emplace(each.as, each.text);
  }
  for (const FindableValue& each : rules_.hidden) {
    if (known.emplace(each.as, each.text).second) add_value(each);
  }
  if (rules_.generalised) {
    for (const FindableValue& each : rules_.granted) {
      if (masks_day(each)) add_value(each);
    }
  }
  values_.build();
}

void NarrativeMask::add_granted(const FindableValue& value) {
  if (value.prose && squeeze(value.text).size() < kOwnWords) return;
  for (std::u32string& form : search_forms(value, texts_)) granted_.insert(std::move(form));
}

void NarrativeMask::add_pattern(const std::u32string& squeezed, Fit fit, Target target) {
  if (granted_.count(squeezed) != 0) return;
  values_.add(squeezed, fit, static_cast<int>(targets_.size()));
  targets_.push_back(std::move(target));
}

void NarrativeMask::add_value(const FindableValue& value) {
  const Target target{kind_of(value), "v" + std::to_string(value.owner), false};
  for (const std::u32string& form : search_forms(value, texts_)) {
    const bool digits =
        std::all_of(form.begin(), form.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
    if (digits && form.size() < 4 && value.as != FindAs::date) continue;  // a house number alone says nothing
    add_pattern(form, form.size() >= kInsideLetters ? Fit::inside : Fit::whole, target);
  }
}

namespace {

// Digits that go on behind a number belong to it, however it was read ("002 180 0000 0000 | 0012").
std::size_t with_further_digits(std::string_view text, std::size_t end) {
  constexpr std::size_t kGroup = 3;
  while (end + 1 < text.size() && (text[end] == ' ' || text[end] == '-' || text[end] == '.')) {
    std::size_t last = end + 1;
    while (last < text.size() && text[last] >= '0' && text[last] <= '9') ++last;
    if (last - end - 1 < kGroup) break;
    end = last;
  }
  return end;
}

void add_numbers(Scan& scan, const MaskRules& rules, const Forms& granted, const HotlineNumbers& helplines) {
  for (const PhoneSpan& phone : find_phones(scan.text, rules.region)) {
    const std::string_view written = scan.text.substr(phone.begin, phone.end - phone.begin);
    const std::string key = phone.e164.empty() ? number_key(written) : number_key(phone.e164);
    if (granted.count(squeeze(key)) != 0 || granted.count(squeeze(written)) != 0) continue;
    if (helplines.contains(phone.e164.empty() ? written : std::string_view(phone.e164))) continue;
    scan.add({phone.begin, with_further_digits(scan.text, phone.end)}, "phone", key);
  }
  for (const IdSpan& id : find_identifiers(scan.text)) {
    const std::string_view written = scan.text.substr(id.begin, id.end - id.begin);
    if (granted.count(squeeze(written)) != 0 || helplines.contains(written)) continue;
    const bool postal =
        id.kind == IdKind::zip || id.kind == IdKind::postal_code_ca || id.kind == IdKind::codigo_postal;
    // Five digits alone are a wage as often as a postal code.
    if (id.tier == Tier::shape && (postal || id.kind == IdKind::plate)) continue;
    const char* kind = id.kind == IdKind::email ? "email" : (postal ? "address" : "identifier");
    scan.add({id.begin, id.end}, kind, number_key(written));
  }
}

bool all_granted(std::string_view written, const Forms& granted) {
  if (granted.count(squeeze(written)) != 0) return true;
  const std::u32string folded = fold_to_utf32(written, Confusables::map);
  const std::vector<Word> parts = words(folded);
  return std::all_of(parts.begin(), parts.end(), [&](const Word& word) {
    return granted.count(folded.substr(word.begin, word.end - word.begin)) != 0;
  });
}

void add_named(Scan& scan, const MaskRules& rules, const std::vector<const Lexicon*>& lexicons,
               const std::vector<const Lexicon*>& all, const Forms& granted) {
  const auto prose = prose_words(scan.text, scan.folded, scan.words);
  const auto add = [&](Named what, const char* kind, const std::vector<const Lexicon*>& telling) {
    for (const Lexicon* lexicon : telling) {
      for (const ByteRange& where : named_things(what, prose, *lexicon)) {
        const std::string_view written = scan.text.substr(where.begin, where.end - where.begin);
        if (!all_granted(written, granted)) scan.add(where, kind, key_of(written));
      }
    }
  };
  // People name others in the language in which they knew them.
  if (rules.withheld.count("employment") != 0) add(Named::employer, "employer", all);
  if (rules.withheld.count("family") != 0 || rules.withheld.count("alleged_exploiter") != 0) {
    add(Named::person, "name", all);
  }
  if (rules.field) return;
  if (rules.generalised || rules.withheld.count("location") != 0) add(Named::place, "place", lexicons);
  if (!rules.generalised) return;
  for (const Lexicon* lexicon : lexicons) {
    for (DateMention& date : day_dates(scan.text, prose, *lexicon)) {
      const std::string_view written = scan.text.substr(date.where.begin, date.where.end - date.where.begin);
      scan.spans.push_back(
          {date.where.begin, date.where.end, "date", key_of(written), std::move(date.without_day)});
    }
  }
}

bool never_by_the_way(std::string_view topic) {
  return std::find(std::begin(kNeverByTheWay), std::end(kNeverByTheWay), topic) != std::end(kNeverByTheWay);
}

// Whether a sentence with one of these topics stays behind. `foreign`: the word is of another language than
// the text, where it may mean anything, so that only what is never said by the way counts.
bool stays_behind(const std::set<std::string, std::less<>>& topics, const MaskRules& rules, bool foreign) {
  return std::any_of(topics.begin(), topics.end(), [&](const std::string& topic) {
    if (topic == kOthers) return rules.others;
    return rules.withheld.count(topic) != 0 && ((!foreign && !rules.field) || never_by_the_way(topic));
  });
}

bool needs_every_language(const MaskRules& rules) {
  return rules.others || std::any_of(std::begin(kNeverByTheWay), std::end(kNeverByTheWay),
                                     [&](const char* topic) { return rules.withheld.count(topic) != 0; });
}

std::size_t add_sentences(Scan& scan, const MaskRules& rules, const Squeezed& squeezed,
                          const Lexicon& lexicon, const std::vector<const Lexicon*>& lexicons) {
  const bool foreign = std::find(lexicons.begin(), lexicons.end(), &lexicon) == lexicons.end();
  std::size_t steps = 0;
  std::vector<Matcher::Hit> hits = lexicon.topics.find(squeezed, &steps);
  std::erase_if(hits, [&](const Matcher::Hit& hit) {
    return !stays_behind(lexicon.topic_of[static_cast<std::size_t>(hit.pattern)], rules, foreign);
  });
  if (hits.empty()) return steps;
  const std::vector<ByteRange> all = sentences(scan.text, lexicons);
  std::size_t at = 0;
  for (const Matcher::Hit& hit : hits) {
    const std::size_t first = scan.folded.begin[squeezed.at[hit.first]];
    const std::size_t last = scan.folded.end[squeezed.at[hit.last - 1]];
    at = std::min(at, all.size() - 1);
    while (at > 0 && all[at].begin > first) --at;  // a longer phrase may begin before an earlier hit's end
    while (at < all.size() && all[at].end <= first) ++at;
    for (std::size_t i = at; i < all.size() && all[i].begin < last; ++i) scan.add(all[i], "sentence", {});
  }
  return steps;
}

}  // namespace

std::vector<MaskSpan> NarrativeMask::find(std::string_view text, const LanguageTag& language,
                                          std::size_t* work) const {
  const auto lexicons = texts_.lexicons_for(language);
  Scan scan{text, fold_with_offsets(text, Confusables::map), {}, {}};
  scan.words = words(scan.folded.text);
  const Squeezed squeezed = squeeze(scan.folded.text, scan.words);
  std::size_t steps = 0;
  std::size_t topic_steps = 0;
  for (const Matcher::Hit& hit : values_.find(squeezed, &steps)) {
    const std::size_t first = squeezed.word_begin[squeezed.word[hit.first]];
    const std::size_t last = squeezed.word_end[squeezed.word[hit.last - 1]];
    const Target& target = targets_[static_cast<std::size_t>(hit.pattern)];
    scan.add({scan.folded.begin[squeezed.at[first]], scan.folded.end[squeezed.at[last - 1]]}, target.kind,
             target.same_as);
  }
  add_numbers(scan, rules_, granted_, texts_.public_numbers());
  const auto all = texts_.lexicons_for(LanguageTag());
  add_named(scan, rules_, lexicons, all, granted_);
  for (const Lexicon* each : needs_every_language(rules_) ? all : lexicons)
    topic_steps += add_sentences(scan, rules_, squeezed, *each, lexicons);
  if (work != nullptr) *work = steps + topic_steps;
  return merged(std::move(scan.spans), text);
}

MaskedText NarrativeMask::mask(std::string_view text, const LanguageTag& language) const {
  const Lexicon& lexicon = texts_.tokens_for(language);
  MaskedText out;
  std::map<std::string, std::map<std::string, std::size_t>> numbers;
  std::size_t copied = 0;
  for (const MaskSpan& span : find(text, language)) {
    out.changed = true;
    out.text.append(text.substr(copied, span.begin - copied));
    copied = span.end;
    if (!span.replacement.empty()) {
      out.text.append(span.replacement);
      continue;
    }
    const auto token = lexicon.tokens.find(span.kind);
    out.text.append("[").append(token == lexicon.tokens.end() ? span.kind : token->second);
    if (span.kind != "sentence") {
      auto& of_kind = numbers[span.kind];
      const std::size_t number = of_kind.try_emplace(span.same_as, of_kind.size() + 1).first->second;
      out.text.append(" ").append(std::to_string(number));
    }
    out.text.append("]");
  }
  out.text.append(text.substr(copied));
  return out;
}

}  // namespace hotline
