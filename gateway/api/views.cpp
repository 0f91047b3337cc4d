#include "gateway/api/views.h"

#include "gateway/crypto/digest.h"
#include "gateway/exchange/recall.h"

namespace hotline {
namespace {

std::string_view to_text_code(OutboxState state) {
  switch (state) {
    case OutboxState::queued:
      return "queued";
    case OutboxState::delivered:
      return "delivered";
    case OutboxState::failed:
      return "failed";
    case OutboxState::expired:
      return "expired";
    case OutboxState::cancelled:
      return "cancelled";
  }
  return "queued";
}

// What the receipt's token says, for readers; the token itself is the proof.
void add_receipt_claims(JsonValue& out, const std::string& token, Json::AllocatorType& allocator) {
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  if (first == std::string::npos || second == std::string::npos) return;
  const auto payload = from_base64url(std::string_view(token).substr(first + 1, second - first - 1));
  if (!payload) return;
  const auto claims = parse_json(*payload);
  if (!claims) return;
  for (const char* name : {"sealed_sha256", "log_index", "leaf_hash", "result"}) {
    if (const auto* value = member(*claims, name))
      set_member(out, name, JsonValue(*value, allocator), allocator);
  }
}

}  // namespace

JsonValue handover_json(const ReferralRow& row, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "state", row.handover, allocator);
  if (row.handover_from.ms != 0) set_text(out, "from", format_instant(row.handover_from), allocator);
  if (row.handover_until.ms != 0) set_text(out, "until", format_instant(row.handover_until), allocator);
  return out;
}

JsonValue referral_json(const ReferralRow& row, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "id", row.id.get(), allocator);
  set_text(out, "direction", row.direction == Direction::outbound ? "outbound" : "inbound", allocator);
  set_text(out, "peer", row.peer.get(), allocator);
  set_text(out, "state", to_string(shown_status(row)), allocator);
  if (!row.hold.empty() && row.hold != kForcedHold) set_text(out, "hold", row.hold, allocator);
  if (!row.onward_of.get().empty()) set_text(out, "onward_of", row.onward_of.get(), allocator);
  if (!row.stage.empty()) set_text(out, "stage", row.stage, allocator);
  if (!row.handover.empty()) set_member(out, "warm_handover", handover_json(row, allocator), allocator);
  set_text(out, "urgency", row.urgency, allocator);
  set_text(out, "purpose", row.purpose, allocator);
  set_text(out, "created", format_instant(row.created), allocator);
  set_text(out, "updated", format_instant(row.updated), allocator);
  set_text(out, "until", format_instant(row.until), allocator);
  set_member(out, "version", JsonValue(row.version), allocator);
  JsonValue consents(rapidjson::kArrayType);
  for (const auto& consent : row.consents) consents.PushBack(make_text(consent.get(), allocator), allocator);
  set_member(out, "consents", std::move(consents), allocator);
  return out;
}

JsonValue timeline_json(const std::vector<TimelineRow>& rows, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kArrayType);
  for (const auto& row : rows) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "state", to_string(row.status), allocator);
    set_text(item, "at", format_instant(row.at), allocator);
    set_text(item, "by", row.by.get(), allocator);
    if (row.reason != ControlReason::none) set_text(item, "reason", to_string(row.reason), allocator);
    if (!row.next_option.get().empty()) set_text(item, "next_option", row.next_option.get(), allocator);
    if (!row.message.get().empty()) set_text(item, "message", row.message.get(), allocator);
    out.PushBack(item, allocator);
  }
  return out;
}

JsonValue messages_json(const std::vector<OutboxRow>& rows, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kArrayType);
  for (const auto& row : rows) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "message", row.message.get(), allocator);
    set_text(item, "kind", to_string(row.kind), allocator);
    set_text(item, "state", to_text_code(row.state), allocator);
    set_member(item, "attempts", JsonValue(row.attempts), allocator);
    set_text(item, "next_attempt", format_instant(row.next_attempt), allocator);
    if (!row.last_error.empty()) set_text(item, "last_error", row.last_error, allocator);
    set_text(item, "sealed_sha256", row.sealed_sha256, allocator);
    set_member(item, "held", JsonValue(!row.sealed.get().empty()), allocator);
    out.PushBack(item, allocator);
  }
  return out;
}

JsonValue receipt_json(const ReceiptRow& row, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "referral", row.referral.get(), allocator);
  set_text(out, "message", row.message.get(), allocator);
  set_text(out, "from", row.from.get(), allocator);
  set_text(out, "at", format_instant(row.at), allocator);
  set_member(out, "verified", JsonValue(true), allocator);  // none is stored before it is
  add_receipt_claims(out, row.token, allocator);
  set_text(out, "token", row.token, allocator);
  return out;
}

JsonValue entry_json(const StoredEntry& entry, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_member(out, "index", JsonValue(entry.index), allocator);
  if (const auto parsed = LogEntry::parse(entry.entry)) {
    set_text(out, "kind", to_string(parsed->kind), allocator);
    set_text(out, "hour", parsed->hour, allocator);
    set_text(out, "commitment", parsed->commitment, allocator);
  }
  if (entry.detail) {
    if (const auto detail = parse_json(*entry.detail)) {
      set_member(out, "detail", JsonValue(*detail, allocator), allocator);
    }
  }
  return out;
}

}  // namespace hotline
