#include "consent/scan/detectors.h"

#include <array>

#include "i18n/identifiers.h"
#include "i18n/phones.h"

namespace hotline {
namespace {

constexpr double kCertain = 0.95, kLikely = 0.85, kPossible = 0.4;
constexpr std::array<std::string_view, 3> kRegions = {"US", "CA", "MX"};

FoundSpan of_identifier(const IdSpan& id) {
  switch (id.tier) {
    case Tier::proven:
      return {id.begin, id.end, span_type(id.kind), SpanReason::check_digit, kCertain};
    case Tier::context:
      return {id.begin, id.end, span_type(id.kind), SpanReason::context, kLikely};
    case Tier::shape:
      break;
  }
  return {id.begin, id.end, span_type(id.kind), SpanReason::shape, kPossible};
}

}  // namespace

PreparedText prepare_text(std::string_view text) {
  PreparedText out{text, fold_with_offsets(text, Confusables::map), {}, {}};
  out.words = words(out.folded.text);
  out.prose = prose_words(text, out.folded, out.words);
  return out;
}

void find_numbers(const PreparedText& text, const ConsentTexts& texts, std::vector<FoundSpan>& out) {
  for (const std::string_view region : kRegions) {
    for (const PhoneSpan& phone : find_phones(text.text, region)) {
      const std::string_view written = text.text.substr(phone.begin, phone.end - phone.begin);
      if (texts.public_numbers().contains(phone.e164.empty() ? written : std::string_view(phone.e164)))
        continue;
      out.push_back({phone.begin, phone.end, SpanType::phone,
                     phone.certain ? SpanReason::context : SpanReason::shape,
                     phone.certain ? kLikely : kPossible});
    }
  }
  for (const IdSpan& id : find_identifiers(text.text)) {
    if (!texts.public_numbers().contains(text.text.substr(id.begin, id.end - id.begin)))
      out.push_back(of_identifier(id));
  }
}

}  // namespace hotline
