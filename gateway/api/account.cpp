#include "gateway/exchange/account_of.h"

#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

JsonValue line_json(const AccountLine& line, Json::AllocatorType& allocator) {
  const AccountEntry& entry = line.entry;
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "referral", line.referral.get(), allocator);
  set_text(out, "to", line.to.get(), allocator);
  set_text(out, "name", entry.recipient, allocator);
  set_text(out, "country", entry.country, allocator);
  set_text(out, "sent", format_instant(entry.when), allocator);
  set_text(out, "until", format_instant(entry.until), allocator);
  JsonValue shares(rapidjson::kArrayType);
  for (const auto& each : entry.shares) {
    if (each.level == Level::withheld) continue;
    JsonValue share(rapidjson::kObjectType);
    set_text(share, "category", each.category.get(), allocator);
    set_text(share, "level", to_string(each.level), allocator);
    shares.PushBack(share, allocator);
  }
  set_member(out, "shares", std::move(shares), allocator);
  JsonValue taken(rapidjson::kArrayType);
  for (const auto& at : entry.taken_at) taken.PushBack(make_text(format_instant(at), allocator), allocator);
  set_member(out, "taken", std::move(taken), allocator);
  JsonValue stories(rapidjson::kArrayType);
  for (const auto& at : entry.story_opened_at)
    stories.PushBack(make_text(format_instant(at), allocator), allocator);
  set_member(out, "narrative_opened", std::move(stories), allocator);
  if (entry.stopped_at) set_text(out, "stopped", format_instant(*entry.stopped_at), allocator);
  if (entry.erased_at) set_text(out, "erased", format_instant(*entry.erased_at), allocator);
  return out;
}

}  // namespace

// The person's own account. In the language asked for, else in that of the text that the person agreed to.
Reply get_account(const ApiContext& context, const Call& call) {
  const auto account = account_of(context.exchange, ConsentId(call.id));
  if (!account) return problem(context, call, account.error());
  const auto wanted = call.request.query_value("lang");
  const auto language = pick_language(wanted.empty() ? account->language.get() : std::string(wanted),
                                      context.catalog.languages());
  std::vector<AccountEntry> entries;
  for (const auto& line : account->lines) entries.push_back(line.entry);
  std::string text = account_text(
      std::move(entries), {context.exchange.clock.now(), account->time_zone, language, context.catalog});
  const auto* accept = call.request.header("accept");
  Reply reply = json_reply(200, {});
  if (accept != nullptr && accept->find("text/plain") != std::string::npos) {
    reply.content_type = "text/plain; charset=utf-8";
    reply.body = std::move(text);
  } else {
    Json out(rapidjson::kObjectType);
    auto& allocator = out.GetAllocator();
    set_text(out, "consent_id", call.id, allocator);
    set_text(out, "language", language.get(), allocator);
    JsonValue lines(rapidjson::kArrayType);
    for (const auto& line : account->lines) lines.PushBack(line_json(line, allocator), allocator);
    set_member(out, "disclosures", std::move(lines), allocator);
    set_text(out, "text", text, allocator);
    reply.body = to_text(out);
  }
  reply.headers.emplace_back("Content-Language", language.get());
  return reply;
}

}  // namespace hotline
