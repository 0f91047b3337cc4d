#include "consent/sheet.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/rules.h"
#include "consent/sheet_staff.h"
#include "i18n/clock_words.h"
#include "i18n/dates.h"
#include "i18n/hygiene.h"
#include "i18n/language_tag.h"
#include "i18n/regions.h"

namespace hotline {
namespace {

// The first of the languages wanted, and of what stands in for each, that the sheet is written in.
LanguageTag written_in(const std::vector<LanguageTag>& wanted, const Catalog& catalog) {
  for (const LanguageTag& each : wanted) {
    if (!each.get().empty() && catalog.has("sheet.before", each)) return each;
  }
  return LanguageTag("en");
}

void add_language(std::vector<LanguageTag>& list, std::string_view text) {
  if (auto tag = parse_language(text)) list.push_back(std::move(*tag));
}

// The one asked for; else what the person prefers, else what they speak.
LanguageTag language_for(const PersonId& id, const SheetInputs& in) {
  std::vector<LanguageTag> wanted{in.language};
  const JsonValue* person = in.referral.person(id);
  const JsonValue* languages = person == nullptr ? nullptr : member(*person, "languages");
  if (in.language.get().empty() && languages != nullptr) {
    add_language(wanted, text_at(*languages, "preferred"));
    if (const JsonValue* spoken = member(*languages, "spoken"); spoken != nullptr && spoken->IsArray()) {
      for (const JsonValue& each : spoken->GetArray()) add_language(wanted, text_at(each, "language"));
    }
  }
  wanted.push_back(in.otherwise);
  return written_in(wanted, in.catalog);
}

class Writer {
 public:
  Writer(const Decision& decision, const PersonDecision& person, const SheetInputs& inputs)
      : decision_(decision), person_(person), in_(inputs) {
    sheet_.person = person.person;
    sheet_.language = language_for(person.person, inputs);
    given_ = somebody_else_agreed();
  }

  Sheet write() {
    sheet_.staff = staff_part(person_.person, in_, sheet_.language, decision_.decided_at);
    if (!person_.anything()) sheet_.staff.blocks.push_back({word("sheet.staff.nothing"), {}});
    if (given_ || somebody_else_decided()) sheet_.staff.blocks.push_back({word("sheet.staff.giver"), {}});
    const std::string name = called();
    sheet_.heading = name.empty() ? word("sheet.for_unnamed") : word("sheet.for", {{"name", name}});
    sheet_.parts.push_back({"", {{word(before()), {}}}});
    if (!person_.anything()) {
      nothing();
    } else {
      something();
    }
    return std::move(sheet_);
  }

 private:
  std::string word(std::string_view key, const Args& args = {}) const {
    return in_.catalog.text(key, sheet_.language, args);
  }
  // The paragraphs `key`.text and so on under the heading `key`.
  void part(std::string_view heading, std::vector<std::string> paragraphs) {
    SheetPart part{heading.empty() ? std::string() : word(heading), {}};
    for (std::string& each : paragraphs) part.blocks.push_back({std::move(each), {}});
    sheet_.parts.push_back(std::move(part));
  }

  // Said in front of whoever agreed in the person's place, the reason alone could harm them.
  bool somebody_else_decided() const {
    const auto of_a_giver = [](const CategoryDecision& each) {
      return each.rule.get() == rules::giver || each.rule.get() == rules::guardians ||
             each.rule.get() == rules::of_age;
    };
    return std::any_of(person_.categories.begin(), person_.categories.end(), of_a_giver);
  }

  // Whose yes it is that something goes by: a guardian's, and not the person's own.
  bool somebody_else_agreed() const {
    if (person_.consent.get().empty()) return false;
    for (const Consent& each : consents_of(in_.referral)) {
      if (each.id != person_.consent) continue;
      const Giver& giver = each.giver;
      if (!giver.person.empty()) return giver.person != person_.person.get();
      return !giver.relation.empty() && giver.relation.substr(0, 4) != "self";
    }
    return false;
  }

  // Words for a person who neither told nor asked it themselves, where the usual ones would not be true.
  std::string as_given(std::string_view key) const {
    const std::string other = "sheet.given." + std::string(key.substr(std::string_view("sheet.").size()));
    return given_ && in_.catalog.has(other, sheet_.language) ? other : std::string(key);
  }

  // No consent: a named human attested an exception. There is nothing to agree to, and nothing to undo.
  bool by_exception() const { return person_.anything() && person_.consent.get().empty(); }

  std::string before() const { return by_exception() ? "sheet.exception.before" : as_given("sheet.before"); }

