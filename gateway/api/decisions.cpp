#include "gateway/exchange/decisions.h"

#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/exchange/explain.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

// ?lang= before Accept-Language, among those that the gateway speaks.
LanguageTag reader_of(const Call& call) {
  const auto wanted = call.request.query_value("lang");
  if (wanted.empty()) return language_of(call);
  return pick_language(wanted, {LanguageTag("en"), LanguageTag("fr"), LanguageTag("es")});
}

}  // namespace

// What is said is made of ids, codes and instants of the log: nobody's data is in it.
Reply get_decision(const ApiContext& context, const Call& call) {
  const auto past = past_decision(context.exchange, call.id);
  if (!past) return problem(context, call, past.error());
  const auto language = reader_of(call);
  Json out = explained(past->decision, context.exchange.policies, context.catalog, language);
  auto& allocator = out.GetAllocator();
  set_text(out, "id", past->id, allocator);
  set_text(out, "replay", to_string(past->replay), allocator);
  set_text(out, "replay_sentence",
           context.catalog.text("explain.again." + std::string(to_string(past->replay)), language),
           allocator);
  set_member(out, "log_index", JsonValue(past->log_index), allocator);
  const auto* accept = call.request.header("accept");
  Reply reply = json_reply(200, to_text(out));
  if (accept != nullptr && accept->find("text/plain") != std::string::npos) {
    reply.body = explained_text(out, to_string(past->replay), context.catalog, language);
    reply.content_type = "text/plain; charset=utf-8";
  }
  reply.headers.emplace_back("Content-Language", language.get());
  return reply;
}

}  // namespace hotline
