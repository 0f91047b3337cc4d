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
        const LanguageTag& language, const Catalog& catalog)
      : decision_(decision),
        referral_(referral),
        recipient_(recipient),
        policies_(policies),
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
      const bool some = each.level == Level::full && !each.fields.empty();
      say("sheet.line",
          {{"category", word("sheet.category." + each.category.get())},
           {"level", word("sheet.level." + std::string(some ? "some" : to_string(each.level)))}});
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
  const LanguageTag& language_;
  const Catalog& catalog_;
  std::string out_;
};

}  // namespace

std::string sheet_text(const Decision& decision, const Referral& referral, const Member& recipient,
                       const Policies& policies, const LanguageTag& language, const Catalog& catalog) {
  return Sheet(decision, referral, recipient, policies, language, catalog).text();
}

}  // namespace hotline
