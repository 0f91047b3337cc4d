#include "gateway/api/replies.h"

#include "gateway/exchange/recall.h"
#include "gateway/http/problem.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

std::string_view accept_language(const Call& call) {
  const auto* field = call.request.header("accept-language");
  return field == nullptr ? std::string_view{} : std::string_view(*field);
}

}  // namespace

Reply json_reply(int status, std::string body) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = std::move(body);
  reply.headers = {{"Cache-Control", "no-store"}};
  return reply;
}

Reply json_reply(const Answer& answer) {
  return json_reply(answer.status, answer.body);
}

Reply problem(const ApiContext& context, const Call& call, const Error& error) {
  // A record in a hotline's own form has other names: what the canonical record does not know stays a
  // pointer.
  const auto title_of = [&](std::string_view pointer, const LanguageTag& language) {
    const SchemaNode* field = context.exchange.schema.at(pointer);
    return std::string(field == nullptr ? std::string_view() : field->title(language));
  };
  return problem_reply(error, context.catalog, accept_language(call), title_of);
}

Reply problem_with(const ApiContext& context, const Call& call, const Error& error,
                   std::string_view member_name, const std::string& member_json) {
  Reply reply = problem(context, call, error);
  reply.body.pop_back();  // the closing brace
  reply.body.append(",\"").append(member_name).append("\":").append(member_json).append("}");
  return reply;
}

LanguageTag language_of(const Call& call) {
  return pick_language(accept_language(call), {LanguageTag("en"), LanguageTag("fr"), LanguageTag("es")});
}

void add_notice(JsonValue& out, const ApiContext& context, const Call& call, const ReferralRow& row,
                Json::AllocatorType& allocator) {
  const ReferralStatus status = shown_status(row);
  std::string_view code;
  if (status == ReferralStatus::withdrawn_by_person) code = "withdrawn";
  if (status == ReferralStatus::revoked_by_sender) code = "recalled";
  if (status == ReferralStatus::expired) code = "expired";
  if (code.empty()) return;
  JsonValue notice(rapidjson::kObjectType);
  set_text(notice, "code", code, allocator);
  const std::string key = "notice." + (row.hold.empty() ? std::string(code) : row.hold);
  set_text(notice, "text", context.catalog.text(key, language_of(call)), allocator);
  set_member(out, "notice", std::move(notice), allocator);
}

void add_next(Reply& reply, std::string_view path, std::int64_t cursor) {
  reply.headers.emplace_back(
      "Link", '<' + std::string(path) + "?cursor=" + std::to_string(cursor) + ">; rel=\"next\"");
}

}  // namespace hotline