  void something() {
    const bool asked = !by_exception();
    if (!asked) part("", {word("sheet.exception")});
    shared();
    not_shared();
    part("sheet.whom",
         {word("sheet.whom.text", {{"name", in_.recipient.name},
                                   {"code", in_.recipient.country},
                                   {"country", country_name(in_.recipient.country, sheet_.language)}}),
          onward()});
    part("sheet.why", {word(as_given("sheet.why." + decision_.purpose.get()))});
    part("sheet.until", {until()});
    part("sheet.risk", {word("sheet.risk.general"), word(risk_key())});
    if (!asked) return part("", {word("sheet.exception.after")});
    part("sheet.choices", {word(as_given("sheet.choices.text"))});
    part("sheet.stop", {word("sheet.stop.text")});
    part("", {word("sheet.question")});
  }

  std::string onward() const {
    if (std::string only = conduit(); !only.empty()) return only;
    if (person_.onward.empty()) return word("sheet.onward.none");
    std::string names;
    for (const MemberId& each : person_.onward) {
      const Member* member = in_.find ? in_.find(each) : nullptr;
      names.append(names.empty() ? "" : ", ").append(member == nullptr ? each.get() : member->name);
    }
    return word("sheet.onward.some", {{"names", names}});
  }

  // The authority that an attestation is for, when the hotline only hands it on; "" when it is for them.
  std::string conduit() const {
    if (!by_exception()) return {};
    for (const ExceptionRule& each : in_.policies.base().exceptions) {
      if (each.ground != person_.basis || each.recipient_roles.size() != 1) continue;
      const std::string key = "sheet.exception.for." + each.recipient_roles.front();
      if (in_.catalog.has(key, sheet_.language)) return word(key);
    }
    return {};
  }

  // Why, and what would change it: to hear a no without its reason is to be left alone with it.
  void nothing() {
    part("sheet.what", {word("sheet.nothing", {{"name", in_.recipient.name}})});
    std::vector<std::string> why, changes;
    for (const CategoryDecision& each : person_.categories) {
      add_once(why, because(each.rule));
      const std::string change = "sheet.change." + std::string(to_string(each.change));
      if (in_.catalog.has(change, sheet_.language)) add_once(changes, word(change));
    }
    if (!why.empty()) part("sheet.because", std::move(why));
    if (!changes.empty()) part("sheet.change", std::move(changes));
    part("sheet.choices", {word("sheet.nothing.choices")});
  }

  static void add_once(std::vector<std::string>& list, std::string text) {
    const bool known = text.empty() || std::find(list.begin(), list.end(), text) != list.end();
    if (!known) list.push_back(std::move(text));
  }

  // A rule that comes with a new policy has its own sentence there, until it has one for the sheet.
  std::string because(const RuleId& id) const {
    const std::string own = "sheet.because." + id.get();
    if (in_.catalog.has(own, sheet_.language)) return word(own);
    const RuleText* rule = in_.policies.rule(id);
    return rule == nullptr ? std::string() : sentence(*rule);
  }

  const std::string& sentence(const RuleText& rule) const {
    const std::string base = base_language(sheet_.language);
    return base == "fr" ? rule.fr : (base == "es" ? rule.es : rule.en);
  }

