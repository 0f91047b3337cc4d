// What the narrative scanner knows of languages, as data: consent/lexicon/<language>.json. A further language
// is a further file.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "consent/matcher.h"
#include "i18n/base/ids.h"
#include "i18n/base/result.h"
#include "i18n/phones.h"

namespace hotline {

// The topic of a sentence that counts people or speaks of those who were there too.
inline constexpr std::string_view kOthers = "others";

// One language's words. Everything but the tokens is in folded form (i18n/fold.h).
struct Lexicon {
  std::string language;                                    // base language: "es"
  std::map<std::string, std::string, std::less<>> tokens;  // kind -> word: "name" -> "persona"
  std::map<std::string, std::vector<std::string>, std::less<>>
      categories;                           // category -> words that speak of it
  std::vector<std::string> employer_heads;  // "granja", followed by a proper name
  std::vector<std::string> employer_tails;  // "farms", preceded by one
  std::vector<std::string> place_heads;     // "calle": a place name follows
  std::vector<std::string> place_tails;     // "street": one precedes
  std::vector<std::string> name_heads;      // "hermana": a person's name follows
  std::vector<std::string> joiners;         // "de", "la", "los" between head and name
  std::vector<std::string> months;          // twelve
  std::vector<std::string> days;            // of the month, in words: thirty-one
  std::vector<std::string> numbers;         // from two on, as words
  std::vector<std::string> others;          // words that speak of others; # is a number in words or digits
  Matcher topics;                           // all words of all categories; pattern i speaks of topic_of[i]
  std::vector<std::set<std::string, std::less<>>> topic_of;
};

struct AgeBand {
  std::string code;
  int from = 0;
  int to = 0;
};

class ConsentTexts {
 public:
  // `root` is the data root: lexicons, the bands of the code system age_band, public hotline numbers.
  static Result<ConsentTexts> load(const std::string& root);

  // The lexicon of the text's base language. A text in a language of which we have none gets all of them:
  // what cannot be read in one language is looked for in every one.
  std::vector<const Lexicon*> lexicons_for(const LanguageTag& language) const;
  const Lexicon& tokens_for(const LanguageTag& language) const;  // en when there is none
  const std::vector<Lexicon>& lexicons() const { return lexicons_; }
  // A word that many organisations or places have in their names, in any of the languages: "granja",
  // "street".
  bool is_common(const std::string& folded_word) const { return common_.count(folded_word) != 0; }
  std::string_view age_band(int years) const;  // "" when no band holds it
  const HotlineNumbers& public_numbers() const { return *public_numbers_; }

 private:
  std::vector<Lexicon> lexicons_;  // en first
  std::unordered_set<std::string> common_;
  std::vector<AgeBand> bands_;  // closed bands, in rising order
  std::shared_ptr<const HotlineNumbers> public_numbers_;
};

}  // namespace hotline
