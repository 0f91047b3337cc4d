#include "gateway/seal/open.h"

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"
#include "gateway/seal/jose.h"
#include "gateway/seal/raw_member.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

auto malformed(const char* what) {
  return fail(ErrorCode::token_malformed, {}, what);
}

const char* body_name(MessageKind kind) {
  return kind == MessageKind::referral ? "disclosure" : "control";
}

bool may_arrive_sealed(MessageKind kind) {
  return kind == MessageKind::referral || kind == MessageKind::status || kind == MessageKind::withdrawal ||
         kind == MessageKind::purge;
}

// The nested token: decrypted, its header checked. Nothing of it is believed yet.
Result<std::string> decrypt(std::string_view bytes, const OpenContext& context) {
  if (bytes.size() > context.max_bytes) return malformed("size");
  const auto kid = jwe_kid(bytes);
  if (!kid) return fail(kid.error());
  if (*kid != context.decrypt.kid()) return fail(ErrorCode::token_not_for_us, {}, "kid");
  return jwe_decrypt(bytes, context.decrypt.pool());
}

// Absent or whole; instants within the years that the calendar has.
Result<std::optional<CrisisTimes>> read_crisis(const JsonValue& claims, MessageKind kind) {
  constexpr std::int64_t kLatest = 253402300799;
  const JsonValue* said = member(claims, "crisis");
  if (said == nullptr) return std::nullopt;
  if (kind != MessageKind::referral || !said->IsObject() || said->MemberCount() != 5)
    return malformed("crisis");
  CrisisTimes times;
  const std::pair<const char*, Instant*> parts[] = {{"accept", &times.accept},
                                                    {"acknowledge", &times.acknowledge},
                                                    {"escalate_again", &times.escalate_again},
                                                    {"escalate_first", &times.escalate_first},
                                                    {"second_partner", &times.second_partner}};
  for (const auto& [name, place] : parts) {
    const JsonValue* at = member(*said, name);
    if (at == nullptr || !at->IsInt64() || at->GetInt64() < 0 || at->GetInt64() > kLatest)
      return malformed("crisis");
    *place = Instant{at->GetInt64() * 1000};
  }
  return times;
}

Result<void> read_claims(const std::string& payload, Opened& opened) {
  auto claims = parse_json(payload, {payload.size(), 32});
  if (!claims || !claims->IsObject()) return malformed("claims");
  auto crisis = read_crisis(*claims, opened.kind);
  if (!crisis) return fail(std::move(crisis.error()));
  if (claims->MemberCount() != (*crisis ? 7u : 6u)) return malformed("claims");
  opened.crisis = *crisis;
  const JsonValue* issued = member(*claims, "iat");
  const JsonValue* until = member(*claims, "exp");
  const JsonValue* body = member(*claims, body_name(opened.kind));
  const auto raw = raw_member(payload, body_name(opened.kind));
  if (issued == nullptr || !issued->IsInt64() || until == nullptr || !until->IsInt64())
    return malformed("time");
  // NumericDate in seconds; times beyond the year 9999 would overflow in milliseconds and mean nothing.
  constexpr std::int64_t kLatest = 253402300799;
  if (issued->GetInt64() < 0 || until->GetInt64() < 0 || issued->GetInt64() > kLatest ||
      until->GetInt64() > kLatest) {
    return malformed("time");
  }
  if (body == nullptr || !body->IsObject() || !raw) return malformed("body");
  if (!is_uuid(text_at(*claims, "jti"))) return malformed("jti");
  opened.message = MessageId(std::string(text_at(*claims, "jti")));
  opened.sender = MemberId(std::string(text_at(*claims, "iss")));
  opened.issued = Instant{issued->GetInt64() * 1000};
  opened.until = Instant{until->GetInt64() * 1000};
  opened.body = std::string(*raw);
  opened.claims = std::move(*claims);
  return {};
}

Result<void> check_time(const Opened& opened, const OpenContext& context) {
  // No consent lasts longer, and what a message leaves behind (its id, a withdrawal) is kept until its end.
  constexpr std::int64_t kLongest = std::int64_t{90} * 24 * 3600;
  if (opened.until <= opened.issued || opened.until > opened.issued.plus_seconds(kLongest)) {
    return fail(ErrorCode::clock_skewed, {}, "exp");
  }
  if (opened.issued > context.now.plus_seconds(context.skew_seconds))
    return fail(ErrorCode::clock_skewed, {}, "iat");
  if (opened.until < context.now.plus_seconds(-context.skew_seconds))
    return fail(ErrorCode::clock_skewed, {}, "exp");
  return {};
}

}  // namespace

const JsonValue& Opened::body_json() const {
  static const JsonValue kNothing;
  const JsonValue* body = member(claims, body_name(kind));
  return body == nullptr ? kNothing : *body;
}

Result<Opened> open_sealed(std::string_view bytes, const OpenContext& context) {
  auto token = decrypt(bytes, context);
  if (!token) return fail(token.error());
  const auto header = jws_header(*token);
  if (!header) return fail(header.error());
  if (!may_arrive_sealed(header->kind)) return fail(ErrorCode::token_kind_unexpected);
  const auto signer = context.signer(header->kid);
  if (!signer || signer->key.kid() != header->kid || signer->key.use() != KeyUse::sig) {
    return fail(ErrorCode::peer_unknown);
  }
  const auto payload = jws_verify(*token, signer->key.pool());
  wipe(*token);
  if (!payload) return fail(payload.error());

  Opened opened;
  opened.kind = header->kind;
  opened.signer_kid = header->kid;
  opened.sha256 = sha256_hex(bytes);
  if (auto read = read_claims(*payload, opened); !read) return fail(read.error());
  // Certificate, signer and registry entry must agree on who speaks.
  if (opened.sender != signer->member) return fail(ErrorCode::signer_mismatch, {}, "iss");
  if (!context.peer.get().empty() && context.peer != opened.sender) {
    return fail(ErrorCode::signer_mismatch, {}, "certificate");
  }
  if (text_at(opened.claims, "aud") != context.us.get()) return fail(ErrorCode::token_not_for_us, {}, "aud");
  if (auto timely = check_time(opened, context); !timely) return fail(timely.error());
  return opened;
}

}  // namespace hotline