  // A country that joins later brings its policy first; until its own sentence is written, a general one
  // stands.
  std::string risk_key() const {
    std::string country = in_.recipient.country;
    std::transform(country.begin(), country.end(), country.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string key = "sheet.risk." + country;
    return in_.catalog.has(key, sheet_.language) ? key : "sheet.risk.other";
  }

  // Most first, and what was chosen field by field after what goes whole.
  void shared() {
    SheetPart part{word("sheet.what"), {}};
    for (const Level level : {Level::full, Level::generalised, Level::pseudonymised}) {
      add_list(part, level, false, as_given("sheet.level." + std::string(to_string(level))));
      if (level == Level::full) add_list(part, level, true, as_given("sheet.level.some"));
    }
    sheet_.parts.push_back(std::move(part));
  }

  // Who does not travel with everybody of the record takes nothing along that would link them (redact.h): no
  // story, and nothing that is common to the case. A story without who is in it is none either.
  Level told(const CategoryDecision& decided) const {
    const bool story = decided.category.get() == "narrative";
    const bool untold = story && (decided.level < Level::generalised || !decided.fields.empty());
    const bool common = story || decided.category.get() == "case_admin";
    return untold || (common && decision_.apart(person_.person)) ? Level::withheld : decided.level;
  }

  void add_list(SheetPart& part, Level level, bool narrowed, const std::string& lead) const {
    SheetBlock block{word(lead), {}};
    for (const CategoryDecision& each : person_.categories) {
      const bool some = !each.fields.empty();
      if (told(each) == level && (level != Level::full || some == narrowed))
        block.items.push_back(item(each));
    }
    if (!block.items.empty()) part.blocks.push_back(std::move(block));
  }

  void not_shared() {
    SheetBlock block;
    for (const CategoryDecision& each : person_.categories) {
      if (told(each) == Level::withheld) block.items.push_back(category(each));
    }
    if (!block.items.empty()) sheet_.parts.push_back({word("sheet.not"), {std::move(block)}});
  }

  std::string category(const CategoryDecision& decided) const {
    return word("sheet.category." + decided.category.get());
  }

  // What else is not shared is not told in the story either: less than everything.
  bool in_parts(const CategoryDecision& decided) const {
    if (decided.category.get() != "narrative") return false;
    return std::any_of(
        person_.categories.begin(), person_.categories.end(),
        [](const CategoryDecision& each) { return each.level != Level::full || !each.fields.empty(); });
  }

  std::string item(const CategoryDecision& decided) const {
    if (in_parts(decided))
      return word("sheet.narrowed", {{"category", category(decided)}, {"fields", word("sheet.story.parts")}});
    if (decided.fields.empty()) return category(decided);
    std::string fields;
    for (const std::string& path : decided.fields) {
      fields.append(fields.empty() ? "" : ", ").append(title_of(path, decided));
    }
    return word("sheet.narrowed", {{"category", category(decided)}, {"fields", fields}});
  }

  // A chosen path has no list positions (family/relatives/name). What the schema does not know goes by what
  // it stands in: nothing that would be shared is left unsaid.
  std::string title_of(std::string_view path, const CategoryDecision& decided) const {
    std::string title = category(decided);
    const SchemaNode* node = in_.canonical.at("/persons/*");
    while (node != nullptr && !path.empty()) {
      const std::string_view token = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(token.size() + 1, path.size()));
      node = node->property(token);
      if (node != nullptr && !node->title(sheet_.language).empty()) title = node->title(sheet_.language);
      while (node != nullptr && node->items() != nullptr) node = node->items();
    }
    return title;
  }

  std::string called() const {
    const JsonValue* person = in_.referral.person(person_.person);
    const JsonValue* identity = person == nullptr ? nullptr : member(*person, "identity");
    return identity == nullptr ? std::string() : for_display(text_at(*identity, "called_name"));
  }

  // The day on the receiver's calendar: the earlier one for whoever listens further east. What ends within
  // two days has its hour too.
  std::string until() const {
    const Instant until = decision_.ends(person_.person);
    const std::string_view zone = in_.recipient.time_zone;
    const auto date = civil_date_in(until, zone);
    const auto minute = minute_of_day_in(until, zone);
    const std::string day = format_date_long(date ? *date : civil_date_utc(until), sheet_.language);
    constexpr std::int64_t kTwoDays = 172800;
    if (!minute || until > decision_.decided_at.plus_seconds(kTwoDays))
      return word("sheet.until.text", {{"date", day}});
    return word("sheet.until.hour", {{"date", day},
                                     {"time", format_time_of_day(*minute, sheet_.language)},
                                     {"zone", city_of_zone(zone, sheet_.language)}});
  }

  const Decision& decision_;
  const PersonDecision& person_;
  const SheetInputs& in_;
  bool given_ = false;
  Sheet sheet_;
};

void add_part(std::string& out, const SheetPart& part, std::string_view bullet) {
  if (!part.heading.empty()) out += part.heading + "\n";
  for (const SheetBlock& block : part.blocks) {
    if (!block.text.empty()) out += block.text + "\n";
    for (const std::string& item : block.items) out.append(bullet).append(item).append("\n");
  }
}

}  // namespace

std::vector<Sheet> sheets(const Decision& decision, const SheetInputs& inputs) {
  std::vector<Sheet> out;
  for (const PersonDecision& each : decision.persons) out.push_back(Writer(decision, each, inputs).write());
  return out;
}

std::string read_aloud(const Sheet& sheet) {
  std::string out = sheet.heading + "\n";
  for (const SheetPart& part : sheet.parts) add_part(out, part, "");
  return out;
}

std::string sheets_text(const std::vector<Sheet>& sheets) {
  std::string out;
  for (const Sheet& sheet : sheets) {
    out += out.empty() ? "" : "\n----\n\n";
    add_part(out, sheet.staff, "- ");
    out += "\n" + sheet.heading + "\n";
    for (const SheetPart& part : sheet.parts) {
      out += "\n";
      add_part(out, part, "- ");
    }
  }
  return out;
}

}  // namespace hotline
