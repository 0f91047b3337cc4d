#include "gateway/exchange/inbox.h"
#include "consent/safe_contact.h"

#include "gateway/api/alarms.h"
#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/api/views.h"
#include "gateway/exchange/recall.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

constexpr std::size_t kPage = 50;

std::string_view code_of(InboxState state) {
  switch (state) {
    case InboxState::waiting:
      return "waiting";
    case InboxState::acknowledged:
      return "acknowledged";
    case InboxState::returned:
      return "returned";
    case InboxState::expired:
      return "expired";
    case InboxState::purged:
      return "purged";
  }
  return "waiting";
}

JsonValue item_json(const ApiContext& context, const Call& call, const InboxRow& item,
                    const ReferralRow& referral, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "id", item.referral.get(), allocator);
  set_text(out, "message", item.message.get(), allocator);
  set_text(out, "from", item.sender.get(), allocator);
  set_text(out, "received", format_instant(item.received), allocator);
  set_text(out, "until", format_instant(item.until), allocator);
  set_text(out, "urgency", referral.urgency, allocator);
  set_member(out, "crisis", JsonValue(item.priority == 0), allocator);
  set_text(out, "state", code_of(item.state), allocator);
  set_text(out, "referral_state", to_string(shown_status(referral)), allocator);
  if (!referral.stage.empty()) {
    JsonValue stage(rapidjson::kObjectType);
    set_text(stage, "code", referral.stage, allocator);
    set_text(stage, "text", context.catalog.text("stage." + referral.stage, language_of(call)), allocator);
    set_member(out, "stage", std::move(stage), allocator);
  }
  if (!referral.handover.empty())
    set_member(out, "warm_handover", handover_json(referral, allocator), allocator);
  add_notice(out, context, call, referral, allocator);
  return out;
}

// What is safe, before anything else of the record.
std::string safe_contact_first(std::string item, const std::string& canonical) {
  const auto record = canonical.empty() ? Result<Json>(Json(rapidjson::kObjectType)) : parse_json(canonical);
  if (!record) return item;  // we wrote it ourselves a moment ago
  Json out(rapidjson::kArrayType);
  const std::string first = to_text(safe_contacts(*record, out.GetAllocator()));
  return "{\"safe_contact\":" + first + "," + item.substr(1);
}

const std::string& sentence(const RuleText& rule, const LanguageTag& language) {
  if (language.get() == "fr") return rule.fr;
  return language.get() == "es" ? rule.es : rule.en;
}

// That there are some, in which languages, and for which reasons they are opened.
std::string narratives_json(const ApiContext& context, const Call& call, const Narratives& narratives) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_member(out, "count", JsonValue(std::uint64_t{narratives.count}), allocator);
  JsonValue languages(rapidjson::kArrayType);
  for (const auto& each : narratives.languages) languages.PushBack(make_text(each, allocator), allocator);
  set_member(out, "languages", std::move(languages), allocator);
  set_member(out, "open", JsonValue(narratives.open), allocator);
  if (narratives.count == 0 || narratives.open) return to_text(out);
  const auto language = language_of(call);
  set_text(out, "notice", context.catalog.text("narratives.notice", language), allocator);
  JsonValue reasons(rapidjson::kArrayType);
  for (const auto& each : context.exchange.policies.base().opening_reasons) {
    const auto* rule = context.exchange.policies.rule(each.id);
    JsonValue reason(rapidjson::kObjectType);
    set_text(reason, "code", each.reason, allocator);
    if (rule != nullptr) set_text(reason, "text", sentence(*rule, language), allocator);
    reasons.PushBack(reason, allocator);
  }
  set_member(out, "reasons", std::move(reasons), allocator);
  return to_text(out);
}

// The parts are JSON already; they are put together without being written anew.
std::string with_parts(std::string item, const InboxRecord& record, const std::string& narratives) {
  item = safe_contact_first(std::move(item), record.canonical);
  item.pop_back();
  item += ",\"held\":";
  item += record.record.empty() ? "false" : "true";
  if (!record.record.empty()) {
    item.append(",\"narratives\":").append(narratives);
    item.append(",\"record\":").append(record.record);
    item.append(",\"report\":").append(record.report);
    item.append(",\"canonical\":").append(record.canonical);
  }
  item += '}';
  return item;
}

}  // namespace

Reply list_inbox(const ApiContext& context, const Call& call) {
  std::int64_t after = 0;
  if (const auto cursor = call.request.query_value("cursor"); !cursor.empty()) {
    const auto number = parse_number(cursor);
    if (!number) return problem(context, call, Error{ErrorCode::value_not_allowed, {}, "cursor", {}});
    after = *number;
  }
  const auto page = inbox_page(context.exchange, after, kPage);
  if (!page) return problem(context, call, page.error());
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  if (auto first = add_alarms(out, context, call, allocator); !first)
    return problem(context, call, first.error());
  JsonValue items(rapidjson::kArrayType);
  for (std::size_t i = 0; i < page->items.size(); ++i) {
    items.PushBack(item_json(context, call, page->items[i], page->referrals[i], allocator), allocator);
  }
  set_member(out, "items", std::move(items), allocator);
  Reply reply = json_reply(200, to_text(out));
  if (page->next != 0) add_next(reply, "/v1/inbox", page->next);
  return reply;
}

namespace {

Result<LanguageTag> wanted_language(const Call& call) {
  const auto wanted = call.request.query_value("lang");
  if (wanted.empty()) return LanguageTag();
  auto parsed = parse_language(wanted);
  if (!parsed) return fail(ErrorCode::language_unknown, {}, "lang");
  return parsed;
}

Reply record_reply(const ApiContext& context, const Call& call, const InboxRecord& record) {
  Json out;
  static_cast<JsonValue&>(out) = item_json(context, call, record.item, record.referral, out.GetAllocator());
  return json_reply(200, with_parts(to_text(out), record, narratives_json(context, call, record.narratives)));
}

}  // namespace

Reply get_inbox_item(const ApiContext& context, const Call& call) {
  const auto language = wanted_language(call);
  if (!language) return problem(context, call, language.error());
  const auto record = read_inbox(context.exchange, ReferralId(call.id), *language, call.client);
  return record ? record_reply(context, call, *record) : problem(context, call, record.error());
}

Reply open_item_narratives(const ApiContext& context, const Call& call) {
  const auto language = wanted_language(call);
  if (!language) return problem(context, call, language.error());
  const auto* reason = call.body.IsObject() ? member(call.body, "reason") : nullptr;
  if (reason == nullptr || !reason->IsString())
    return problem(context, call, Error{ErrorCode::field_missing, "/reason", "reason", {}});
  if (call.body.MemberCount() != 1)
    return problem(context, call, Error{ErrorCode::field_unknown, {}, "reason", {}});
  auto opened =
      open_narratives(context.exchange, ReferralId(call.id), as_text(*reason), *language, call.client);
  if (!opened) return problem(context, call, opened.error());
  context.outbox.add(std::move(opened->jobs));
  return record_reply(context, call, opened->record);
}

Reply acknowledge_item(const ApiContext& context, const Call& call) {
  auto done = acknowledge(context.exchange, ReferralId(call.id), call.client, call.key);
  if (!done) return problem(context, call, done.error());
  context.outbox.add(std::move(done->jobs));
  return json_reply(done->answer);
}

}  // namespace hotline
