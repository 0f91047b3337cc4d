// What the scan of a narrative sees of a text: its folded words, which of them are written like names, where
// the sentences end, and names that follow or precede a telling word ("la granja de ...", "... Street").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consent/texts.h"
#include "i18n/fold.h"

namespace hotline {

struct ProseWord {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::string folded;
  bool capital = false;
  bool number = false;
  bool opens = false;  // a sentence ended before it, and not an initial or a short form ("Wm. Pruett")
};

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct DateMention {
  ByteRange where;
  std::string without_day;  // "mayo de 2024"; "" when the text gives no month in words
};

std::vector<ProseWord> prose_words(std::string_view text, const FoldedText& folded,
                                   const std::vector<Word>& words);
std::vector<ByteRange> sentences(std::string_view text, const std::vector<const Lexicon*>& lexicons);

enum class Named { employer, place, person };
std::vector<ByteRange> named_things(Named what, const std::vector<ProseWord>& words, const Lexicon& lexicon);
// Days that the text names, in digits or with the month in words.
std::vector<DateMention> day_dates(std::string_view text, const std::vector<ProseWord>& words,
                                   const Lexicon& lexicon);

}  // namespace hotline
