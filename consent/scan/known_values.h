// What is known of the case, found in a text in whatever spelling.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "consent/matcher.h"
#include "consent/scan/detectors.h"
#include "consent/values.h"

namespace hotline {

class KnownValues {
 public:
  KnownValues(const ConsentTexts& texts, const std::vector<FindableValue>& known);

  // `work`, if given, counts the steps.
  void find(const PreparedText& text, std::vector<FoundSpan>& out, std::size_t* work = nullptr) const;

 private:
  struct Pattern {
    SpanType type;
    bool initials;  // letters that stand for words: only in capitals
  };
  void add(const std::u32string& form, Pattern pattern);
  void add_nearly(std::u32string_view form, SpanType type);
  void add_diminutives(std::u32string_view form, SpanType type);
  void find_nearly(const PreparedText& text, std::vector<FoundSpan>& out) const;

  Matcher matcher_;
  std::vector<Pattern> patterns_;
  struct Nearly {
    std::u32string form;
    SpanType type;
  };
  std::vector<Nearly> nearly_;
  std::unordered_set<std::u32string> beginnings_;                          // "Fer" of Fernanda
  std::unordered_multimap<std::u32string, std::size_t> without_a_letter_;  // of nearly_
};

}  // namespace hotline
