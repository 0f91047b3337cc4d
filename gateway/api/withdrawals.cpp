#include <algorithm>
#include <set>

#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/exchange/events.h"
#include "gateway/exchange/purges.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/words.h"

namespace hotline {
namespace {

// Texts under these names and nothing else; no body at all is an empty object.
Result<void> only_texts(const JsonValue& body, std::initializer_list<std::string_view> names) {
  if (body.IsNull()) return {};
  if (!body.IsObject()) return fail(ErrorCode::type_mismatch, {}, "object");
  for (const auto& item : body.GetObject()) {
    const auto name = as_text(item.name);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return fail(ErrorCode::field_unknown, pointer_join("", name));
    }
    constexpr rapidjson::SizeType kLongest = 200;
    if (!item.value.IsString()) return fail(ErrorCode::type_mismatch, pointer_join("", name), "string");
    if (item.value.GetStringLength() > kLongest) {
      return fail(ErrorCode::length_out_of_range, pointer_join("", name), "200");
    }
  }
  return {};
}

std::string text_or_empty(const JsonValue& body, std::string_view name) {
  return body.IsObject() ? std::string(text_at(body, name)) : std::string();
}

Reply answered(const ApiContext& context, const Call& call, Result<Recalled> recalled) {
  if (!recalled) return problem(context, call, recalled.error());
  context.outbox.add(std::move(recalled->jobs));
  return json_reply(recalled->answer);
}

bool may_attest(const ApiContext& context, const Call& call) {
  return std::any_of(context.clients.begin(), context.clients.end(), [&](const Client& client) {
    return client.id == call.client && client.may(Scope::attest);
  });
}

Reply take_step(const ApiContext& context, const Call& call, WithdrawalStep step) {
  const ConsentId id(call.id);
  WithdrawalWish wish{step, call.client, call.key};
  wish.may_decide = may_attest(context, call);
  if (call.body.IsObject() && member(call.body, "word") != nullptr) {
    return answered(context, call, withdraw_by_word(context.exchange, id, text_at(call.body, "word"), wish));
  }
  return answered(context, call, withdraw_consent(context.exchange, id, wish));
}

JsonValue outstanding_json(const Outstanding& each, Instant now, Json::AllocatorType& allocator) {
  const auto& recall = each.recall;
  JsonValue item(rapidjson::kObjectType);
  const bool theirs = recall.direction == Direction::outbound;
  set_text(item, "referral", recall.referral.get(), allocator);
  set_text(item, "recipient", theirs ? recall.peer.get() : std::string("self"), allocator);
  set_text(item, "stage", each.forced ? kConfirmed : std::string_view(recall.stage), allocator);
  set_text(item, "since", format_instant(recall.at), allocator);
  if (!recall.proof.empty()) set_text(item, "proof", recall.proof, allocator);
  set_text(item, "system", to_string(recall.system), allocator);
  set_member(item, "downstream", JsonValue(recall.downstream), allocator);
  set_member(item, "downstream_proven", JsonValue(recall.proven), allocator);
  set_member(item, "unanswered_days", JsonValue((now.ms - recall.at.ms) / 86'400'000), allocator);
  set_member(item, "escalated", JsonValue(recall.escalated), allocator);
  if (each.message) {
    set_member(item, "attempts", JsonValue(each.message->attempts), allocator);
    if (!each.message->last_error.empty()) set_text(item, "last_error", each.message->last_error, allocator);
  }
  return item;
}

// How a page of events is told.
struct Telling {
  const Catalog& catalog;
  LanguageTag language;
  std::set<ReferralId> received = {};  // those of the page's referrals that were sent to us
};

// Whoever has received a referral has to do something else than whoever sent it; and what nobody has said is
// not told as somebody's word.
std::string sentence_key(const EventRow& row, const Telling& telling) {
  const std::string plain = "event." + row.kind;
  std::string of_code = plain + '.' + row.code;
  if (!row.code.empty() && telling.catalog.has(of_code, telling.language)) return of_code;
  std::string of_side = plain + ".inbound";
  const bool ours = telling.received.contains(row.referral);
  return ours && telling.catalog.has(of_side, telling.language) ? of_side : plain;
}

// What the kind means, and the code where it is one of the closed reasons (it may also be a number of days).
void put_words(Json& item, const EventRow& row, const Telling& telling) {
  auto& allocator = item.GetAllocator();
  const auto& [catalog, language, received] = telling;
  set_text(item, "text", catalog.text(sentence_key(row, telling), language), allocator);
  const std::string reason = "reason." + row.code;
  if (catalog.has(reason, language)) set_text(item, "reason", catalog.text(reason, language), allocator);
}

Json event_json(const EventRow& row, const Telling& telling) {
  Json item(rapidjson::kObjectType);
  auto& allocator = item.GetAllocator();
  set_member(item, "id", JsonValue(row.cursor), allocator);
  set_text(item, "at", format_instant(row.at), allocator);
  set_text(item, "kind", row.kind, allocator);
  if (!row.referral.get().empty()) set_text(item, "referral", row.referral.get(), allocator);
  if (!row.consent.get().empty()) set_text(item, "consent", row.consent.get(), allocator);
  if (!row.peer.get().empty()) set_text(item, "peer", row.peer.get(), allocator);
  if (!row.code.empty()) set_text(item, "code", row.code, allocator);
  put_words(item, row, telling);
  return item;
}

// What is there, and when to come back: the stream ends, and the reader's own reconnecting goes on from its
// Last-Event-ID. No thread is held by somebody who only listens.
Reply event_stream(const EventPage& page, const Telling& telling) {
  Reply reply = json_reply(200, "retry: 2000\n\n");
  for (const auto& row : page.rows) {
    reply.body += "id: " + std::to_string(row.cursor) + "\nevent: " + row.kind +
                  "\ndata: " + to_text(event_json(row, telling)) + "\n\n";
  }
  reply.content_type = "text/event-stream";
  return reply;
}

Reply event_list(const EventPage& page, const Telling& telling) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (const auto& row : page.rows) list.PushBack(JsonValue(event_json(row, telling), allocator), allocator);
  set_member(out, "events", std::move(list), allocator);
  set_member(out, "next", JsonValue(page.next), allocator);
  return json_reply(200, to_text(out));
}

