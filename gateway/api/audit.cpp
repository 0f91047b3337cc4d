#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/api/views.h"

namespace hotline {
namespace {

constexpr std::size_t kPage = 200;

std::string entries_body(const std::vector<StoredEntry>& entries, std::uint64_t size) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (const auto& entry : entries) list.PushBack(entry_json(entry, allocator), allocator);
  set_member(out, "entries", std::move(list), allocator);
  set_member(out, "size", JsonValue(size), allocator);
  return to_text(out);
}

}  // namespace

Reply list_entries(const ApiContext& context, const Call& call) {
  std::uint64_t from = 0;
  if (const auto cursor = call.request.query_value("cursor"); !cursor.empty()) {
    const auto number = parse_number(cursor);
    if (!number) return problem(context, call, Error{ErrorCode::value_not_allowed, {}, "cursor", {}});
    from = static_cast<std::uint64_t>(*number);
  }
  std::vector<StoredEntry> entries;
  std::uint64_t size = 0;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    entries = reader.log_entries(from, kPage);
    size = reader.log_size();
    return {};
  });
  if (!read) return problem(context, call, read.error());
  Reply reply = json_reply(200, entries_body(entries, size));
  const auto next = from + entries.size();
  if (!entries.empty() && next < size) add_next(reply, "/v1/audit/entries", static_cast<std::int64_t>(next));
  return reply;
}

Reply get_exchange(const ApiContext& context, const Call& call) {
  std::vector<StoredEntry> entries;
  std::uint64_t size = 0;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    entries = reader.log_entries_of(ReferralId(call.id));
    size = reader.log_size();
    if (entries.empty()) return fail(ErrorCode::not_found);
    return {};
  });
  if (!read) return problem(context, call, read.error());
  return json_reply(200, entries_body(entries, size));
}

Reply get_checkpoint(const ApiContext& context, const Call& call) {
  std::optional<std::string> head;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    head = reader.signed_head();
    if (!head) return fail(ErrorCode::not_found);
    return {};
  });
  if (!read) return problem(context, call, read.error());
  Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(*head);
  reply.headers = {{"Cache-Control", "max-age=5"}};
  return reply;
}

}  // namespace hotline
