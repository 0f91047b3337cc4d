#include "gateway/exchange/inbox.h"

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

Result<Translation> translate(const ExchangeContext& context, const std::string& payload,
                              const LanguageTag& language, InboxRecord& out) {
  auto body = parse_json(payload, {4u << 20, 64});
  if (!body) return fail(std::move(body.error()));
  const auto* disclosed = member(*body, "referral");
  if (disclosed == nullptr) return fail(ErrorCode::store_corrupt);
  Json document;
  document.CopyFrom(*disclosed, document.GetAllocator());
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

struct Plan {
  std::optional<ReferralRow> row;
  std::optional<ControlParcel> message;
};

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
  auto message =
      make_control(context, *row, {MessageKind::status, ReferralStatus::acknowledged, {}, {}, {}}, now);
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
  auto held = what_is_held(context, id);
  if (!held) return fail(std::move(held.error()));
  InboxRecord out;
  out.item = std::move(held->item);
  out.referral = std::move(held->referral);
  if (!held->payload) return out;
  const auto& wanted = language.get().empty() ? context.language : language;
  auto translation = translate(context, *held->payload, wanted, out);
  if (!translation) return fail(std::move(translation.error()));
  const Instant now = context.clock.now();
  LogDetail detail;
  detail.referral(id).message(out.item.message).peer(out.item.sender).actor(client).at(now);
  // A record that cannot be logged as read is not shown.
  auto logged = context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.append(LogKind::read, detail, now);
    return {};
  });
  if (!logged) return fail(std::move(logged.error()));
  if (context.shadow != nullptr) context.shadow->exported(translation->referral, wanted, translation->report);
  return out;
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
