#include "consent/sheet.h"

#include <algorithm>

#include "i18n/dates.h"
#include "i18n/hygiene.h"
#include "i18n/language_tag.h"
#include "i18n/regions.h"

namespace hotline {
namespace {

class Sheet {
 public:
  Sheet(const Decision& decision, const Referral& referral, const Member& recipient, const Policies& policies,
        const Schema& canonical, const LanguageTag& language, const Catalog& catalog)
      : decision_(decision),
        referral_(referral),
        recipient_(recipient),
        policies_(policies),
        canonical_(canonical),
        language_(language),
        catalog_(catalog) {}

  std::string text() {
    say("sheet.draft");
    say("sheet.before");
    for (const PersonDecision& each : decision_.persons) person(each);
    return std::move(out_);
  }

 private:
  void say(std::string_view key, const Args& args = {}) {
    out_ += catalog_.text(key, language_, args) + "\n";
  }
  std::string word(const std::string& key) const { return catalog_.text(key, language_); }

  void person(const PersonDecision& decided) {
    out_ += "\n";
    const std::string name = called(decided.person);
    if (name.empty()) {
      say("sheet.for_unnamed");
    } else {
      say("sheet.for", {{"name", name}});
    }
    if (!decided.anything()) return nothing(decided);
    shared(decided);
    say("sheet.whom", {{"name", recipient_.name}, {"country", country_name(recipient_.country, language_)}});
    say("sheet.why." + decision_.purpose.get());
    say("sheet.until", {{"date", day(decided.until)}});
    say("sheet.risk");
    say("sheet.risk.general");
    std::string country = recipient_.country;
    std::transform(country.begin(), country.end(), country.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    // A country that joins later brings its policy first; until its own sentence is written, the general ones
    // stand.
    if (catalog_.has("sheet.risk." + country, language_)) say("sheet.risk." + country);
    say("sheet.risk.child");
    say("sheet.choices");
    say("sheet.choices.list");
    say("sheet.stop");
    say("sheet.stop.list");
    say("sheet.question");
  }

  void nothing(const PersonDecision& decided) {
    say("sheet.nothing");
    const RuleText* rule = policies_.rule(decided.categories.front().rule);
    if (rule == nullptr) return;
    const std::string base = base_language(language_);
    const std::string& reason = base == "fr" ? rule->fr : (base == "es" ? rule->es : rule->en);
    say("sheet.nothing_because", {{"reason", reason}});
  }

  void shared(const PersonDecision& decided) {
    say("sheet.what");
    for (const CategoryDecision& each : decided.categories) {
      if (each.level == Level::withheld) continue;
      say("sheet.line",
          {{"category", word("sheet.category." + each.category.get())}, {"level", level(each)}});
    }
    const bool all = std::none_of(decided.categories.begin(), decided.categories.end(),
                                  [](const CategoryDecision& each) { return each.level == Level::withheld; });
    if (all) return;
    say("sheet.not");
    for (const CategoryDecision& each : decided.categories) {
      if (each.level != Level::withheld) continue;
      say("sheet.line_plain", {{"category", word("sheet.category." + each.category.get())}});
    }
  }

  // A person who chose single fields hears which.
  std::string level(const CategoryDecision& decided) const {
    if (decided.level != Level::full || decided.fields.empty())
      return word("sheet.level." + std::string(to_string(decided.level)));
    std::string fields;
    for (const std::string& path : decided.fields) {
      fields.append(fields.empty() ? "" : ", ").append(title_of(path, decided.category));
    }
    return catalog_.text("sheet.level.some", language_, {{"fields", fields}});
  }

  // A chosen path has no list positions (family/relatives/name). What the schema does not know goes by what
  // it stands in: nothing that would be shared is left unsaid.
  std::string title_of(std::string_view path, const Category& category) const {
    std::string title = word("sheet.category." + category.get());
    const SchemaNode* node = canonical_.at("/persons/*");
    while (node != nullptr && !path.empty()) {
      const std::string_view token = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(token.size() + 1, path.size()));
      node = node->property(token);
      if (node != nullptr && !node->title(language_).empty()) title = node->title(language_);
      while (node != nullptr && node->items() != nullptr) node = node->items();
    }
    return title;
  }

  std::string called(const PersonId& id) const {
    const JsonValue* person = referral_.person(id);
    const JsonValue* identity = person == nullptr ? nullptr : member(*person, "identity");
    return identity == nullptr ? std::string() : for_display(text_at(*identity, "called_name"));
  }

  // The day on the receiver's calendar: the earlier one for whoever listens further east.
  std::string day(Instant until) const {
    const auto date = civil_date_in(until, recipient_.time_zone);
    return format_date_long(date ? *date : civil_date_utc(until), language_);
  }

  const Decision& decision_;
  const Referral& referral_;
  const Member& recipient_;
  const Policies& policies_;
  const Schema& canonical_;
  const LanguageTag& language_;
  const Catalog& catalog_;
  std::string out_;
};

}  // namespace

std::string sheet_text(const Decision& decision, const Referral& referral, const Member& recipient,
                       const Policies& policies, const Schema& canonical, const LanguageTag& language,
                       const Catalog& catalog) {
  return Sheet(decision, referral, recipient, policies, canonical, language, catalog).text();
}

}  // namespace hotline
