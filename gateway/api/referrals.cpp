#include <algorithm>
#include <chrono>

#include "gateway/api/alarms.h"
#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/api/views.h"
#include "gateway/exchange/recall.h"
#include "gateway/exchange/send.h"
#include "gateway/exchange/stages.h"
#include "gateway/exchange/status.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

constexpr std::size_t kPage = 50;

Submission submission_of(const Call& call) {
  Submission submission{call.body,
                        call.client,
                        MemberId(std::string(call.request.query_value("to"))),
                        Purpose(std::string(call.request.query_value("purpose"))),
                        std::string(call.request.query_value("attestation")),
                        call.key,
                        ReferralId(std::string(call.request.query_value("onward_of")))};
  // What is no stage to begin with is refused as one.
  const auto stage = call.request.query_value("stage");
  if (!stage.empty() && stage != "whole") submission.stage = stage_from(stage).value_or(Stage::complete);
  return submission;
}

Reply refused(const ApiContext& context, const Call& call, const SendRefused& refusal) {
  if (refusal.decision.empty()) return problem(context, call, refusal.error);
  return problem_with(context, call, refusal.error, "decision", refusal.decision);
}

std::string with_receipts(const ApiContext& context, std::string body,
                          const std::vector<MessageId>& messages) {
  Json receipts(rapidjson::kArrayType);
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& message : messages) {
      const auto row = reader.receipt(message);
      if (row) receipts.PushBack(receipt_json(*row, receipts.GetAllocator()), receipts.GetAllocator());
    }
    return {};
  });
  if (!read || receipts.Empty()) return body;
  body.pop_back();
  body.append(",\"receipts\":").append(to_text(receipts)).append("}");
  return body;
}

// What is due goes out in this very thread; who asked to wait is told when the peer's word is there.
Reply delivered(const ApiContext& context, int seconds, Sent sent) {
  std::vector<MessageId> messages;
  for (const auto& job : sent.jobs) messages.push_back(job.message);
  const bool all = context.outbox.deliver_and_wait(std::move(sent.jobs), std::chrono::seconds(seconds));
  Reply reply = json_reply(all ? 200 : 202, with_receipts(context, std::move(sent.answer.body), messages));
  if (all) reply.headers.emplace_back("Preference-Applied", "wait=" + std::to_string(seconds));
  return reply;
}

struct Story {
  ReferralRow row;
  std::vector<TimelineRow> timeline;
  std::vector<OutboxRow> messages;
  std::vector<ReceiptRow> receipts;
  std::vector<DeadlineRow> deadlines;
};

// What waits while it is held under duress looks cancelled, as it would be after the code word.
std::vector<OutboxRow> as_shown(std::vector<OutboxRow> messages, const ReferralRow& referral) {
  for (auto& row : messages) {
    const bool waits = row.kind == MessageKind::referral && row.state == OutboxState::queued;
    if (referral.hold != kForcedHold || !waits) continue;
    row.state = OutboxState::cancelled;
    row.sealed = PayloadId();
  }
  return messages;
}

