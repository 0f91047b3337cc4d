// Each kind of finding by itself. All of them read the same prepared text.
#pragma once

#include <string_view>
#include <vector>

#include "consent/prose.h"
#include "consent/scan/span.h"
#include "consent/texts.h"
#include "i18n/fold.h"

namespace hotline {

struct PreparedText {
  std::string_view text;
  FoldedText folded;
  std::vector<Word> words;       // of the folded text
  std::vector<ProseWord> prose;  // the same words
};
PreparedText prepare_text(std::string_view text);

// Telephone numbers and identifiers of all three countries, e-mail addresses, web addresses, handles.
void find_numbers(const PreparedText& text, const ConsentTexts& texts, std::vector<FoundSpan>& out);
// Dates, ages over 89, health cards, case and account numbers, network addresses.
void find_shapes(const PreparedText& text, std::vector<FoundSpan>& out);
// Streets with their numbers, rooms, lots, kilometres.
void find_addresses(const PreparedText& text, std::vector<FoundSpan>& out);

struct ScanData;
// Cars by maker, model, colour and year.
void find_vehicles(const PreparedText& text, const ScanData& data, std::vector<FoundSpan>& out);
// People, places and organisations that read like ones where they stand.
void find_names(const PreparedText& text, const ScanData& data, std::vector<FoundSpan>& out);

}  // namespace hotline
