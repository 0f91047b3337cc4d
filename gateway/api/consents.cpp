#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/exchange/grants.h"
#include "gateway/exchange/recall.h"

namespace hotline {

Reply post_consent(const ApiContext& context, const Call& call) {
  const auto answer = record_consent(context.exchange, call.body, call.client, call.key);
  return answer ? json_reply(*answer) : problem(context, call, answer.error());
}

Reply get_consent(const ApiContext& context, const Call& call) {
  const auto view = view_consent(context.exchange, ConsentId(call.id));
  if (!view) return problem(context, call, view.error());
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  const auto& newest = view->history.back();
  set_text(out, "consent_id", newest.id.get(), allocator);
  set_text(out, "state", newest.state, allocator);
  if (newest.until.ms != 0) set_text(out, "until", format_instant(newest.until), allocator);
  JsonValue history(rapidjson::kArrayType);
  for (const auto& row : view->history) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "state", row.state, allocator);
    set_text(item, "at", format_instant(row.at), allocator);
    history.PushBack(item, allocator);
  }
  set_member(out, "history", std::move(history), allocator);
  JsonValue referrals(rapidjson::kArrayType);
  for (const auto& row : view->referrals) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "id", row.id.get(), allocator);
    set_text(item, "to", row.peer.get(), allocator);
    set_text(item, "state", to_string(row.status), allocator);
    referrals.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(referrals), allocator);
  return json_reply(200, to_text(out));
}

Reply post_withdrawal(const ApiContext& context, const Call& call) {
  auto recalled = withdraw_consent(context.exchange, ConsentId(call.id), call.client, call.key);
  if (!recalled) return problem(context, call, recalled.error());
  context.outbox.add(std::move(recalled->jobs));
  return json_reply(recalled->answer);
}

Reply post_attestation(const ApiContext& context, const Call& call) {
  const auto answer = attest(context.exchange, call.body, call.client, call.key);
  return answer ? json_reply(*answer) : problem(context, call, answer.error());
}

}  // namespace hotline
