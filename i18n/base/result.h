// The ways in which anything in this project can fail, as values. An error is something that will be said to
// a person in their language, so it carries a code from one closed list and a place, never a value from a
// record.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace hotline {

// Closed list. Every code has a catalog entry `error.<name>` (title) and `error.<name>.detail` in en, fr and
// es. Add here and in to_string(): -Werror=switch and the catalog test find every other place.
enum class ErrorCode {
  // reading text
  json_syntax,
  json_too_deep,
  json_too_large,
  json_duplicate_name,
  json_not_utf8,
  json_number_not_integer,
  // against a schema or a format
  type_mismatch,
  field_missing,
  field_unknown,
  value_not_allowed,
  pattern_mismatch,
  length_out_of_range,
  number_out_of_range,
  date_impossible,
  code_unknown,
  language_unknown,
  phone_invalid,
  text_not_allowed,
  reference_broken,
  // data that ships with the gateway or the hotline
  data_invalid,
  profile_unknown,
  mapping_incomplete,
  // consent and policy: the reasons are for the sender only
  no_consent,
  refused_by_policy,
  held_for_human,
  leak_found,
  requester_refused,
  policy_version_mismatch,
  // between gateways
  peer_unknown,
  signer_mismatch,
  token_malformed,
  token_header_refused,
  token_kind_unexpected,
  token_not_for_us,
  signature_invalid,
  clock_skewed,
  message_replayed,
  receipt_invalid,
  peer_unavailable,
  // the API
  unauthenticated,
  scope_missing,
  not_found,
  method_not_allowed,
  media_type_unsupported,
  request_too_large,
  request_malformed,
  idempotency_key_missing,
  idempotency_key_reused,
  idempotency_in_flight,
  state_conflict,
  precondition_failed,
  too_many_requests,
  // our own house
  usage,
  settings_invalid,
  store_unavailable,
  store_corrupt,
  log_mismatch,
  crypto_failed,
  internal,
};

std::string_view to_string(
    ErrorCode code);  // the identifier above, stable, used in problem `type` and catalogs

// One fault. `pointer` is an RFC 6901 JSON Pointer into the document as given ("" = whole document);
// `expected` is a safe token that helps to mend it (an expected type, a keyword, a rule id, a file name),
// never a value out of a record.
struct Fault {
  ErrorCode code;
  std::string pointer;
  std::string expected;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string pointer;
  std::string expected;
  std::vector<Fault> more;  // further faults of the same document, bounded by whoever collects them
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string pointer = {}, std::string expected = {}) {
  return tl::make_unexpected(Error{code, std::move(pointer), std::move(expected), {}});
}
inline tl::unexpected<Error> fail(Error error) {
  return tl::make_unexpected(std::move(error));
}

// The process exit status for a failure (contract): 2 usage, 3 invalid input, 4 refused by consent or policy,
// 5 peer or store unavailable, 1 anything else.
int exit_status(ErrorCode code);

}  // namespace hotline