bool accepts(const Call& call, std::string_view type) {
  const auto* accept = call.request.header("accept");
  return accept != nullptr && accept->find(type) != std::string::npos;
}

}  // namespace

Reply post_withdrawal(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {"confirmation", "word"}); !good) {
    return problem(context, call, good.error());
  }
  const auto confirmation = text_or_empty(call.body, "confirmation");
  if (!confirmation.empty() && confirmation != "pending") {
    return problem(context, call, Error{ErrorCode::value_not_allowed, "/confirmation", "pending", {}});
  }
  return take_step(context, call, confirmation.empty() ? WithdrawalStep::at_once : WithdrawalStep::pending);
}

Reply confirm_withdrawal(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {"word"}); !good) return problem(context, call, good.error());
  return take_step(context, call, WithdrawalStep::confirm);
}

Reply lift_withdrawal(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {}); !good) return problem(context, call, good.error());
  return take_step(context, call, WithdrawalStep::lift);
}

Reply post_words(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {"code_word", "duress_word"}); !good) {
    return problem(context, call, good.error());
  }
  const WordsWish wish{text_or_empty(call.body, "code_word"), text_or_empty(call.body, "duress_word")};
  const auto answer = set_words(context.exchange, ConsentId(call.id), wish, call.client);
  return answer ? json_reply(*answer) : problem(context, call, answer.error());
}

Reply post_code(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {"code", "word"}); !good) return problem(context, call, good.error());
  const auto code = text_or_empty(call.body, "code");
  if (code.empty()) return problem(context, call, Error{ErrorCode::field_missing, "/code", "code", {}});
  return answered(context, call,
                  withdraw_by_code(context.exchange, code, text_or_empty(call.body, "word"), call.client));
}

Reply list_withdrawals(const ApiContext& context, const Call& call) {
  const auto all = outstanding(context.exchange);
  if (!all) return problem(context, call, all.error());
  const Instant now = context.exchange.clock.now();
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (const auto& each : *all) list.PushBack(outstanding_json(each, now, allocator), allocator);
  set_member(out, "outstanding", std::move(list), allocator);
  return json_reply(200, to_text(out));
}

Reply post_purge(const ApiContext& context, const Call& call) {
  if (auto good = only_texts(call.body, {"state"}); !good) return problem(context, call, good.error());
  const auto said = system_purge_from(text_or_empty(call.body, "state"));
  if (!said || (*said != SystemPurge::erased && *said != SystemPurge::kept_by_law)) {
    return problem(context, call, Error{ErrorCode::value_not_allowed, "/state", "erased|kept_by_law", {}});
  }
  auto done = attest_purge(context.exchange, ReferralId(call.id), *said, call.client, call.key);
  if (!done) return problem(context, call, done.error());
  context.outbox.add(std::move(done->jobs));
  return json_reply(done->answer);
}

Reply list_events(const ApiContext& context, const Call& call) {
  constexpr std::size_t kPage = 200;
  std::int64_t after = 0;
  const auto* last = call.request.header("last-event-id");
  const std::string_view cursor =
      last != nullptr ? std::string_view(*last) : call.request.query_value("cursor");
  if (!cursor.empty()) {
    const auto number = parse_number(cursor);
    if (!number) return problem(context, call, Error{ErrorCode::value_not_allowed, {}, "cursor", {}});
    after = *number;
  }
  const auto page = events_after(context.exchange.store, after, may_attest(context, call), kPage);
  if (!page) return problem(context, call, page.error());
  Telling telling{context.catalog, language_of(call)};
  auto sides = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& row : page->rows) {
      const auto referral = reader.referral(row.referral);
      if (referral && referral->direction == Direction::inbound) telling.received.insert(row.referral);
    }
    return {};
  });
  if (!sides) return problem(context, call, sides.error());
  return accepts(call, "text/event-stream") ? event_stream(*page, telling) : event_list(*page, telling);
}

}  // namespace hotline
