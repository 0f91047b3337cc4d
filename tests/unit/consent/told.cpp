#include "tests/unit/consent/told.h"

#include <algorithm>

#include "consent/consent.h"
#include "i18n/dates.h"
#include "tests/unit/consent/world.h"

namespace hotline::testing_world {
namespace {

using Differences = std::vector<std::string>;

std::string category_of(const std::string& item, const LanguageTag& language, std::string& rest) {
  for (const Category& each : all_categories()) {
    const std::string name = catalog().text("sheet.category." + each.get(), language);
    for (const std::string& colon : {std::string(": "), std::string("\u00a0: ")}) {
      if (item.rfind(name + colon, 0) != 0) continue;
      rest = item.substr(name.size() + colon.size());
      return each.get();
    }
    if (item == name) return each.get();
  }
  return "?" + item;
}

std::string text_of(const SheetPart& part) {
  std::string out;
  for (const SheetBlock& block : part.blocks) out += block.text + "\n";
  return out;
}

bool holds_nothing(const JsonValue& value) {
  return (value.IsObject() && value.ObjectEmpty()) || (value.IsArray() && value.Empty());
}

// What a chosen path stands below: every title on the way, as the sheet could name it.
void add_titles(const SchemaNode* node, const LanguageTag& language, std::set<std::string>& titles) {
  for (; node != nullptr; node = node->items()) {
    if (!node->title(language).empty()) titles.insert(std::string(node->title(language)));
  }
}

// Every value below `value` has a title on its way down that the sheet names.
bool all_named(const JsonValue& value, const SchemaNode* node, std::set<std::string> titles,
               const LanguageTag& language, const std::string& named) {
  add_titles(node, language, titles);
  const auto is_named = [&](const std::string& title) { return named.find(title) != std::string::npos; };
  if (std::any_of(titles.begin(), titles.end(), is_named)) return true;
  while (node != nullptr && node->items() != nullptr) node = node->items();
  if (value.IsObject()) {
    for (const auto& each : value.GetObject()) {
      const SchemaNode* below = node == nullptr ? nullptr : node->property(as_text(each.name));
      if (!all_named(each.value, below, titles, language, named)) return false;
    }
    return true;
  }
  if (!value.IsArray()) return false;
  return std::all_of(value.Begin(), value.End(),
                     [&](const JsonValue& each) { return all_named(each, node, titles, language, named); });
}

// One sheet and the disclosure in which its person stands at `place`, under another name.
class Comparison {
 public:
  Comparison(const Sheet& sheet, const Told& told, const Disclosure& disclosure, std::size_t place)
      : sheet_(sheet),
        told_(told),
        disclosure_(disclosure),
        said_(said(sheet)),
        body_(std::move(*parse_json(disclosure.bytes()))),
        record_(*member(body_, "referral")),
        person_((*member(record_, "persons"))[static_cast<rapidjson::SizeType>(place)]) {}

  Differences run() {
    held();
    marks();
    terms();
    return std::move(out_);
  }

 private:
  void differ(const std::string& what) { out_.push_back(sheet_.language.get() + " " + what); }

  const CategoryDecision& decided(const std::string& category) const {
    return told_.decision.of(sheet_.person)->of(category);
  }

  // By the schema's labels, and not by what the disclosure says of itself.
  void held() {
    for (const auto& each : person_.GetObject()) holds("/persons/0", each.name, each.value);
    for (const char* common : {"alleged_exploiters", "narratives", "case"}) {
      if (const JsonValue* value = member(record_, common))
        holds("", JsonValue(rapidjson::StringRef(common)), *value);
    }
  }

  void holds(const std::string& at, const JsonValue& name, const JsonValue& value) {
    const SchemaNode* node = World::get().schema.at(at + "/" + std::string(as_text(name)));
    const std::string category = node == nullptr ? "" : node->labels().category;
    if (holds_nothing(value) || category == "structural" || category == "source_only") return;
    const auto named = said_.shared.find(category);
    if (named == said_.shared.end()) return differ(category + " leaves and was not named");
    const CategoryDecision& of = decided(category);
    const bool some = of.level == Level::full && !of.fields.empty();
    if (named->second != (some ? "some" : to_string(of.level)))
      differ(category + " was said to go as " + named->second);
    if (some && !all_named(value, node, {}, sheet_.language, said_.some_fields[category]))
      differ(category + " leaves with more than the fields that were named");
  }

  void marks() {
    read_marks(record_);
    read_marks(person_);
    // A story that was agreed to and that the second reader holds back is named as shared: once a human has
    // looked at it, it goes.
    if (disclosure_.narrative_held() == "leak_gate") withheld_.erase("narrative");
    for (const std::string& each : withheld_)
      if (said_.not_shared.count(each) == 0) differ(each + " stays and was not said to");
    for (const std::string& each : said_.not_shared)
      if (withheld_.count(each) == 0) differ(each + " was said to stay and does not");
  }

  void read_marks(const JsonValue& of) {
    for (const JsonValue& mark : member(of, "withheld")->GetArray()) {
      const std::string category(text_at(mark, "category"));
      const std::string level(text_at(mark, "level"));
      if (level == "withheld") {
        withheld_.insert(category);
        continue;
      }
      const auto named = said_.shared.find(category);
      if (named == said_.shared.end()) {
        differ(category + " goes in part and was not named");
        continue;
      }
      // To whoever receives it, some fields of a category are less than all of it.
      if ((named->second == "some" ? "generalised" : named->second) != level)
        differ(category + " was said to go as " + named->second + " and goes as " + level);
    }
  }

