// One form of text for comparing and searching: however somebody types a name, its folded form is the same.
// Linear in the text, also for text that is meant to be slow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/utf8.h"

namespace hotline {

// `map` also turns letters of other scripts that look like Latin ones into those (UTS #39): for finding what
// somebody may be hiding, never for storing.
enum class Confusables { keep, map };

// NFKC_Casefold (which drops default-ignorables), diacritics removed, ligatures and barred letters spelled
// out (œ oe, æ ae, ø o, ł l, đ d, ß ss), every dash -, every apostrophe ', every white space one space each.
// Idempotent.
std::string fold_for_search(std::string_view utf8, Confusables confusables = Confusables::keep);
std::u32string fold_to_utf32(std::string_view utf8, Confusables confusables = Confusables::keep);

// text[i] came from bytes [begin[i], end[i]) of the original; both rise with i and are in bounds. A match
// [first, last) is cut out of the original as [begin[first], end[last - 1]).
struct FoldedText {
  std::u32string text;
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> end;
};
FoldedText fold_with_offsets(std::string_view utf8, Confusables confusables = Confusables::keep);

// The same with a UTF-8 text: begin and end for each byte of it.
struct FoldedBytes {
  std::string text;
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> end;
};
FoldedBytes to_bytes(const FoldedText& folded);

// Maximal runs of letters, digits and their marks, as [begin, end) indices into the folded text.
struct Word {
  std::size_t begin;
  std::size_t end;
  friend bool operator==(const Word&, const Word&) = default;
};
std::vector<Word> words(std::u32string_view folded);
bool is_word_character(char32_t c);

std::string nfc(std::string_view utf8);  // as text is stored and sent

}  // namespace hotline