Result<Story> story_of(const ApiContext& context, const ReferralId& id) {
  Story story;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    auto row = reader.referral(id);
    if (!row) return fail(ErrorCode::not_found);
    story.row = std::move(*row);
    story.timeline = reader.timeline(id);
    story.messages = as_shown(reader.outbox_of(id), story.row);
    story.receipts = reader.receipts_of(id);
    story.deadlines = reader.deadlines_of(id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return story;
}

// `contact`: what was found about the plan that came with a change.
Reply story_reply(const ApiContext& context, const Call& call, const ReferralId& id,
                  const ContactChecked* contact = nullptr) {
  const auto story = story_of(context, id);
  if (!story) return problem(context, call, story.error());
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  if (auto first = add_alarms(out, context, call, allocator); !first)
    return problem(context, call, first.error());
  if (contact != nullptr)
    set_member(out, "contact", contact_json(*contact, context, call, allocator), allocator);
  JsonValue row = referral_json(story->row, allocator);
  for (auto& each : row.GetObject()) out.AddMember(each.name, each.value, allocator);
  if (!story->deadlines.empty())
    set_member(out, "deadlines", deadlines_json(story->deadlines, allocator), allocator);
  set_member(out, "timeline", timeline_json(story->timeline, allocator), allocator);
  set_member(out, "messages", messages_json(story->messages, allocator), allocator);
  JsonValue receipts(rapidjson::kArrayType);
  for (const auto& receipt : story->receipts) receipts.PushBack(receipt_json(receipt, allocator), allocator);
  set_member(out, "receipts", std::move(receipts), allocator);
  add_notice(out, context, call, story->row, allocator);
  Reply reply = json_reply(200, to_text(out));
  reply.headers.emplace_back("ETag", '"' + std::to_string(story->row.version) + '"');
  return reply;
}

Result<Instant> time_in(const JsonValue& handover, const char* name) {
  const std::string pointer = std::string("/warm_handover/") + name;
  const auto* said = member(handover, name);
  if (said == nullptr) return Instant{};
  auto at = parse_instant(as_text(*said));
  return at ? std::move(at) : fail(ErrorCode::date_impossible, pointer);
}

// {"state": "agreed", "from", "until"}: both times or none.
Result<void> read_handover(const JsonValue& said, StatusWish& wish) {
  if (!said.IsObject()) return fail(ErrorCode::type_mismatch, "/warm_handover", "object");
  for (const auto& item : said.GetObject()) {
    const auto name = as_text(item.name);
    if (name != "state" && name != "from" && name != "until")
      return fail(ErrorCode::field_unknown, pointer_join("/warm_handover", name));
    if (!item.value.IsString())
      return fail(ErrorCode::type_mismatch, pointer_join("/warm_handover", name), "string");
  }
  if (text_at(said, "state") != "agreed")
    return fail(ErrorCode::code_unknown, "/warm_handover/state", "agreed");
  if ((member(said, "from") == nullptr) != (member(said, "until") == nullptr))
    return fail(ErrorCode::field_missing, "/warm_handover", "from and until");
  const auto from = time_in(said, "from");
  if (!from) return fail(from.error());
  const auto until = time_in(said, "until");
  if (!until) return fail(until.error());
  wish.handover = true;
  wish.handover_from = *from;
  wish.handover_until = *until;
  return {};
}

// A change of state, a plan to contact the person, or both.
struct Change {
  std::optional<StatusWish> wish;
  const JsonValue* contact = nullptr;
};

Result<StatusWish> read_wish(const Call& call);

Result<Change> read_change(const Call& call) {
  if (!call.body.IsObject()) return fail(ErrorCode::type_mismatch, {}, "object");
  Change change;
  change.contact = member(call.body, "contact");
  if (change.contact != nullptr && call.body.MemberCount() == 1) return change;
  auto wish = read_wish(call);
  if (!wish) return fail(std::move(wish.error()));
  change.wish = std::move(*wish);
  return change;
}

Result<StatusWish> read_wish(const Call& call) {
  for (const auto& item : call.body.GetObject()) {
    const auto name = as_text(item.name);
    if (name == "contact" || name == "warm_handover") continue;
    if (name != "status" && name != "reason" && name != "next_option") {
      return fail(ErrorCode::field_unknown, pointer_join("", name));
    }
    if (!item.value.IsString()) return fail(ErrorCode::type_mismatch, pointer_join("", name), "string");
  }
  if (member(call.body, "status") == nullptr) return fail(ErrorCode::field_missing, "/status", "status");
  StatusWish wish;
  const auto status = referral_status_from(text_at(call.body, "status"));
  if (!status) return fail(ErrorCode::code_unknown, "/status", "referral_status");
  wish.status = *status;
  if (member(call.body, "reason") != nullptr) {
    const auto reason = control_reason_from(text_at(call.body, "reason"));
    if (!reason) return fail(ErrorCode::code_unknown, "/reason", "reason");
    wish.reason = *reason;
  }
  wish.next_option = MemberId(std::string(text_at(call.body, "next_option")));
  if (const auto* said = member(call.body, "warm_handover")) {
    if (auto read = read_handover(*said, wish); !read) return fail(std::move(read.error()));
  }
  if (const auto* match = call.request.header("if-match"); match != nullptr && *match != "*") {
    // What is no ETag of ours matches nothing.
    wish.if_version = parse_etag(*match).value_or(-1);
  }
  return wish;
}

Reply unsafe(const ApiContext& context, const Call& call, const ContactChecked& checked) {
  const auto first = std::find_if(checked.findings.begin(), checked.findings.end(),
                                  [](const ContactFinding& each) { return each.refuses; });
  Json shown(rapidjson::kObjectType);
  static_cast<JsonValue&>(shown) = contact_json(checked, context, call, shown.GetAllocator());
  return problem_with(
      context, call,
      Error{ErrorCode::refused_by_policy, first->pointer, "safe_contact." + std::string(first->code), {}},
      "contact", to_text(shown));
}

// The sheet's media type when the client asks for one before it asks for JSON; "" otherwise.
std::string_view sheet_type(const Call& call) {
  const auto* accept = call.request.header("accept");
  if (accept == nullptr) return {};
  std::string_view first;
  std::size_t where = accept->find("application/json");
  for (const std::string_view type : {"text/plain", "text/html"}) {
    const std::size_t at = accept->find(type);
    if (at == std::string::npos || at >= where) continue;
    where = at;
    first = type;
  }
  return first;
}

Reply sheet_reply(const ApiContext& context, const Call& call, std::string_view type) {
  LanguageTag language;
  if (const auto wanted = call.request.query_value("lang"); !wanted.empty()) {
    auto parsed = parse_language(wanted);
    if (!parsed) return problem(context, call, Error{ErrorCode::language_unknown, {}, "lang", {}});
    language = std::move(*parsed);
  }
  const auto made = preview_sheets(context.exchange, submission_of(call), context.catalog, language);
  if (!made) return refused(context, call, made.error());
  Reply reply =
      json_reply(200, type == "text/html" ? sheets_html(*made, context.catalog) : sheets_text(*made));
  reply.content_type = std::string(type) + "; charset=utf-8";
  return reply;
}

}  // namespace

