// Whatever text comes in: folding is idempotent, and every offset and span lies within the text, in order.
#include <cstdint>
#include <cstdlib>

#include "i18n/dates.h"
#include "i18n/fold.h"
#include "i18n/identifiers.h"
#include "i18n/language_tag.h"
#include "i18n/names.h"
#include "i18n/phones.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <class Span>
void must_be_in_order(const std::vector<Span>& spans, std::size_t size) {
  std::size_t last = 0;
  for (const auto& span : spans) {
    must(span.begin >= last && span.begin < span.end && span.end <= size);
    last = span.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hotline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string once = fold_for_search(text);
  must(fold_for_search(once) == once);
  const FoldedText folded = fold_with_offsets(text, Confusables::map);
  for (std::size_t i = 0; i < folded.text.size(); ++i) {
    must(folded.begin[i] < folded.end[i] && folded.end[i] <= size);
    must(i == 0 || (folded.begin[i - 1] <= folded.begin[i] && folded.end[i - 1] <= folded.end[i]));
  }
  must_be_in_order(words(folded.text), folded.text.size());
  must_be_in_order(find_identifiers(text), size);
  for (const char* region : {"US", "MX"}) must_be_in_order(find_phones(text, region), size);
  const LanguageTag spanish{"es-MX"};
  if (const auto phone = parse_phone(text, "MX")) must(parse_phone(*phone, "US").has_value());
  if (const auto date = parse_date(text, spanish))
    must(*parse_date(format_date(*date, spanish), spanish) == *date);
  if (const auto tag = parse_language(text)) must(parse_language(tag->get()).has_value());
  (void)name_search_forms(text.substr(0, 200));
  (void)nfc(text);
  return 0;
}
