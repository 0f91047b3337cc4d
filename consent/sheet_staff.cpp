#include "consent/sheet_staff.h"

#include <optional>

#include "i18n/clock_words.h"
#include "i18n/dates.h"
#include "i18n/hygiene.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

class StaffPart {
 public:
  StaffPart(const PersonId& id, const SheetInputs& inputs, const LanguageTag& language, Instant now)
      : id_(id), person_(inputs.referral.person(id)), in_(inputs), language_(language), now_(now) {}

  SheetPart make() {
    part_.heading = word("sheet.staff");
    safe_contact();
    if (somebody_else_called()) say("sheet.staff.caller");
    interpreter();
    if (in_.referral.persons().Size() > 1) say("sheet.staff.alone");
    say("sheet.staff.paper");
    say("sheet.draft");
    return std::move(part_);
  }

 private:
  std::string word(std::string_view key, const Args& args = {}) const {
    return in_.catalog.text(key, language_, args);
  }
  void say(std::string_view key, const Args& args = {}) { part_.blocks.push_back({word(key, args), {}}); }

  const JsonValue* section(std::string_view name) const {
    return person_ == nullptr ? nullptr : member(*person_, name);
  }

  // A neighbour, a teacher, another person of the record: what was told is not theirs to hear.
  bool somebody_else_called() const {
    const JsonValue* caller = member(in_.referral.json(), "caller");
    if (caller == nullptr) return false;
    if (const std::string_view who = text_at(*caller, "person"); !who.empty()) return who != id_.get();
    const JsonValue* relation = member(*caller, "relation");
    const std::string_view code = relation == nullptr ? std::string_view() : text_at(*relation, "code");
    return !code.empty() && code.substr(0, 4) != "self" && code != "not_specified";
  }

  void safe_contact() {
    const JsonValue* contact = section("contact");
    const JsonValue* safe = contact == nullptr ? nullptr : member(*contact, "safe_contact");
    if (safe == nullptr) return say("sheet.safe.none");
    say("sheet.safe.only_when");
    const std::string_view allowed = text_at(*safe, "contact_allowed");
    const bool never = allowed != "yes" && allowed != "person_will_contact";
    const bool over = ended(*safe, "safe_until") || ended(*safe, "recheck_at");
    if (over) {
      const char* which = ended(*safe, "safe_until") ? "safe_until" : "recheck_at";
      say(std::string("sheet.safe.over.") + which,
          moment(*parse_instant(text_at(*safe, which)), zone(*safe)));
    }
    // A yes ends with its hours; a no does not.
    if (never) say("sheet.safe.no");
    if (!never && !(over && allowed == "yes")) say("sheet.safe." + std::string(allowed));
    // Hours and ways beside "do not contact" would read as leave to do so.
    if (!never && !over) {
      windows(*safe);
      channels(*safe);
    }
    // Unknown is treated as yes.
    if (text_at(*safe, "device_monitored") != "no") say("sheet.safe.device");
    if (const std::string words = for_display(text_at(*safe, "say_we_are")); !words.empty())
      say("sheet.safe.say_we_are", {{"words", words}});
    if (const std::string_view then = text_at(*safe, "someone_else_answers"); !then.empty())
      say("sheet.safe.someone_else." + std::string(then));
    until(*safe);
  }

  void windows(const JsonValue& safe) {
    const JsonValue* list = member(safe, "windows");
    if (list == nullptr || !list->IsArray() || list->Empty()) return;
    SheetBlock block{word("sheet.safe.windows"), {}};
    for (const JsonValue& each : list->GetArray()) block.items.push_back(window(each));
    part_.blocks.push_back(std::move(block));
  }

