#include "gateway/api/alarms.h"

#include <algorithm>

#include "gateway/api/api.h"
#include "gateway/api/replies.h"

namespace hotline {
namespace {

JsonValue call_json(const Member& peer, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "name", peer.name, allocator);
  set_text(out, "phone", peer.phone, allocator);
  return out;
}

JsonValue alarm_json(const Alarm& alarm, const ApiContext& context, const LanguageTag& language,
                     Json::AllocatorType& allocator) {
  const bool ours = alarm.row.direction == Direction::inbound;
  const Member* peer = context.exchange.registry.find(alarm.row.peer);
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "referral", alarm.row.id.get(), allocator);
  set_text(out, "direction", ours ? "inbound" : "outbound", allocator);
  set_text(out, "peer", alarm.row.peer.get(), allocator);
  JsonValue steps(rapidjson::kArrayType);
  for (const auto& each : alarm.missed) steps.PushBack(make_text(each.step, allocator), allocator);
  set_member(out, "steps", std::move(steps), allocator);
  const auto first = std::min_element(alarm.missed.begin(), alarm.missed.end(),
                                      [](const auto& a, const auto& b) { return a.due < b.due; });
  set_text(out, "since", format_instant(first->due), allocator);
  const std::string key = std::string("crisis.") + (ours ? "inbound." : "outbound.") + alarm.worst().step;
  std::string text = context.catalog.text(key, language);
  if (peer != nullptr && !peer->phone.empty()) {
    text +=
        ' ' + context.catalog.text("crisis.call", language, {{"name", peer->name}, {"phone", peer->phone}});
    set_member(out, "call", call_json(*peer, allocator), allocator);
  }
  set_text(out, "text", text, allocator);
  return out;
}

std::string_view state_of(const DeadlineRow& row) {
  if (row.met.ms != 0) return row.told.ms != 0 ? "late" : "met";
  return row.told.ms != 0 ? "missed" : "open";
}

}  // namespace

Result<void> add_alarms(JsonValue& out, const ApiContext& context, const Call& call,
                        Json::AllocatorType& allocator) {
  std::vector<Alarm> all;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    all = alarms(reader, context.exchange.clock.now());
    return {};
  });
  if (!read) return read;
  if (all.empty()) return {};
  JsonValue list(rapidjson::kArrayType);
  const LanguageTag language = language_of(call);
  for (const auto& each : all) list.PushBack(alarm_json(each, context, language, allocator), allocator);
  set_member(out, "alarms", std::move(list), allocator);
  return {};
}

JsonValue deadlines_json(const std::vector<DeadlineRow>& rows, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  for (const auto& row : rows) {
    // What waits for no time is shown once it is missed.
    if (row.due.ms == INT64_MAX) continue;
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "step", row.step, allocator);
    set_text(item, "due", format_instant(row.due), allocator);
    set_text(item, "state", state_of(row), allocator);
    list.PushBack(item, allocator);
  }
  return list;
}

JsonValue contact_json(const ContactChecked& checked, const ApiContext& context, const Call& call,
                       Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "verdict", checked.verdict(), allocator);
  JsonValue findings(rapidjson::kArrayType);
  for (const auto& each : checked.findings) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "code", each.code, allocator);
    set_text(item, "pointer", each.pointer, allocator);
    set_member(item, "refuses", JsonValue(each.refuses), allocator);
    set_text(item, "text", context.catalog.text("contact." + std::string(each.code), language_of(call)),
             allocator);
    if (!each.allowed.IsNull()) set_member(item, "allowed", JsonValue(each.allowed, allocator), allocator);
    findings.PushBack(item, allocator);
  }
  set_member(out, "findings", std::move(findings), allocator);
  return out;
}

}  // namespace hotline
