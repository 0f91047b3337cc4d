#include "consent/scan/scanner.h"

#include <algorithm>

#include "consent/scan/detectors.h"

namespace hotline {
namespace {

// Found in a view of the text, told of the text itself.
void add_moved(const std::vector<FoundSpan>& found, const DictatedView& view, std::vector<FoundSpan>& out) {
  for (FoundSpan span : found) {
    if (span.begin == span.end) continue;
    span.end = view.end[span.end - 1];
    span.begin = view.begin[span.begin];
    out.push_back(span);
  }
}

// "3o5*555*o184": letters that pass for digits among digits.
DictatedView letters_as_digits(const PreparedText& text) {
  DictatedView view;
  bool changed = false;
  view.text = text.text;
  for (const ProseWord& word : text.prose) {
    const std::string_view written = text.text.substr(word.begin, word.end - word.begin);
    const bool digits =
        std::any_of(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || written.find_first_not_of("0123456789oOlI") != std::string_view::npos) continue;
    for (std::size_t i = word.begin; i < word.end; ++i) {
      const char c = text.text[i];
      if (c >= '0' && c <= '9') continue;
      view.text[i] = c == 'o' || c == 'O' ? '0' : '1';
      changed = true;
    }
  }
  if (!changed) return {};
  for (std::uint32_t i = 0; i < view.text.size(); ++i) {
    view.begin.push_back(i);
    view.end.push_back(i + 1);
  }
  return view;
}

// "Delroy's": a name ends behind what belongs to it.
void with_possessive(std::vector<FoundSpan>& spans, std::string_view text) {
  for (FoundSpan& span : spans) {
    if (span.type != SpanType::name && span.type != SpanType::organisation) continue;
    for (const std::string_view ending : {"'s", "\u2019s", "'S"}) {
      const std::string_view rest = text.substr(span.end);
      if (rest.starts_with(ending)) span.end += ending.size();
    }
  }
}

}  // namespace

Scanner::Scanner(const ScanData& data, const std::vector<FindableValue>& known)
    : data_(data), known_(data.texts, known) {}

std::vector<FoundSpan> Scanner::scan(std::string_view text, const LanguageTag&, std::size_t* work) const {
  const PreparedText prepared = prepare_text(text);
  std::vector<FoundSpan> found;
  known_.find(prepared, found, work);
  find_numbers(prepared, data_.texts, found);
  find_shapes(prepared, found);
  find_addresses(prepared, found);
  find_vehicles(prepared, data_, found);
  find_names(prepared, data_, found);
  for (const DictatedView& view :
       {data_.spoken.in_digits(text, prepared.prose), data_.spoken.in_signs(text, prepared.prose),
        letters_as_digits(prepared)}) {
    if (view.text.empty()) continue;
    const PreparedText dictated = prepare_text(view.text);
    std::vector<FoundSpan> spoken;
    known_.find(dictated, spoken, work);
    find_numbers(dictated, data_.texts, spoken);
    find_shapes(dictated, spoken);
    find_addresses(dictated, spoken);
    add_moved(spoken, view, found);
  }
  with_possessive(found, text);
  return resolve(std::move(found), text);
}

}  // namespace hotline