  std::string window(const JsonValue& each) const {
    const auto daily = parse_window(text_at(each, "from"), text_at(each, "to"));
    const std::string zone = for_display(city_of_zone(text_at(each, "time_zone"), language_));
    if (!daily) return {};  // the schema lets no other hours in
    constexpr int kDay = 24 * 60;
    return word("sheet.safe.window",
                {{"days", days(each)},
                 {"from", format_time_of_day(daily->from, language_)},
                 {"to", format_time_of_day(daily->to == 0 ? kDay : daily->to, language_)},
                 {"zone", zone}});
  }

  std::string days(const JsonValue& window) const {
    const JsonValue* list = member(window, "days");
    if (list == nullptr || !list->IsArray() || list->Empty()) return word("sheet.safe.every_day");
    std::string out;
    for (const JsonValue& each : list->GetArray())
      out.append(out.empty() ? "" : ", ").append(word("sheet.safe.day." + std::string(as_text(each))));
    return out;
  }

  void channels(const JsonValue& safe) {
    const JsonValue* list = member(safe, "channels");
    if (list == nullptr || !list->IsArray() || list->Empty()) return;
    std::string names;
    for (const JsonValue& each : list->GetArray()) {
      names.append(names.empty() ? "" : ", ")
          .append(word("sheet.safe.channel." + std::string(text_at(each, "code"))));
    }
    say("sheet.safe.channels", {{"channels", names}});
  }

  void until(const JsonValue& safe) {
    if (const auto at = parse_instant(text_at(safe, "safe_until")); at && *at > now_)
      say("sheet.safe.until", moment(*at, zone(safe)));
  }

  bool ended(const JsonValue& safe, std::string_view which) const {
    const auto at = parse_instant(text_at(safe, which));
    return at && *at <= now_;
  }

  // The clock that the person's own hours are told by; else the only one that nobody can mistake.
  static std::string zone(const JsonValue& safe) {
    const JsonValue* windows = member(safe, "windows");
    if (windows != nullptr && windows->IsArray()) {
      for (const JsonValue& each : windows->GetArray()) {
        if (is_time_zone(text_at(each, "time_zone"))) return std::string(text_at(each, "time_zone"));
      }
    }
    return "UTC";
  }

  // A day alone would mislead: at half past midnight in UTC it is still the day before in Chicago.
  Args moment(Instant at, const std::string& zone) const {
    const auto date = civil_date_in(at, zone);
    const auto minute = minute_of_day_in(at, zone);
    return {{"date", date ? format_date_long(*date, language_) : ""},
            {"time", minute ? format_time_of_day(*minute, language_) : ""},
            {"zone", city_of_zone(zone, language_)}};
  }

  // Who needs somebody between them and this text: they asked for it, or it is in no language of theirs.
  void interpreter() {
    const JsonValue* languages = section("languages");
    if (languages == nullptr) return;
    std::string tag;
    const JsonValue* wish = member(*languages, "interpreter");
    const JsonValue* needed = wish == nullptr ? nullptr : member(*wish, "needed");
    if (needed != nullptr && needed->IsTrue()) tag = std::string(text_at(*wish, "language"));
    if (const std::string preferred(text_at(*languages, "preferred"));
        tag.empty() && !preferred.empty() &&
        base_language(LanguageTag(preferred)) != base_language(language_))
      tag = preferred;
    if (!tag.empty()) say("sheet.safe.interpreter", {{"language", name_of(LanguageTag(tag))}});
  }

  // Languages that the library has no name for, or only their family's (zai is not any Zapotec), are ours.
  std::string name_of(const LanguageTag& tag) const {
    const std::string own = "language." + base_language(tag);
    return in_.catalog.has(own, language_) ? word(own) : language_name(tag, language_);
  }

  const PersonId& id_;
  const JsonValue* person_;
  const SheetInputs& in_;
  const LanguageTag& language_;
  Instant now_;
  SheetPart part_;
};

}  // namespace

SheetPart staff_part(const PersonId& person, const SheetInputs& inputs, const LanguageTag& language,
                     Instant now) {
  return StaffPart(person, inputs, language, now).make();
}

}  // namespace hotline
