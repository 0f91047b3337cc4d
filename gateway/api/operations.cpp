#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/exchange/crisis.h"

namespace hotline {
namespace {

std::string gauge(std::string_view name, std::string_view label, std::int64_t value) {
  return std::string(name) + "{state=\"" + std::string(label) + "\"} " + std::to_string(value) + '\n';
}

bool wants_openmetrics(const Call& call) {
  const auto* accept = call.request.header("accept");
  return accept != nullptr && accept->find("application/openmetrics-text") != std::string::npos;
}

}  // namespace

Reply get_openapi(const ApiContext& context, const Call&) {
  Reply reply = json_reply(200, context.openapi);
  reply.headers = {{"Cache-Control", "max-age=300"}};
  return reply;
}

Reply get_health(const ApiContext&, const Call&) {
  return json_reply(200, R"({"status":"alive"})");
}

Reply get_readiness(const ApiContext& context, const Call&) {
  const auto health = context.exchange.store.health();
  if (health.accepting) {
    // It goes on, safely; but somebody should look.
    std::string notices;
    if (context.notices) {
      for (const auto& code : context.notices()) notices += (notices.empty() ? "\"" : ",\"") + code + '"';
    }
    if (notices.empty()) return json_reply(200, R"({"status":"ready"})");
    return json_reply(200, R"({"status":"ready","notices":[)" + notices + "]}");
  }
  return json_reply(503, R"({"status":"not_ready","reason":")" + health.reason + "\"}");
}

// Where another version of our own mapping would have done otherwise; nothing runs beside it, nothing to say.
Reply get_shadow(const ApiContext& context, const Call& call) {
  const Shadow* shadow = context.exchange.shadow;
  if (shadow == nullptr) return problem(context, call, Error{ErrorCode::not_found, {}, "shadow", {}});
  return json_reply(200, to_text(shadow->to_json()));
}

Reply get_metrics(const ApiContext& context, const Call& call) {
  std::string text = context.exchange.metrics.text();
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    text += "# TYPE hotline_outbox gauge\n";
    text += gauge("hotline_outbox", "queued", reader.outbox_count(OutboxState::queued));
    text += gauge("hotline_outbox", "failed", reader.outbox_count(OutboxState::failed));
    text += "# TYPE hotline_inbox gauge\n";
    text += gauge("hotline_inbox", "waiting", reader.inbox_count(InboxState::waiting));
    text += "# TYPE hotline_crises gauge\n";
    text += gauge("hotline_crises", "alarm",
                  static_cast<std::int64_t>(alarms(reader, context.exchange.clock.now()).size()));
    text +=
        "# TYPE hotline_log_entries gauge\nhotline_log_entries " + std::to_string(reader.log_size()) + '\n';
    return {};
  });
  if (!read) return problem(context, call, read.error());
  text += "# EOF\n";
  Reply reply;
  reply.content_type = wants_openmetrics(call) ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                               : "text/plain; version=0.0.4; charset=utf-8";
  reply.body = std::move(text);
  reply.headers = {{"Cache-Control", "no-store"}};
  return reply;
}

}  // namespace hotline