namespace {

Reply sent_reply(const ApiContext& context, const Call& call, Sending<Sent> sent) {
  if (!sent) return refused(context, call, sent.error());
  const std::string location = "/v1/referrals/" + sent->first.get();
  const auto* prefer = call.request.header("prefer");
  const auto wait = prefer == nullptr ? std::nullopt : parse_prefer_wait(*prefer);
  if (wait && *wait > 0) {
    Reply reply = delivered(context, *wait, std::move(*sent));
    reply.headers.emplace_back("Location", location);
    return reply;
  }
  Reply reply = json_reply(sent->answer);
  reply.headers.emplace_back("Location", location);
  context.outbox.add(std::move(sent->jobs));
  return reply;
}

}  // namespace

Reply submit_referral(const ApiContext& context, const Call& call) {
  return sent_reply(context, call, send(context.exchange, submission_of(call)));
}

Reply post_stage(const ApiContext& context, const Call& call) {
  return sent_reply(
      context, call,
      complete_referral(context.exchange, {call.body, call.client, ReferralId(call.id), call.key}));
}

Reply preview_referral(const ApiContext& context, const Call& call) {
  const std::string_view type = sheet_type(call);
  if (!type.empty()) return sheet_reply(context, call, type);
  const auto shown = preview(context.exchange, submission_of(call));
  return shown ? json_reply(*shown) : refused(context, call, shown.error());
}

Reply get_referral(const ApiContext& context, const Call& call) {
  return story_reply(context, call, ReferralId(call.id));
}

Reply list_referrals(const ApiContext& context, const Call& call) {
  std::optional<Instant> before;
  if (const auto cursor = call.request.query_value("cursor"); !cursor.empty()) {
    const auto number = parse_number(cursor);
    if (!number) return problem(context, call, Error{ErrorCode::value_not_allowed, {}, "cursor", {}});
    before = Instant{*number};
  }
  std::vector<ReferralRow> rows;
  auto read = context.exchange.store.read([&](const Reader& reader) -> Result<void> {
    rows = reader.referrals(before, kPage + 1);
    return {};
  });
  if (!read) return problem(context, call, read.error());
  const bool more = rows.size() > kPage;
  if (more) rows.pop_back();
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  if (auto first = add_alarms(out, context, call, allocator); !first)
    return problem(context, call, first.error());
  JsonValue list(rapidjson::kArrayType);
  for (const auto& row : rows) {
    JsonValue item = referral_json(row, allocator);
    add_notice(item, context, call, row, allocator);
    list.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(list), allocator);
  Reply reply = json_reply(200, to_text(out));
  if (more) add_next(reply, "/v1/referrals", rows.back().created.ms);
  return reply;
}

Reply set_status(const ApiContext& context, const Call& call) {
  auto change = read_change(call);
  if (!change) return problem(context, call, change.error());
  const ReferralId id(call.id);
  std::optional<ContactChecked> contact;
  if (change->contact != nullptr) {
    // Before anything is said to anybody: what is not safe is not planned.
    auto checked = check_plan(context.exchange, id, *change->contact, call.client);
    if (!checked) return problem(context, call, checked.error());
    if (checked->refused()) return unsafe(context, call, *checked);
    contact = std::move(*checked);
  }
  if (change->wish) {
    if (contact) change->wish->contact = std::string(contact->verdict());
    auto changed = change_status(context.exchange, id, *change->wish, call.client);
    if (!changed) return problem(context, call, changed.error());
    context.outbox.add(std::move(changed->jobs));
  }
  return story_reply(context, call, id, contact ? &*contact : nullptr);
}

}  // namespace hotline
