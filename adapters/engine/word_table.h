// Plain words of a hotline for things that have an international code (languages, countries, states):
// adapters/<profile>/tables/<name>.json. Not total by design: what it does not name goes as the code itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/json.h"
#include "i18n/base/name_index.h"
#include "i18n/base/result.h"

namespace hotline {

class WordTable {
 public:
  struct Entry {
    std::string canonical;
    std::string national;
    std::map<std::string, std::string, std::less<>> labels;  // base language -> label
    // Canonical values that take this word, for want of one of their own; a list may have other words for
    // them that are read as they are.
    std::vector<std::string> narrower;
  };
  static Result<WordTable> load(const std::string& path, const std::string& file);

  const Entry* of_canonical(std::string_view canonical) const;  // nullptr: not named here
  // Whether the word for this value says less than the value does: nhe goes as nah.
  bool is_narrower(std::string_view canonical) const;
  const Entry* of_national(
      std::string_view text) const;  // by word or another spelling, trimmed, case ignored

 private:
  bool read_narrower(const JsonValue& entry);  // false: a word stands there twice

  std::vector<Entry> entries_;
  std::vector<Entry> own_words_;      // of narrower values
  NameIndex canonicals_, nationals_;  // of entries_; nationals_ and own_ are folded
  NameIndex words_;                   // of entries_: the words as they are
  NameIndex own_;                     // of own_words_
};

}  // namespace hotline
