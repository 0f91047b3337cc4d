// Identifying text in free text: finds it and puts typed, numbered tokens in its place. Errs towards masking:
// a name that is also a word is masked as a name. Linear in the text.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "consent/matcher.h"
#include "consent/texts.h"
#include "consent/values.h"
#include "i18n/base/ids.h"

namespace hotline {

struct MaskRules {
  std::vector<FindableValue> hidden;            // withheld or generalised away in this disclosure
  std::vector<FindableValue> granted;           // stand in this disclosure; never masked
  std::set<std::string, std::less<>> withheld;  // categories: no sentence may speak of them
  bool generalised = false;  // the narrative's own level: no place below the region, no day
  std::string region;        // whose dialling habits the text follows, ISO 3166-1
  bool field = false;   // a field in somebody's own words: its category is granted, places and days with it
  bool others = false;  // somebody of the record stays behind: no sentence may count people
};

// One masked place of a text. `kind` is a token of the lexicon: name, employer, phone, sentence ...
struct MaskSpan {
  std::size_t begin = 0;  // bytes of the text given
  std::size_t end = 0;
  std::string kind;
  std::string same_as;      // spans with the same kind and key get the same number
  std::string replacement;  // instead of a token: a date without its day
};

struct MaskedText {
  std::string text;
  bool changed = false;
};

class NarrativeMask {
 public:
  NarrativeMask(const ConsentTexts& texts, MaskRules rules);
  // In rising order, not overlapping. `work`, if given, counts the steps of the scan.
  std::vector<MaskSpan> find(std::string_view text, const LanguageTag& language,
                             std::size_t* work = nullptr) const;
  MaskedText mask(std::string_view text, const LanguageTag& language) const;

 private:
  struct Target {
    std::string kind;
    std::string same_as;
    bool sentence = false;
  };
  void add_value(const FindableValue& value);
  void add_pattern(const std::u32string& squeezed, Fit fit, Target target);
  void add_granted(const FindableValue& value);

  const ConsentTexts& texts_;
  MaskRules rules_;
  Matcher values_;
  std::vector<Target> targets_;
  std::unordered_set<std::u32string> granted_;  // squeezed forms
};

}  // namespace hotline