  void terms() {
    if (said_.whom.find(told_.recipient.name) == std::string::npos) differ("whom: " + said_.whom);
    const JsonValue& terms = *member(record_, "terms");
    if (text_at(terms, "recipient") != told_.recipient.id.get()) differ("another recipient");
    const auto last = civil_date_in(*parse_instant(text_at(terms, "until")), told_.recipient.time_zone);
    if (said_.until.find(format_date_long(*last, sheet_.language)) == std::string::npos)
      differ("until: " + said_.until);
    onward(terms);
  }

  void onward(const JsonValue& terms) {
    const JsonValue* list = member(terms, "onward_recipients");
    const bool anybody = list != nullptr && list->IsArray() && !list->Empty();
    const std::string nobody = catalog().text("sheet.onward.none", sheet_.language);
    if (anybody == (said_.whom.find(nobody) != std::string::npos)) differ("onward: " + said_.whom);
    if (!anybody) return;
    for (const JsonValue& each : list->GetArray()) {
      if (said_.whom.find(std::string(as_text(each))) == std::string::npos)
        differ("onward, not named: " + std::string(as_text(each)));
    }
  }

  const Sheet& sheet_;
  const Told& told_;
  const Disclosure& disclosure_;
  Said said_;
  Json body_;
  const JsonValue& record_;
  const JsonValue& person_;
  std::set<std::string> withheld_;
  Differences out_;
};

// The place of a person among the disclosures; nothing of whom nothing goes.
const Disclosure* disclosure_of(const Told& told, const PersonId& person, std::size_t& place) {
  for (std::size_t i = 0; i < told.disclosures.size(); ++i) {
    const auto& group = told.decision.groups[i].persons;
    const auto at = std::find(group.begin(), group.end(), person);
    if (at == group.end()) continue;
    place = static_cast<std::size_t>(at - group.begin());
    return &told.disclosures[i];
  }
  return nullptr;
}

// Of whom nothing goes, nothing is said to go, and why is said.
Differences differences_of_nothing(const Sheet& sheet) {
  const Said words = said(sheet);
  Differences out;
  if (!words.shared.empty()) out.push_back(sheet.language.get() + " shared, and nothing goes");
  if (words.because.empty()) out.push_back(sheet.language.get() + " nothing goes, and no reason is said");
  return out;
}

}  // namespace

const Catalog& catalog() {
  static const Catalog loaded = *Catalog::load(HOTLINE_ROOT);
  return loaded;
}

Said said(const Sheet& sheet) {
  const auto word = [&](const std::string& key) { return catalog().text(key, sheet.language); };
  Said out;
  std::string rest;
  for (const SheetPart& part : sheet.parts) {
    if (part.heading == word("sheet.whom")) out.whom = text_of(part);
    if (part.heading == word("sheet.until")) out.until = text_of(part);
    if (part.heading == word("sheet.because")) out.because += text_of(part);
    if (part.heading == word("sheet.change")) out.change = text_of(part);
    for (const SheetBlock& block : part.blocks) {
      if (part.heading == word("sheet.not"))
        for (const std::string& item : block.items)
          out.not_shared.insert(category_of(item, sheet.language, rest));
      if (part.heading != word("sheet.what")) continue;
      for (const char* level : {"full", "some", "generalised", "pseudonymised"}) {
        const std::string own = std::string("sheet.level.") + level;
        const std::string given = std::string("sheet.given.level.") + level;
        if (block.text != word(own) && block.text != word(given)) continue;
        for (const std::string& item : block.items) {
          rest.clear();
          const std::string category = category_of(item, sheet.language, rest);
          out.shared[category] = level;
          out.some_fields[category] = rest;
        }
      }
    }
  }
  return out;
}

std::vector<Member> three_members() {
  std::vector<Member> out;
  for (const auto& [id, country, zone] :
       {std::tuple{"us", "US", "America/New_York"}, std::tuple{"ca", "CA", "America/Toronto"},
        std::tuple{"mx", "MX", "America/Mexico_City"}}) {
    Member member;
    member.id = MemberId(id);
    member.country = country;
    member.name = std::string("Line ") + country;
    member.time_zone = zone;
    member.policy_version = std::string(id) + "-2026.1";
    out.push_back(std::move(member));
  }
  return out;
}

Request request_between(const Member& from, const Member& to, std::string_view purpose, Instant now) {
  return request_to(from, to, Purpose(std::string(purpose)), now);
}

std::vector<std::string> differences(const Told& told, const std::string& language, int* shared) {
  const std::vector<Sheet> made =
      sheets(told.decision, {told.referral, told.recipient, World::get().policies, World::get().schema,
                             catalog(), LanguageTag(language), LanguageTag("en")});
  Differences out;
  if (made.size() != told.decision.persons.size()) return {"not one sheet for each person"};
  for (const Sheet& sheet : made) {
    std::size_t place = 0;
    const Disclosure* disclosure = disclosure_of(told, sheet.person, place);
    Differences more = disclosure == nullptr ? differences_of_nothing(sheet)
                                             : Comparison(sheet, told, *disclosure, place).run();
    if (shared != nullptr && disclosure != nullptr) ++*shared;
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

}  // namespace hotline::testing_world
