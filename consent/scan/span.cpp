#include "consent/scan/span.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "i18n/base/utf8.h"

namespace hotline {
namespace {

constexpr std::array<std::string_view, 38> kTypes = {
    "name",         "phone",     "email",    "handle",      "address",  "place",   "postal_code",
    "birth_date",   "date",      "age",      "us_ssn",      "us_itin",  "us_atin", "us_a_number",
    "us_receipt",   "us_i94",    "us_sevis", "us_passport", "ca_sin",   "ca_uci",  "ca_application",
    "ca_passport",  "ca_health", "mx_curp",  "mx_rfc",      "mx_clave", "mx_ine",  "mx_nss",
    "mx_passport",  "mx_nue",    "mx_clabe", "case_number", "plate",    "card",    "account",
    "organisation", "vehicle",   "ip"};
constexpr std::array<std::string_view, 7> kReasons = {"known_value", "known_nearly", "check_digit", "context",
                                                      "shape",       "telling_word", "model"};

// Letters and digits, and anything beyond ASCII: what may still tell something.
bool tells(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  });
}

// The accepted spans by where they begin; they never overlap.
class Taken {
 public:
  // What of [begin, end) is free, in rising order.
  std::vector<std::pair<std::size_t, std::size_t>> free_parts(std::size_t begin, std::size_t end) const {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    auto next = spans_.upper_bound(begin);
    if (next != spans_.begin()) begin = std::max(begin, std::prev(next)->second.end);
    for (; next != spans_.end() && next->first < end; ++next) {
      if (next->first > begin) parts.emplace_back(begin, next->first);
      begin = std::max(begin, next->second.end);
    }
    if (begin < end) parts.emplace_back(begin, end);
    return parts;
  }
  void add(const FoundSpan& span) { spans_.emplace(span.begin, span); }
  std::vector<FoundSpan> all() const {
    std::vector<FoundSpan> out;
    for (const auto& each : spans_) out.push_back(each.second);
    return out;
  }

 private:
  std::map<std::size_t, FoundSpan> spans_;
};

// What stands side by side and is of one kind is one: "HERNANDEZ, maria" and "elena".
std::vector<FoundSpan> joined(const std::vector<FoundSpan>& spans, std::string_view text) {
  std::vector<FoundSpan> out;
  for (const FoundSpan& span : spans) {
    const bool kind = span.type == SpanType::name || span.type == SpanType::address ||
                      span.type == SpanType::vehicle || span.type == SpanType::organisation;
    const bool one = kind && !out.empty() && out.back().type == span.type;
    const std::string_view between = one ? text.substr(out.back().end, span.begin - out.back().end) : text;
    if (one && (between.empty() || between == " " || between == "-" ||
                (between == ", " && span.type != SpanType::name))) {
      out.back().end = span.end;
      out.back().score = std::max(out.back().score, span.score);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

}  // namespace

std::string_view to_string(SpanType type) {
  return kTypes[static_cast<std::size_t>(type)];
}

std::string_view to_string(SpanReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

const std::vector<SpanType>& all_span_types() {
  static const std::vector<SpanType> all = [] {
    std::vector<SpanType> types;
    for (std::size_t i = 0; i < kTypes.size(); ++i) types.push_back(static_cast<SpanType>(i));
    return types;
  }();
  return all;
}

SpanType span_type(IdKind kind) {
  switch (kind) {
    case IdKind::ssn:
      return SpanType::us_ssn;
    case IdKind::itin:
      return SpanType::us_itin;
    case IdKind::atin:
      return SpanType::us_atin;
    case IdKind::a_number:
      return SpanType::us_a_number;
    case IdKind::uscis_receipt:
      return SpanType::us_receipt;
    case IdKind::i94:
      return SpanType::us_i94;
    case IdKind::sevis:
      return SpanType::us_sevis;
    case IdKind::us_passport:
      return SpanType::us_passport;
    case IdKind::sin:
      return SpanType::ca_sin;
    case IdKind::uci:
      return SpanType::ca_uci;
    case IdKind::ircc_application:
      return SpanType::ca_application;
    case IdKind::ca_passport:
      return SpanType::ca_passport;
    case IdKind::curp:
      return SpanType::mx_curp;
    case IdKind::rfc:
      return SpanType::mx_rfc;
    case IdKind::nss:
      return SpanType::mx_nss;
    case IdKind::clave_elector:
      return SpanType::mx_clave;
    case IdKind::ine_cic:
    case IdKind::ine_ocr:
      return SpanType::mx_ine;
    case IdKind::mx_passport:
      return SpanType::mx_passport;
    case IdKind::nue:
      return SpanType::mx_nue;
    case IdKind::clabe:
      return SpanType::mx_clabe;
    case IdKind::card:
      return SpanType::card;
    case IdKind::zip:
    case IdKind::postal_code_ca:
    case IdKind::codigo_postal:
      return SpanType::postal_code;
    case IdKind::plate:
      return SpanType::plate;
    case IdKind::email:
      return SpanType::email;
    case IdKind::url:
    case IdKind::handle:
      return SpanType::handle;
  }
  return SpanType::case_number;
}

std::vector<FoundSpan> resolve(std::vector<FoundSpan> found, std::string_view text) {
  std::stable_sort(found.begin(), found.end(), [](const FoundSpan& a, const FoundSpan& b) {
    return std::make_tuple(-a.score, b.size(), a.begin) < std::make_tuple(-b.score, a.size(), b.begin);
  });
  Taken taken;
  for (const FoundSpan& span : found) {
    for (const auto& [begin, end] : taken.free_parts(span.begin, span.end)) {
      if (!tells(text.substr(begin, end - begin))) continue;
      FoundSpan part = span;
      part.begin = begin;
      part.end = end;
      taken.add(part);
    }
  }
  return joined(taken.all(), text);
}

std::vector<FoundSpan> in_code_points(std::vector<FoundSpan> spans, std::string_view text) {
  std::size_t at = 0;
  std::size_t count = 0;
  const auto move_to = [&](std::size_t byte) {
    count += code_point_index(text.substr(at), byte - at);
    at = byte;
    return count;
  };
  for (FoundSpan& span : spans) {
    span.begin = move_to(span.begin);
    span.end = move_to(span.end);
  }
  return spans;
}

}  // namespace hotline
