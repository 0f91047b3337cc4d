#include "consent/contact_plan.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "i18n/dates.h"

namespace hotline {
namespace {

constexpr std::array<std::string_view, 7> kTexts = {"person", "who",    "channel",  "through",
                                                    "at",     "window", "caller_id"};
constexpr std::array<std::string_view, 4> kFlags = {"voicemail", "text", "vague", "interpreter"};

std::string at(std::string_view name) {
  return pointer_join("/contact", name);
}

template <class List>
bool holds(const List& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_person_id(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_' || c == '.' || c == ':';
         });
}

Result<void> check_shape(const JsonValue& plan) {
  if (!plan.IsObject()) return fail(ErrorCode::type_mismatch, "/contact", "object");
  for (const auto& each : plan.GetObject()) {
    const std::string_view name = as_text(each.name);
    const bool flag = holds(kFlags, name);
    if (!flag && !holds(kTexts, name)) return fail(ErrorCode::field_unknown, at(name));
    if (flag && !each.value.IsBool()) return fail(ErrorCode::type_mismatch, at(name), "boolean");
    if (name == "window" && !each.value.IsObject()) return fail(ErrorCode::type_mismatch, at(name), "object");
    if (!flag && name != "window" && !each.value.IsString())
      return fail(ErrorCode::type_mismatch, at(name), "string");
  }
  return {};
}

Result<std::string> one_of(const JsonValue& plan, std::string_view name,
                           std::initializer_list<std::string_view> allowed) {
  const std::string_view said = text_at(plan, name);
  if (!holds(allowed, said)) return fail(ErrorCode::value_not_allowed, at(name), std::string(name));
  return std::string(said);
}

Result<std::string> code_at(const JsonValue& plan, std::string_view name) {
  const std::string_view said = text_at(plan, name);
  if (!is_code(said)) return fail(ErrorCode::value_not_allowed, at(name), std::string(name));
  return std::string(said);
}

Result<Span> read_window(const JsonValue& window) {
  const auto inside = [](std::string_view name) { return pointer_join("/contact/window", name); };
  constexpr std::array<std::string_view, 4> kMembers = {"date", "from", "to", "time_zone"};
  for (const auto& each : window.GetObject()) {
    const std::string_view name = as_text(each.name);
    if (!holds(kMembers, name)) return fail(ErrorCode::field_unknown, inside(name));
    if (!each.value.IsString()) return fail(ErrorCode::type_mismatch, inside(name), "string");
  }
  for (const std::string_view name : kMembers) {
    if (member(window, name) == nullptr) return fail(ErrorCode::field_missing, inside(name));
  }
  const auto date = parse_civil_date(text_at(window, "date"));
  if (!date || date->day == 0) return fail(ErrorCode::date_impossible, inside("date"));
  const auto daily = parse_window(text_at(window, "from"), text_at(window, "to"));
  if (!daily) return fail(ErrorCode::pattern_mismatch, inside("from"), "HH:MM");
  auto span = span_on(*date, *daily, text_at(window, "time_zone"));
  if (!span) return fail(ErrorCode::value_not_allowed, inside("time_zone"), "IANA time zone");
  return span;
}

Result<Span> read_time(const JsonValue& plan) {
  const JsonValue* window = member(plan, "window");
  if (window != nullptr && member(plan, "at") != nullptr)
    return fail(ErrorCode::value_not_allowed, "/contact/window", "at");
  if (window != nullptr) return read_window(*window);
  const auto moment = parse_instant(text_at(plan, "at"));
  if (!moment) return fail(ErrorCode::date_impossible, "/contact/at");
  return Span{*moment, Instant{moment->ms + 1}};
}

}  // namespace

Result<ContactPlan> read_contact_plan(const JsonValue& plan, Instant now) {
  if (auto shape = check_shape(plan); !shape) return fail(std::move(shape.error()));
  for (const char* name : {"who", "channel"}) {
    if (member(plan, name) == nullptr) return fail(ErrorCode::field_missing, at(name));
  }
  ContactPlan read;
  auto who = one_of(plan, "who", {"receiver", "sender", "person"});
  if (!who) return fail(std::move(who.error()));
  auto channel = code_at(plan, "channel");
  if (!channel) return fail(std::move(channel.error()));
  read.who = std::move(*who);
  read.channel = std::move(*channel);
  read.person = std::string(text_at(plan, "person"));
  if (!is_person_id(read.person)) return fail(ErrorCode::value_not_allowed, "/contact/person", "person");
  if ((read.channel == "through_third_party") != (member(plan, "through") != nullptr))
    return fail(ErrorCode::field_missing, "/contact/through");
  if (member(plan, "through") != nullptr) {
    auto through = code_at(plan, "through");
    if (!through) return fail(std::move(through.error()));
    read.through = std::move(*through);
  }
  if (member(plan, "caller_id") != nullptr) {
    auto shown = one_of(plan, "caller_id", {"blocked", "neutral_label", "shown"});
    if (!shown) return fail(std::move(shown.error()));
    read.caller_id = std::move(*shown);
  }
  read.voicemail = flag_at(plan, "voicemail");
  read.text = flag_at(plan, "text");
  read.vague = flag_at(plan, "vague");
  read.interpreter = flag_at(plan, "interpreter");
  read.timed = member(plan, "at") != nullptr || member(plan, "window") != nullptr;
  if (!read.timed && read.who == "person") return read;
  if (!read.timed) return fail(ErrorCode::field_missing, "/contact/at");
  const auto time = read_time(plan);
  if (!time) return fail(time.error());
  constexpr std::int64_t kFarthest = std::int64_t{90} * 24 * 3600;  // as long as any consent may last
  const char* pointer = member(plan, "at") != nullptr ? "/contact/at" : "/contact/window";
  if (time->to <= now || time->from > now.plus_seconds(kFarthest))
    return fail(ErrorCode::number_out_of_range, pointer, "90 days");
  read.from = time->from;
  read.to = time->to;
  return read;
}

}  // namespace hotline
