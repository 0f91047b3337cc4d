// All that the scanner knows of languages and names, loaded once.
#pragma once

#include <string>
#include <unordered_set>

#include "consent/scan/spoken.h"
#include "consent/scan/tagger.h"
#include "consent/scan/word_lists.h"
#include "consent/texts.h"

namespace hotline {

// Words that tell, of all languages at once: consent/scan/words.json.
struct ScanWords {
  std::unordered_set<std::string> colours, vehicles, vehicle_joiners;
};

struct ScanData {
  ConsentTexts texts;
  SpokenNumbers spoken;
  WordLists lists;
  ScanWords words;
  Tagger tagger;
  static Result<ScanData> load(const std::string& root);
};

}  // namespace hotline
