#include "gateway/seal/control_message.h"

#include "gateway/crypto/random.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxConsents = 64;
constexpr std::int64_t kMaxSequence = 1'000'000'000;
constexpr std::int64_t kMaxDownstream = 10'000;

auto refuse(const char* pointer) {
  return fail(ErrorCode::value_not_allowed, pointer);
}

JsonValue consents_json(const std::vector<ConsentId>& consents, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  for (const auto& each : consents) list.PushBack(make_text(each.get(), allocator), allocator);
  return list;
}

}  // namespace

Result<ControlMessage> ControlMessage::make(Fields fields) {
  const MessageKind kind = fields.kind;
  if (kind != MessageKind::status && kind != MessageKind::withdrawal && kind != MessageKind::purge) {
    return refuse("/kind");
  }
  if (!is_uuid(fields.referral.get())) return refuse("/referral");
  if (fields.sequence < 0 || fields.sequence > kMaxSequence) return refuse("/sequence");
  if (!fields.next_option.get().empty() && !is_member_id(fields.next_option.get()))
    return refuse("/next_option");
  if (!fields.about.get().empty() && !is_uuid(fields.about.get())) return refuse("/about");
  if (fields.consents.size() > kMaxConsents) return refuse("/consents");
  for (const auto& each : fields.consents) {
    if (!is_consent_id(each.get())) return refuse("/consents");
  }
  if (fields.proven < 0 || fields.proven > fields.downstream || fields.downstream > kMaxDownstream) {
    return refuse("/proven");
  }
  const bool accepts = kind == MessageKind::status && fields.status == ReferralStatus::accepted;
  if (fields.handover && !accepts) return refuse("/handover");
  const bool timed = fields.handover_from.ms != 0 || fields.handover_until.ms != 0;
  if (timed &&
      (!fields.handover || fields.handover_from.ms <= 0 || fields.handover_until <= fields.handover_from)) {
    return refuse("/handover_until");
  }
  const bool coded = kind == MessageKind::withdrawal && fields.reason == ControlReason::code_given;
  if (coded ? !is_sha256_hex(fields.code) : !fields.code.empty()) return refuse("/code");
  if (coded ? !is_sha256_hex(fields.word) : !fields.word.empty()) return refuse("/word");
  return ControlMessage(std::move(fields));
}

std::string ControlMessage::to_json() const {
  Json json(rapidjson::kObjectType);
  auto& allocator = json.GetAllocator();
  set_text(json, "referral", fields_.referral.get(), allocator);
  set_text(json, "status", to_string(fields_.status), allocator);
  set_member(json, "sequence", JsonValue(fields_.sequence), allocator);
  set_text(json, "reason", to_string(fields_.reason), allocator);
  set_text(json, "next_option", fields_.next_option.get(), allocator);
  set_member(json, "consents", consents_json(fields_.consents, allocator), allocator);
  set_text(json, "about", fields_.about.get(), allocator);
  set_text(json, "at", format_instant(fields_.at), allocator);
  if (fields_.kind == MessageKind::purge) {
    set_text(json, "system", to_string(fields_.system), allocator);
    set_member(json, "downstream", JsonValue(fields_.downstream), allocator);
    set_member(json, "proven", JsonValue(fields_.proven), allocator);
  }
  if (fields_.handover) {
    const auto said = [](Instant at) { return at.ms == 0 ? std::string() : format_instant(at); };
    set_text(json, "handover", "agreed", allocator);
    set_text(json, "handover_from", said(fields_.handover_from), allocator);
    set_text(json, "handover_until", said(fields_.handover_until), allocator);
  }
  if (fields_.reason == ControlReason::code_given) {
    set_text(json, "code", fields_.code, allocator);
    set_text(json, "word", fields_.word, allocator);
  }
  return to_text(json);
}

namespace {

// "" is no time.
bool read_time(const JsonValue& json, const char* name, Instant& out) {
  const JsonValue* said = member(json, name);
  if (said == nullptr || !said->IsString()) return false;
  if (as_text(*said).empty()) return true;
  const auto at = parse_instant(as_text(*said));
  if (at) out = *at;
  return at.has_value();
}

bool read_handover(const JsonValue& json, ControlMessage::Fields& fields) {
  fields.handover = text_at(json, "handover") == "agreed";
  return fields.handover && read_time(json, "handover_from", fields.handover_from) &&
         read_time(json, "handover_until", fields.handover_until);
}

// The members that only some messages have. False when one is missing, or is not what it must be.
bool read_more(const JsonValue& json, ControlMessage::Fields& fields) {
  constexpr rapidjson::SizeType kAlways = 8;
  if (fields.kind == MessageKind::purge) {
    const auto system = system_purge_from(text_at(json, "system"));
    const JsonValue* downstream = member(json, "downstream");
    const JsonValue* proven = member(json, "proven");
    if (json.MemberCount() != kAlways + 3 || !system || downstream == nullptr || !downstream->IsInt64() ||
        proven == nullptr || !proven->IsInt64()) {
      return false;
    }
    fields.system = *system;
    fields.downstream = downstream->GetInt64();
    fields.proven = proven->GetInt64();
    return true;
  }
  if (fields.kind == MessageKind::status && member(json, "handover") != nullptr)
    return json.MemberCount() == kAlways + 3 && read_handover(json, fields);
  if (fields.reason != ControlReason::code_given) return json.MemberCount() == kAlways;
  fields.code = std::string(text_at(json, "code"));
  fields.word = std::string(text_at(json, "word"));
  return json.MemberCount() == kAlways + 2;
}

}  // namespace

Result<ControlMessage> ControlMessage::parse(MessageKind kind, const JsonValue& json) {
  const JsonValue* consents = member(json, "consents");
  const JsonValue* sequence = member(json, "sequence");
  const auto status = referral_status_from(text_at(json, "status"));
  const auto reason = control_reason_from(text_at(json, "reason"));
  const auto at = parse_instant(text_at(json, "at"));
  if (!json.IsObject() || member(json, "next_option") == nullptr || member(json, "about") == nullptr ||
      consents == nullptr || !consents->IsArray() || sequence == nullptr || !sequence->IsInt64()) {
    return fail(ErrorCode::token_malformed, {}, "control");
  }
  if (!status) return refuse("/status");
  if (!reason) return refuse("/reason");
  if (!at) return refuse("/at");
  Fields fields{kind,    ReferralId(std::string(text_at(json, "referral"))),
                *status, sequence->GetInt64(),
                *reason, MemberId(std::string(text_at(json, "next_option"))),
                {},      MessageId(std::string(text_at(json, "about"))),
                *at,     SystemPurge::untouched,
                0,       0,
                {},      {}};
  if (!read_more(json, fields)) return fail(ErrorCode::token_malformed, {}, "control");
  for (const auto& each : consents->GetArray()) fields.consents.emplace_back(std::string(as_text(each)));
  return make(std::move(fields));
}

}  // namespace hotline
