// What the tagger sees of each word of a text. The same function makes the features for training and for use,
// so that the two cannot part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "consent/scan/detectors.h"
#include "consent/scan/word_lists.h"

namespace hotline {

// What a word is part of, as far as it is nobody's number: B begins, I goes on.
enum class Tag : std::uint8_t {
  none,
  begin_name,
  in_name,
  begin_place,
  in_place,
  begin_organisation,
  in_organisation,
  begin_address,
  in_address,
  begin_vehicle,
  in_vehicle,
};
constexpr std::size_t kTags = 11;
inline bool goes_on(Tag tag) {
  return tag != Tag::none && static_cast<int>(tag) % 2 == 0;
}

enum class Shape : std::uint8_t { lower, capital, upper, initial, digits, mixed };

// Of one word, everything that does not depend on tags.
struct WordSight {
  std::string_view folded;
  Shape shape = Shape::lower;
  std::uint8_t lists = 0;  // WordLists
  std::uint8_t place = 0;  // 1: begins a place of one or more words, 2: goes on in one
  std::uint8_t tells =
      0;  // bits: a title or kinship, a kind of organisation before or behind, of place, a joiner
  bool never = false;   // stands on that list, alone or with its neighbours
  char before = ' ';    // what stands between it and the word before: ' ', or the sign that parts them
  bool starts = false;  // a sentence or a line
  bool elsewhere_lower = false;  // the same word stands in lower case elsewhere in the text
};

struct TextSight {
  std::vector<WordSight> words;
  char casing = 'n';  // 'n'ormal, all 'u'pper, all 'l'ower
};
TextSight look_at(const PreparedText& text, const ConsentTexts& texts, const WordLists& lists);

// A feature is the hash of its kind and what it says.
class FeatureSink {
 public:
  virtual ~FeatureSink() = default;
  virtual void add(char kind, std::string_view first, std::string_view second) = 0;
};
std::uint64_t feature_hash(char kind, std::string_view first, std::string_view second);
void features_of(const TextSight& text, std::size_t word, Tag before, FeatureSink& sink);

}  // namespace hotline
