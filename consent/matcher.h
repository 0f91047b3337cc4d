// Many patterns in one pass (Aho and Corasick's automaton) over the letters and digits of a folded text, so
// that spacing and punctuation cannot hide anything. Linear in the text, whatever the text is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/fold.h"

namespace hotline {

// The word characters of a folded text in a row, with where each came from.
struct Squeezed {
  std::u32string text;
  std::vector<std::uint32_t> at;                    // index in the folded text
  std::vector<std::uint32_t> word;                  // number of the word
  std::vector<std::uint32_t> word_begin, word_end;  // of each word: its letters are [begin, end)
  bool starts_word(std::size_t i) const { return word_begin[word[i]] == i; }
  bool ends_word(std::size_t i) const { return word_end[word[i]] == i + 1; }
};
Squeezed squeeze(std::u32string_view folded, const std::vector<Word>& words);
std::u32string squeeze(std::string_view utf8);  // of a pattern: folded, word characters only

enum class Fit {
  whole,   // from the start of a word to the end of one
  prefix,  // from the start of a word
  inside,  // whole, or anywhere inside one word
};

class Matcher {
 public:
  struct Hit {
    std::size_t first, last;  // indices into the squeezed text, [first, last)
    int pattern;
  };

  // Patterns that are empty are ignored; of two equal ones the first counts.
  void add(std::u32string_view squeezed, Fit fit, int pattern);
  void build();
  // Rises by `last`. `work`, if given, counts the steps of the automaton.
  std::vector<Hit> find(const Squeezed& text, std::size_t* work = nullptr) const;

 private:
  struct Node {
    char32_t letter = 0;
    std::int32_t child = -1, sibling = -1, fail = 0, output = -1, pattern = -1;
    std::uint32_t depth = 0;
    Fit fit = Fit::whole;
  };
  std::int32_t step(std::int32_t node, char32_t letter) const;
  bool fits(const Node& node, const Squeezed& text, std::size_t first, std::size_t last) const;

  std::vector<Node> nodes_{Node{}};
  std::vector<std::int32_t> from_root_ = std::vector<std::int32_t>(128, -1);
};

}  // namespace hotline
