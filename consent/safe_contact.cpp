#include "consent/safe_contact.h"

#include <algorithm>
#include <array>

#include "i18n/dates.h"

namespace hotline {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<const char*, 8> kCopied = {"contact_allowed", "device_monitored", "safe_until",
                                                "recheck_at",      "voicemail",        "text",
                                                "email",           "caller_id"};
// What is written to the person's device and may be read there by somebody else.
constexpr std::array<std::string_view, 6> kWritten = {"text_sms", "whatsapp",     "web_chat",
                                                      "email",    "social_media", "mail"};

JsonValue codes_of(const JsonValue& safe, const char* name, Json::AllocatorType& allocator) {
  JsonValue codes(rapidjson::kArrayType);
  const JsonValue* list = member(safe, name);
  if (list == nullptr || !list->IsArray()) return codes;
  for (const JsonValue& each : list->GetArray())
    codes.PushBack(make_text(text_at(each, "code"), allocator), allocator);
  return codes;
}

JsonValue windows_of(const JsonValue& safe, Json::AllocatorType& allocator) {
  JsonValue windows(rapidjson::kArrayType);
  const JsonValue* list = member(safe, "windows");
  if (list == nullptr || !list->IsArray()) return windows;
  for (const JsonValue& each : list->GetArray()) {
    JsonValue window(rapidjson::kObjectType);
    if (const JsonValue* days = member(each, "days"))
      set_member(window, "days", JsonValue(*days, allocator), allocator);
    for (const char* name : {"from", "to", "time_zone"})
      set_text(window, name, text_at(each, name), allocator);
    windows.PushBack(window, allocator);
  }
  return windows;
}

JsonValue rules_of(const JsonValue& safe, Json::AllocatorType& allocator) {
  JsonValue rules(rapidjson::kObjectType);
  for (const char* name : kCopied) {
    if (member(safe, name) != nullptr) set_text(rules, name, text_at(safe, name), allocator);
  }
  set_member(rules, "channels", codes_of(safe, "channels", allocator), allocator);
  set_member(rules, "never_contact", codes_of(safe, "never_contact", allocator), allocator);
  set_member(rules, "windows", windows_of(safe, allocator), allocator);
  const JsonValue* interpreter = member(safe, "interpreter");
  if (interpreter != nullptr && flag_at(*interpreter, "needed"))
    set_member(rules, "interpreter", JsonValue(true), allocator);
  return rules;
}

const JsonValue* safe_contact_of(const JsonValue& person) {
  const JsonValue* contact = member(person, "contact");
  const JsonValue* safe = contact == nullptr ? nullptr : member(*contact, "safe_contact");
  return safe != nullptr && safe->IsObject() && !safe->ObjectEmpty() ? safe : nullptr;
}

template <class List>
bool holds(const List& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool lists(const JsonValue& rules, const char* name, std::string_view code) {
  const JsonValue* list = member(rules, name);
  return list != nullptr && list->IsArray() &&
         std::any_of(list->Begin(), list->End(),
                     [&](const JsonValue& each) { return as_text(each) == code; });
}

// The spans of one window around the plan; none when it cannot be read.
void add_spans(const JsonValue& window, const ContactPlan& plan, std::vector<Span>& spans) {
  const auto daily = parse_window(text_at(window, "from"), text_at(window, "to"));
  if (!daily) return;
  std::vector<int> days;
  if (const JsonValue* named = member(window, "days"); named != nullptr && named->IsArray()) {
    for (const JsonValue& each : named->GetArray()) {
      const auto* const found = std::find(kDays.begin(), kDays.end(), as_text(each));
      if (found == kDays.end()) return;
      days.push_back(static_cast<int>(found - kDays.begin()));
    }
  }
  const auto found = window_spans(*daily, days, text_at(window, "time_zone"), plan.from, plan.to);
  if (found) spans.insert(spans.end(), found->begin(), found->end());
}

// Every moment of the plan lies in one of the windows; two that touch are as good as one.
bool lies_inside(const JsonValue& windows, const ContactPlan& plan) {
  std::vector<Span> spans;
  for (const JsonValue& each : windows.GetArray()) add_spans(each, plan, spans);
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  Instant covered = plan.from;
  for (const Span& span : spans) {
    if (span.from <= covered) covered = std::max(covered, span.to);
  }
  return plan.to <= covered;
}

class Check {
 public:
  Check(const JsonValue& rules, const ContactPlan& plan, Instant now)
      : rules_(rules), plan_(plan), now_(now) {}

  std::vector<ContactFinding> run() {
    if (!may_begin()) return std::move(findings_);
    still_holds("safe_until", "rules_ended");
    still_holds("recheck_at", "recheck_due");
    channel();
    times();
    left_behind("voicemail", plan_.voicemail, "voicemail_not_safe");
    left_behind("text", plan_.text, "text_not_safe");
    written();
    watched();
    caller_id();
    if (flag_at(rules_, "interpreter") && !plan_.interpreter)
      find("interpreter_needed", "interpreter", Json().SetBool(true));
    return std::move(findings_);
  }

 private:
  void find(std::string_view code, std::string_view member, const JsonValue& allowed, bool refuses = true) {
    ContactFinding found;
    found.code = code;
    found.pointer = pointer_join("/contact", member);
    found.refuses = refuses;
    found.allowed.CopyFrom(allowed, found.allowed.GetAllocator());
    findings_.push_back(std::move(found));
  }
  void find(std::string_view code, std::string_view at, std::string_view allowed) {
    Json value;
    static_cast<JsonValue&>(value) = make_text(allowed, value.GetAllocator());
    find(code, at, value);
  }
  const JsonValue& list(const char* name) const {
    static const JsonValue kNone(rapidjson::kArrayType);
    const JsonValue* found = member(rules_, name);
    return found != nullptr && found->IsArray() ? *found : kNone;
  }
  const char* time_member() const { return plan_.to.ms - plan_.from.ms == 1 ? "at" : "window"; }

  // Without a yes, nobody begins; the rest does not matter then.
  bool may_begin() {
    const std::string_view said = text_at(rules_, "contact_allowed", "no");
    if (said == "yes") return true;
    const bool theirs = said == "person_will_contact";
    if (theirs) {
      find("person_will_contact", "who", "person");
    } else {
      find("contact_not_allowed", "who", JsonValue());
    }
    return false;
  }

  void still_holds(const char* name, std::string_view code) {
    const std::string_view said = text_at(rules_, name);
    if (said.empty()) return;
    const auto end = parse_instant(said);
    // Any moment of the plan may be the one; what cannot be read ends nothing later than now.
    if (!end || now_ >= *end || plan_.to.ms - 1 >= end->ms) find(code, time_member(), said);
  }

  void channel() {
    if (!lists(rules_, "channels", plan_.channel)) find("channel_not_safe", "channel", list("channels"));
    // Nobody is reached through the police: that is for the person to begin.
    const bool police = plan_.through == "law_enforcement";
    if (police || (!plan_.through.empty() && lists(rules_, "never_contact", plan_.through)))
      find("never_contact", "through", JsonValue());
  }

  void times() {
    const JsonValue& windows = list("windows");
    if (windows.Empty()) return find("times_not_known", time_member(), JsonValue(), false);
    if (!lies_inside(windows, plan_)) find("outside_safe_times", time_member(), windows);
  }

  // no is what counts when nobody asked.
  void left_behind(const char* name, bool planned, std::string_view code) {
    const std::string_view said = text_at(rules_, name, "no");
    if (!planned || said == "yes" || (said == "vague_only" && plan_.vague)) return;
    find(code, name, said);
  }

  // The channel itself is written: it is listed, and what was said of it beside that counts too.
  void written() {
    const char* name = plan_.channel == "text_sms" ? "text" : plan_.channel == "email" ? "email" : nullptr;
    if (name == nullptr) return;
    const std::string_view said = text_at(rules_, name, "yes");
    if (said == "yes" || (said == "vague_only" && plan_.vague)) return;
    find(plan_.channel == "email" ? "email_not_safe" : "text_not_safe", "channel", said);
  }

  // Unknown is treated as yes: somebody else may read or hear what is left there.
  void watched() {
    if (text_at(rules_, "device_monitored") == "no" || plan_.vague) return;
    if (plan_.voicemail || plan_.text || holds(kWritten, plan_.channel))
      find("device_watched", "vague", Json().SetBool(true));
  }

  void caller_id() {
    constexpr std::array<std::string_view, 3> kMore = {"blocked", "neutral_label", "shown"};
    const std::string_view said = text_at(rules_, "caller_id", "blocked");
    const auto* const most = std::find(kMore.begin(), kMore.end(), said);
    const auto* const wanted = std::find(kMore.begin(), kMore.end(), plan_.caller_id);
    if (wanted > most) find("caller_id_not_safe", "caller_id", said);
  }

  const JsonValue& rules_;
  const ContactPlan& plan_;
  const Instant now_;
  std::vector<ContactFinding> findings_;
};

// What is safe was agreed to and comes with a later stage: until then nobody is contacted.
bool follows_later(const JsonValue& person) {
  const JsonValue* marks = member(person, "withheld");
  return marks != nullptr && marks->IsArray() &&
         std::any_of(marks->Begin(), marks->End(), [](const JsonValue& each) {
           return text_at(each, "category") == "contact" && text_at(each, "reason") == "follows_later";
         });
}

}  // namespace

JsonValue safe_contacts(const JsonValue& record, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  const JsonValue* persons = member(record, "persons");
  if (persons == nullptr || !persons->IsArray()) return list;
  for (const JsonValue& person : persons->GetArray()) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "person", text_at(person, "id"), allocator);
    const JsonValue* contact = member(person, "contact");
    const JsonValue* safe = contact == nullptr ? nullptr : member(*contact, "safe_contact");
    if (safe == nullptr || !safe->IsObject()) {
      set_text(item, "contact_allowed", "no", allocator);
      if (follows_later(person)) set_text(item, "reason", "follows_later", allocator);
    } else {
      for (const auto& each : safe->GetObject())
        set_member(item, as_text(each.name), JsonValue(each.value, allocator), allocator);
    }
    list.PushBack(item, allocator);
  }
  return list;
}

