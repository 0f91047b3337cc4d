// What the scanner says of a text: where something stands that identifies somebody, what it is, how sure that
// is and why. Never what it says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/identifiers.h"

namespace hotline {

enum class SpanType {
  name,
  phone,
  email,
  handle,  // web addresses, social names, messaging ids
  address,
  place,  // finer than a state or province
  postal_code,
  birth_date,
  date,
  age,  // over 89
  us_ssn,
  us_itin,
  us_atin,
  us_a_number,
  us_receipt,
  us_i94,
  us_sevis,
  us_passport,
  ca_sin,
  ca_uci,
  ca_application,
  ca_passport,
  ca_health,
  mx_curp,
  mx_rfc,
  mx_clave,
  mx_ine,
  mx_nss,
  mx_passport,
  mx_nue,
  mx_clabe,
  case_number,
  plate,
  card,
  account,
  organisation,
  vehicle,
  ip,
};
std::string_view to_string(SpanType type);  // "mx_curp"
SpanType span_type(IdKind kind);
const std::vector<SpanType>& all_span_types();

enum class SpanReason {
  known_value,   // stands in the record, in whatever spelling
  known_nearly,  // but for one typing error
  check_digit,   // holds, or the shape occurs nowhere else
  context,       // the shape, and a word nearby that says so
  shape,         // the shape only
  telling_word,  // a title, a kinship or a kind of place stands beside it
  model,         // reads like one where it stands
};
std::string_view to_string(SpanReason reason);

// Of a text in UTF-8, as bytes [begin, end).
struct FoundSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  SpanType type = SpanType::name;
  SpanReason reason = SpanReason::shape;
  double score = 0;  // 0 to 1: how sure
  std::size_t size() const { return end - begin; }
  friend bool operator==(const FoundSpan&, const FoundSpan&) = default;
};

// Rising, not overlapping. Of what overlaps the surer reading counts, then the longer, and of the other what
// is left, if that still holds a letter or digit.
std::vector<FoundSpan> resolve(std::vector<FoundSpan> found, std::string_view text);

// The same with begin and end counted in code points of the text.
std::vector<FoundSpan> in_code_points(std::vector<FoundSpan> spans, std::string_view text);

}  // namespace hotline
