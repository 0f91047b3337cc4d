#include "gateway/http/problem.h"

#include "i18n/base/json.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

// A pointer as a URI fragment: JSON Pointer behind #, percent-encoded where RFC 3986 wants it.
std::string fragment(std::string_view pointer) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@/?";
  std::string out = "#";
  for (const char c : pointer) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

bool is_about_the_document(const Error& error) {
  return !error.pointer.empty() || !error.more.empty();
}

JsonValue fault_json(const Fault& fault, const Catalog& catalog, const LanguageTag& language,
                     const FieldTitle& title_of, Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "pointer", fragment(fault.pointer), allocator);
  const std::string field = title_of ? title_of(fault.pointer, language) : std::string();
  if (!field.empty()) set_text(out, "field", field, allocator);
  set_text(out, "code", to_string(fault.code), allocator);
  if (!fault.expected.empty()) set_text(out, "expected", fault.expected, allocator);
  set_text(out, "detail", describe(catalog, fault.code, fault.pointer, fault.expected, language).detail,
           allocator);
  return out;
}

}  // namespace

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::json_syntax:
    case ErrorCode::json_too_deep:
    case ErrorCode::json_duplicate_name:
    case ErrorCode::json_not_utf8:
    case ErrorCode::json_number_not_integer:
    case ErrorCode::request_malformed:
    case ErrorCode::idempotency_key_missing:
    case ErrorCode::usage:
    case ErrorCode::token_malformed:
    case ErrorCode::token_header_refused:
    case ErrorCode::token_kind_unexpected:
    case ErrorCode::clock_skewed:
      return 400;
    case ErrorCode::unauthenticated:
      return 401;
    case ErrorCode::no_consent:
    case ErrorCode::refused_by_policy:
    case ErrorCode::held_for_human:
    case ErrorCode::leak_found:
    case ErrorCode::requester_refused:
    case ErrorCode::policy_version_mismatch:
    case ErrorCode::peer_unknown:
    case ErrorCode::signer_mismatch:
    case ErrorCode::token_not_for_us:
    case ErrorCode::signature_invalid:
    case ErrorCode::scope_missing:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::method_not_allowed:
      return 405;
    case ErrorCode::idempotency_in_flight:
    case ErrorCode::state_conflict:
    case ErrorCode::message_replayed:
      return 409;
    case ErrorCode::precondition_failed:
      return 412;
    case ErrorCode::json_too_large:
    case ErrorCode::request_too_large:
      return 413;
    case ErrorCode::media_type_unsupported:
      return 415;
    case ErrorCode::type_mismatch:
    case ErrorCode::field_missing:
    case ErrorCode::field_unknown:
    case ErrorCode::value_not_allowed:
    case ErrorCode::pattern_mismatch:
    case ErrorCode::length_out_of_range:
    case ErrorCode::number_out_of_range:
    case ErrorCode::date_impossible:
    case ErrorCode::code_unknown:
    case ErrorCode::language_unknown:
    case ErrorCode::phone_invalid:
    case ErrorCode::text_not_allowed:
    case ErrorCode::reference_broken:
    case ErrorCode::profile_unknown:
    case ErrorCode::mapping_incomplete:
    case ErrorCode::idempotency_key_reused:
      return 422;
    case ErrorCode::too_many_requests:
      return 429;
    case ErrorCode::peer_unavailable:
    case ErrorCode::store_unavailable:
      return 503;
    case ErrorCode::receipt_invalid:
      return 502;
    case ErrorCode::data_invalid:
    case ErrorCode::settings_invalid:
    case ErrorCode::store_corrupt:
    case ErrorCode::log_mismatch:
    case ErrorCode::crypto_failed:
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

std::string problem_type(ErrorCode code) {
  return "tag:hotline-gateway.example,2026:problem:" + std::string(to_string(code));
}

std::string problem_json(const Error& error, const Catalog& catalog, const LanguageTag& language,
                         const FieldTitle& title_of) {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  const auto text = describe(catalog, error.code, error.pointer, error.expected, language);
  set_text(document, "type", problem_type(error.code), allocator);
  set_text(document, "title", text.title, allocator);
  document.AddMember("status", http_status(error.code), allocator);
  set_text(document, "detail", text.detail, allocator);
  if (is_about_the_document(error)) {
    JsonValue errors(rapidjson::kArrayType);
    errors.PushBack(
        fault_json({error.code, error.pointer, error.expected}, catalog, language, title_of, allocator),
        allocator);
    for (const auto& fault : error.more)
      errors.PushBack(fault_json(fault, catalog, language, title_of, allocator), allocator);
    document.AddMember("errors", errors, allocator);
  }
  return to_text(document);
}

Reply problem_reply(const Error& error, const Catalog& catalog, std::string_view accept_language,
                    const FieldTitle& title_of) {
  static const std::vector<LanguageTag> kSpoken = {LanguageTag("en"), LanguageTag("fr"), LanguageTag("es")};
  const auto language = pick_language(accept_language, kSpoken);
  Reply reply;
  reply.status = http_status(error.code);
  // What went wrong inside is for the operator, not for who asks.
  const bool inside = reply.status == 500;
  const Error said = inside ? Error{ErrorCode::internal, {}, {}, {}} : error;
  reply.content_type = "application/problem+json";
  reply.body = problem_json(said, catalog, language, title_of);
  reply.headers = {{"Content-Language", language.get()}, {"Cache-Control", "no-store"}};
  if (reply.status == 503 || reply.status == 429) reply.headers.emplace_back("Retry-After", "5");
  if (reply.status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

}  // namespace hotline