Json contact_rules(const JsonValue& record, const std::vector<std::string>& ids) {
  Json rules(rapidjson::kObjectType);
  auto& allocator = rules.GetAllocator();
  const JsonValue* persons = member(record, "persons");
  if (persons == nullptr || !persons->IsArray()) return rules;
  for (rapidjson::SizeType i = 0; i < persons->Size(); ++i) {
    const JsonValue& person = (*persons)[i];
    const JsonValue* safe = safe_contact_of(person);
    const std::string_view id =
        ids.size() == persons->Size() ? std::string_view(ids[i]) : text_at(person, "id");
    set_member(rules, id, safe == nullptr ? JsonValue() : rules_of(*safe, allocator), allocator);
  }
  return rules;
}

std::vector<ContactFinding> check_contact(const JsonValue* rules, const ContactPlan& plan, Instant now) {
  if (plan.who == "person") return {};  // they decide when and how
  if (rules != nullptr && rules->IsObject()) return Check(*rules, plan, now).run();
  std::vector<ContactFinding> unknown(1);
  unknown.front().code = "rules_not_known";
  unknown.front().pointer = "/contact";
  unknown.front().refuses = false;
  return unknown;
}

bool is_refused(const std::vector<ContactFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const ContactFinding& each) { return each.refuses; });
}

}  // namespace hotline
