#include "gateway/exchange/inbox.h"

#include <algorithm>

#include "gateway/exchange/control.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/settle.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

// The newest thing that has arrived on a referral.
std::optional<InboxRow> newest(const Reader& reader, const ReferralId& id) {
  auto rows = reader.inbox_of(id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.back());
}

struct Held {
  InboxRow item;
  ReferralRow referral;
  std::optional<std::string> payload;
};

Result<Held> what_is_held(const ExchangeContext& context, const ReferralId& id) {
  Held held;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    auto item = newest(reader, id);
    auto referral = reader.referral(id);
    if (!item || !referral) return fail(ErrorCode::not_found);
    held.item = std::move(*item);
    held.referral = std::move(*referral);
    if (held.item.state == InboxState::waiting && held.referral.hold.empty())
      held.payload = reader.payload(held.item.canonical);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return held;
}

struct Translation {
  Referral referral;
  MappingReport report;
};

Narratives narratives_of(const JsonValue& referral, bool open) {
  Narratives out;
  const auto* told = member(referral, "narratives");
  if (told == nullptr || !told->IsArray()) return out;
  out.count = told->Size();
  out.open = open && out.count > 0;
  for (const auto& each : told->GetArray()) {
    std::string language(text_at(each, "language"));
    const bool known = std::find(out.languages.begin(), out.languages.end(), language) != out.languages.end();
    if (!known) out.languages.push_back(std::move(language));
  }
  return out;
}

Result<Translation> translate(const ExchangeContext& context, const std::string& payload,
                              const LanguageTag& language, bool open, InboxRecord& out) {
  auto body = parse_json(payload, {4u << 20, 64});
  if (!body) return fail(std::move(body.error()));
  const auto* disclosed = member(*body, "referral");
  if (disclosed == nullptr) return fail(ErrorCode::store_corrupt);
  Json document;
  document.CopyFrom(*disclosed, document.GetAllocator());
  out.narratives = narratives_of(document, open);
  if (!open) document.RemoveMember("narratives");
  add_local_windows(document, context.self.time_zone, context.clock.now());
  auto referral = Referral::from(std::move(document), context.schema);
  if (!referral) return fail(std::move(referral.error()));
  out.canonical = to_text(referral->json());
  auto national = context.profile.from_canonical(*referral, language);
  if (!national) return fail(std::move(national.error()));
  out.record = to_text(national->record);
  out.report = to_text(national->report.to_json());
  return Translation{std::move(*referral), std::move(national->report)};
}

const LanguageTag& wanted_language(const ExchangeContext& context, const LanguageTag& language) {
  return language.get().empty() ? context.language : language;
}

// Another version of our profile compares what it would have made of it.
void look_on(const ExchangeContext& context, const LanguageTag& language, const Translation& made) {
  if (context.shadow != nullptr)
    context.shadow->exported(made.referral, wanted_language(context, language), made.report);
}

struct ReadHeld {
  InboxRecord record;
  std::optional<Translation> translation;  // nothing: nothing is held
};

Result<ReadHeld> read_held(const ExchangeContext& context, const ReferralId& id, const LanguageTag& language,
                           bool open) {
  auto held = what_is_held(context, id);
  if (!held) return fail(std::move(held.error()));
  ReadHeld out;
  out.record.item = std::move(held->item);
  out.record.referral = std::move(held->referral);
  if (!held->payload) return out;
  auto translation = translate(context, *held->payload, wanted_language(context, language), open, out.record);
  if (!translation) return fail(std::move(translation.error()));
  out.translation = std::move(*translation);
  return out;
}

struct Plan {
  std::optional<ReferralRow> row;
  std::optional<ControlParcel> message;
};

// Taken back while it was being read: then nothing is shown.
Result<Plan> plan_opening(const ExchangeContext& context, std::optional<ReferralRow> row, bool opens,
                          Instant now) {
  if (!row || row->direction != Direction::inbound) return fail(ErrorCode::not_found);
  if (!row->hold.empty()) return fail(ErrorCode::state_conflict, {}, row->hold);
  if (is_over(row->status)) return fail(ErrorCode::state_conflict, {}, "nothing_held");
  if (!opens) return Plan{};
  ++row->version;
  ++row->sent_sequence;
  auto message = make_control(
      context, *row, {MessageKind::status, row->status, ControlReason::narrative_opened, {}, {}}, now);
  if (!message) return fail(std::move(message.error()));
  return Plan{std::move(row), std::move(*message)};
}

LogDetail reading_of(const InboxRow& item, const std::string& client, Instant now) {
  LogDetail detail;
  detail.referral(item.referral).message(item.message).peer(item.sender).actor(client).at(now);
  return detail;
}

std::string acknowledged_body(const ReferralId& id) {
  Json out(rapidjson::kObjectType);
  set_text(out, "id", id.get(), out.GetAllocator());
  set_text(out, "state", "acknowledged", out.GetAllocator());
  return to_text(out);
}

