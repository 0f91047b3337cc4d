#include "gateway/seal/control_message.h"

#include "gateway/crypto/random.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxConsents = 64;
constexpr std::int64_t kMaxSequence = 1'000'000'000;

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
  return to_text(json);
}

Result<ControlMessage> ControlMessage::parse(MessageKind kind, const JsonValue& json) {
  const JsonValue* consents = member(json, "consents");
  const JsonValue* sequence = member(json, "sequence");
  const auto status = referral_status_from(text_at(json, "status"));
  const auto reason = control_reason_from(text_at(json, "reason"));
  const auto at = parse_instant(text_at(json, "at"));
  if (!json.IsObject() || json.MemberCount() != 8 || member(json, "next_option") == nullptr ||
      member(json, "about") == nullptr || consents == nullptr || !consents->IsArray() ||
      sequence == nullptr || !sequence->IsInt64()) {
    return fail(ErrorCode::token_malformed, {}, "control");
  }
  if (!status) return refuse("/status");
  if (!reason) return refuse("/reason");
  if (!at) return refuse("/at");
  Fields fields{kind,    ReferralId(std::string(text_at(json, "referral"))),
                *status, sequence->GetInt64(),
                *reason, MemberId(std::string(text_at(json, "next_option"))),
                {},      MessageId(std::string(text_at(json, "about"))),
                *at};
  for (const auto& each : consents->GetArray()) fields.consents.emplace_back(std::string(as_text(each)));
  return make(std::move(fields));
}

}  // namespace hotline
