#include "i18n/base/result.h"

namespace hotline {

std::string_view to_string(ErrorCode code) {
  switch (code) {
#define HOTLINE_NAME(name) \
  case ErrorCode::name:    \
    return #name
    HOTLINE_NAME(json_syntax);
    HOTLINE_NAME(json_too_deep);
    HOTLINE_NAME(json_too_large);
    HOTLINE_NAME(json_duplicate_name);
    HOTLINE_NAME(json_not_utf8);
    HOTLINE_NAME(json_number_not_integer);
    HOTLINE_NAME(type_mismatch);
    HOTLINE_NAME(field_missing);
    HOTLINE_NAME(field_unknown);
    HOTLINE_NAME(value_not_allowed);
    HOTLINE_NAME(pattern_mismatch);
    HOTLINE_NAME(length_out_of_range);
    HOTLINE_NAME(number_out_of_range);
    HOTLINE_NAME(date_impossible);
    HOTLINE_NAME(code_unknown);
    HOTLINE_NAME(language_unknown);
    HOTLINE_NAME(phone_invalid);
    HOTLINE_NAME(text_not_allowed);
    HOTLINE_NAME(reference_broken);
    HOTLINE_NAME(data_invalid);
    HOTLINE_NAME(profile_unknown);
    HOTLINE_NAME(mapping_incomplete);
    HOTLINE_NAME(no_consent);
    HOTLINE_NAME(refused_by_policy);
    HOTLINE_NAME(held_for_human);
    HOTLINE_NAME(leak_found);
    HOTLINE_NAME(requester_refused);
    HOTLINE_NAME(policy_version_mismatch);
    HOTLINE_NAME(peer_unknown);
    HOTLINE_NAME(signer_mismatch);
    HOTLINE_NAME(token_malformed);
    HOTLINE_NAME(token_header_refused);
    HOTLINE_NAME(token_kind_unexpected);
    HOTLINE_NAME(token_not_for_us);
    HOTLINE_NAME(signature_invalid);
    HOTLINE_NAME(clock_skewed);
    HOTLINE_NAME(message_replayed);
    HOTLINE_NAME(receipt_invalid);
    HOTLINE_NAME(peer_unavailable);
    HOTLINE_NAME(unauthenticated);
    HOTLINE_NAME(scope_missing);
    HOTLINE_NAME(not_found);
    HOTLINE_NAME(method_not_allowed);
    HOTLINE_NAME(media_type_unsupported);
    HOTLINE_NAME(request_too_large);
    HOTLINE_NAME(request_malformed);
    HOTLINE_NAME(idempotency_key_missing);
    HOTLINE_NAME(idempotency_key_reused);
    HOTLINE_NAME(idempotency_in_flight);
    HOTLINE_NAME(state_conflict);
    HOTLINE_NAME(precondition_failed);
    HOTLINE_NAME(too_many_requests);
    HOTLINE_NAME(usage);
    HOTLINE_NAME(settings_invalid);
    HOTLINE_NAME(store_unavailable);
    HOTLINE_NAME(store_corrupt);
    HOTLINE_NAME(log_mismatch);
    HOTLINE_NAME(crypto_failed);
    HOTLINE_NAME(internal);
#undef HOTLINE_NAME
  }
  return "internal";
}

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return 2;
    case ErrorCode::json_syntax:
    case ErrorCode::json_too_deep:
    case ErrorCode::json_too_large:
    case ErrorCode::json_duplicate_name:
    case ErrorCode::json_not_utf8:
    case ErrorCode::json_number_not_integer:
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
    case ErrorCode::data_invalid:
    case ErrorCode::profile_unknown:
    case ErrorCode::mapping_incomplete:
    case ErrorCode::settings_invalid:
    case ErrorCode::not_found:
    case ErrorCode::method_not_allowed:
    case ErrorCode::media_type_unsupported:
    case ErrorCode::request_too_large:
    case ErrorCode::request_malformed:
    case ErrorCode::idempotency_key_missing:
    case ErrorCode::idempotency_key_reused:
    case ErrorCode::token_malformed:
      return 3;
    case ErrorCode::no_consent:
    case ErrorCode::refused_by_policy:
    case ErrorCode::held_for_human:
    case ErrorCode::leak_found:
    case ErrorCode::requester_refused:
    case ErrorCode::policy_version_mismatch:
    case ErrorCode::unauthenticated:
    case ErrorCode::scope_missing:
      return 4;
    case ErrorCode::peer_unavailable:
    case ErrorCode::store_unavailable:
    case ErrorCode::too_many_requests:
      return 5;
    case ErrorCode::peer_unknown:
    case ErrorCode::signer_mismatch:
    case ErrorCode::token_header_refused:
    case ErrorCode::token_kind_unexpected:
    case ErrorCode::token_not_for_us:
    case ErrorCode::signature_invalid:
    case ErrorCode::clock_skewed:
    case ErrorCode::message_replayed:
    case ErrorCode::receipt_invalid:
    case ErrorCode::idempotency_in_flight:
    case ErrorCode::state_conflict:
    case ErrorCode::precondition_failed:
    case ErrorCode::store_corrupt:
    case ErrorCode::log_mismatch:
    case ErrorCode::crypto_failed:
    case ErrorCode::internal:
      return 1;
  }
  return 1;
}

}  // namespace hotline