Result<Plan> plan_acknowledgement(const ExchangeContext& context, std::optional<ReferralRow> row,
                                  Instant now) {
  if (!row || row->direction != Direction::inbound) return fail(ErrorCode::not_found);
  if (!row->hold.empty()) return fail(ErrorCode::state_conflict, {}, row->hold);
  if (!may_follow(row->status, ReferralStatus::acknowledged) || row->status == ReferralStatus::acknowledged) {
    return Plan{};  // accepted before it was taken, say: then the sender knows more already
  }
  row->status = ReferralStatus::acknowledged;
  row->updated = now;
  ++row->version;
  ++row->sent_sequence;
  auto message = make_control(
      context, *row,
      {MessageKind::status, ReferralStatus::acknowledged, ControlReason::taken_by_system, {}, {}}, now);
  if (!message) return fail(std::move(message.error()));
  return Plan{std::move(row), std::move(*message)};
}

// True when there was something to take.
Result<bool> hand_over(Transaction& transaction, const ReferralId& id, const std::string& client,
                       Instant now) {
  auto item = newest(transaction, id);
  if (!item) return fail(ErrorCode::not_found);
  if (item->state == InboxState::acknowledged) return false;
  if (item->state != InboxState::waiting) return fail(ErrorCode::state_conflict, {}, "nothing_held");
  transaction.destroy(item->canonical, Destroy::soon);
  transaction.destroy(item->national, Destroy::soon);
  item->canonical = item->national = PayloadId();
  item->state = InboxState::acknowledged;
  transaction.put(*item);
  LogDetail detail;
  detail.referral(id).message(item->message).peer(item->sender).actor(client).at(now);
  transaction.append(LogKind::ack, detail, now);
  return true;
}

}  // namespace

Result<InboxPage> inbox_page(const ExchangeContext& context, std::int64_t after, std::size_t limit) {
  InboxPage page;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    page.items = reader.inbox_waiting(after, limit + 1);
    for (const auto& item : page.items) {
      page.referrals.push_back(reader.referral(item.referral).value_or(ReferralRow{}));
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (page.items.size() > limit) {
    page.items.pop_back();
    page.referrals.pop_back();
    // The first page is ordered by urgency; what follows is whatever lies behind its highest cursor.
    for (const auto& item : page.items) page.next = std::max(page.next, item.cursor);
  }
  return page;
}

Result<InboxRecord> read_inbox(const ExchangeContext& context, const ReferralId& id,
                               const LanguageTag& language, const std::string& client) {
  auto read = read_held(context, id, language, false);
  if (!read) return fail(std::move(read.error()));
  if (!read->translation) return std::move(read->record);
  const Instant now = context.clock.now();
  const LogDetail detail = reading_of(read->record.item, client, now);
  // A record that cannot be logged as read is not shown.
  auto logged = context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.append(LogKind::read, detail, now);
    return {};
  });
  if (!logged) return fail(std::move(logged.error()));
  look_on(context, language, *read->translation);
  return std::move(read->record);
}

Result<OpenedRecord> open_narratives(const ExchangeContext& context, const ReferralId& id,
                                     std::string_view reason, const LanguageTag& language,
                                     const std::string& client) {
  const auto& reasons = context.policies.base().opening_reasons;
  const bool known = std::any_of(reasons.begin(), reasons.end(),
                                 [&](const OpeningReason& each) { return each.reason == reason; });
  if (!known) {
    std::string allowed;
    for (const OpeningReason& each : reasons) allowed += (allowed.empty() ? "" : ", ") + each.reason;
    return fail(ErrorCode::value_not_allowed, "/reason", allowed);
  }
  auto read = read_held(context, id, language, true);
  if (!read) return fail(std::move(read.error()));
  if (!read->translation) return fail(ErrorCode::state_conflict, {}, "nothing_held");
  const Instant now = context.clock.now();
  OpenedRecord opened{std::move(read->record), {}};
  LogDetail detail = reading_of(opened.record.item, client, now);
  if (opened.record.narratives.open) detail.code("narrative", "opened").code("reason", reason);
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) {
        return plan_opening(context, std::move(row), opened.record.narratives.open, now);
      },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        transaction.append(LogKind::read, detail, now);
        if (!prepared.row) return {};
        transaction.put(*prepared.row);
        put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  if (plan->message) opened.jobs.push_back(job_of(std::move(*plan->message)));
  look_on(context, language, *read->translation);
  return opened;
}

Result<Acknowledged> acknowledge(const ExchangeContext& context, const ReferralId& id,
                                 const std::string& client, const std::optional<WriteKey>& key) {
  const Instant now = context.clock.now();
  Acknowledged done;
  done.answer = {200, acknowledged_body(id)};
  const KeptAnswer kept(context.store, key, done.answer, now);
  auto plan = settle(
      context.store, id,
      [&](std::optional<ReferralRow> row) { return plan_acknowledgement(context, std::move(row), now); },
      [&](Transaction& transaction, Plan& prepared) -> Result<void> {
        auto taken = hand_over(transaction, id, client, now);
        if (!taken) return fail(std::move(taken.error()));
        kept.put(transaction);
        if (!*taken || !prepared.row) return {};
        transaction.put(*prepared.row);
        put(transaction, *prepared.message);
        return {};
      });
  if (!plan) return fail(std::move(plan.error()));
  crash_point(CrashPoint::ack_committed);
  if (plan->message) done.jobs.push_back(job_of(std::move(*plan->message)));
  return done;
}

}  // namespace hotline
