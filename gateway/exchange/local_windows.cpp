#include <array>

#include "gateway/exchange/inbox.h"
#include "i18n/dates.h"

namespace hotline {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// A window late in one zone may begin on the next day of the other.
JsonValue shifted_days(const JsonValue& days, int shift, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kArrayType);
  for (const auto& day : days.GetArray()) {
    for (std::size_t i = 0; i < kDays.size(); ++i) {
      if (as_text(day) != kDays[i]) continue;
      const auto moved = (static_cast<int>(i) + shift + 7) % 7;
      out.PushBack(make_text(kDays[static_cast<std::size_t>(moved)], allocator), allocator);
    }
  }
  return out;
}

std::optional<JsonValue> local_window(const JsonValue& window, const std::string& zone, const CivilDate& on,
                                      Json::AllocatorType& allocator) {
  const auto parsed = parse_window(text_at(window, "from"), text_at(window, "to"));
  if (!parsed) return std::nullopt;
  const auto local = convert_window(*parsed, text_at(window, "time_zone"), zone, on);
  if (!local) return std::nullopt;
  JsonValue out(rapidjson::kObjectType);
  if (const auto* days = member(window, "days"); days != nullptr && days->IsArray()) {
    set_member(out, "days", shifted_days(*days, local->days, allocator), allocator);
  }
  set_text(out, "from", format_minute(local->window.from), allocator);
  set_text(out, "to", format_minute(local->window.to), allocator);
  set_text(out, "time_zone", zone, allocator);
  return out;
}

JsonValue* child(JsonValue& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

}  // namespace

void add_local_windows(Json& referral, const std::string& zone, Instant now) {
  auto* persons = child(referral, "persons");
  if (persons == nullptr || !persons->IsArray()) return;
  auto& allocator = referral.GetAllocator();
  const CivilDate today = civil_date_utc(now);
  for (auto& person : persons->GetArray()) {
    auto* contact = child(person, "contact");
    auto* safe = contact == nullptr ? nullptr : child(*contact, "safe_contact");
    const auto* windows = safe == nullptr ? nullptr : child(*safe, "windows");
    if (windows == nullptr || !windows->IsArray()) continue;
    JsonValue local(rapidjson::kArrayType);
    for (const auto& window : windows->GetArray()) {
      if (auto one = local_window(window, zone, today, allocator)) local.PushBack(*one, allocator);
    }
    safe->RemoveMember("local_windows");
    set_member(*safe, "local_windows", std::move(local), allocator);
  }
}

}  // namespace hotline
