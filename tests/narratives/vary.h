// More notes out of those that people wrote: the same sentences with other names and places, in other hands
// (no accents, no capitals, all capitals). Names begin with A to L, as in all that the tagger learns from.
#pragma once

#include <random>

#include "tests/narratives/notes.h"

namespace hotline::narratives {

class Variants {
 public:
  // `root` holds consent/scan/lists. The same seed gives the same notes on every machine.
  Variants(const std::string& root, std::uint64_t seed);
  Note vary(const Note& note);

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  std::string name(const std::string& written, bool first);
  std::string any(const std::vector<std::string>& list) { return list[below(list.size())]; }
  std::string misspelt(std::string name);
  std::string in_place_of(const Label& label, const std::string& written);

  std::vector<std::string> given_, surnames_, places_;
  std::mt19937_64 random_;
};

}  // namespace hotline::narratives
