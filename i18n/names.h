// Names of people. Nothing here decides who somebody is: names are formatted for reading and spelled out for
// finding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"

namespace hotline {

struct PersonName {
  std::string given_names;
  std::string first_surname;
  std::string second_surname;
  bool surname_first = false;  // the person's own order
};

// "María Fernanda Reyes Ortiz"; for en and fr too: nobody loses a surname by crossing a border.
std::string format_name(const PersonName& name, const LanguageTag& language);

// Splits a field that holds all surnames. Only what is certain is split: two words outside a particle group
// ("Reyes Ortiz", "de la Cruz Pérez"); a hyphenated surname is one; anything else stays whole in `first`.
struct Surnames {
  std::string first;
  std::string second;
};
Surnames split_surnames(std::string_view last_name);
std::string join_surnames(std::string_view first,
                          std::string_view second);  // one space, empty parts left out

// The words of a name, particles (de, del, la, van, Mc ...) left out: "de la Cruz Pérez" gives Cruz, Pérez.
std::vector<std::string> name_words(std::string_view name);

// What to look for in free text, each in folded form (fold.h), longest first, without repetitions: every word
// of at least `min_letters` letters alone; whole names in either order, with and without the second surname;
// a particle group as written; an initial and the surname ("j reyes"), the given name and a surname's initial
// ("juana r"). To be matched as whole words, with what stands between words (space, dot, comma, hyphen)
// ignored: a form has single spaces between its words.
std::vector<std::string> name_search_forms(const PersonName& name, std::size_t min_letters = 2);
// The same for one free name ("called" or legal name in one field).
std::vector<std::string> name_search_forms(std::string_view whole_name, std::size_t min_letters = 2);

}  // namespace hotline
