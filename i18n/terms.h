// Words that wound, and better ones, as data: i18n/terms/<language>.json. Found, never replaced: whoever
// wrote the text decides. Inflections are spelled out in the data, so a further language is a further file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

// Where a text stands decides what is a wound in it.
enum class TermScope {
  label,      // what the program itself says: only words that are never right
  to_person,  // the same, and words that nobody is to be called to their face
  free_text,  // what staff write: also words that are often, not always, wrong
};

struct TermHit {
  std::size_t start = 0, end = 0;  // code points of the text
  std::string entry;               // "en/12": the file and the entry's number there
  std::string better;              // what to say instead; alternatives are parted by ;
  std::string kind;  // S stigma, B blame, D dehumanising, H rescue, J jargon of those who exploit, I
                     // immigration, C clinical, L label, T mistranslation
  friend bool operator==(const TermHit&, const TermHit&) = default;
};

class Terms {
 public:
  // `root` is the data root. data_invalid with the pointer of an entry that has no words, no better ones, or
  // braces that do not close.
  static Result<Terms> load(const std::string& root);

  // Case and accents do not matter, whole words do; of words inside each other the longer count. What stands
  // in quotation marks is somebody else's, and titles of laws are nobody's choice: neither is a hit. Linear
  // in the text. A language without a file has no hits.
  std::vector<TermHit> find(std::string_view text, const LanguageTag& language, TermScope scope) const;
  std::vector<std::string> languages() const;  // base languages, sorted

 private:
  enum Use { title, refuse, suggest, to_person };  // in rising order: an earlier one is kept
  // A trie over words: the phrase "sold herself" is the path sold, herself.
  struct Node {
    std::map<std::u32string, std::size_t, std::less<>> next;  // into nodes
    int found = -1;                                           // into phrases
  };
  struct Phrase {
    Use use = refuse;
    std::size_t entry = 0;
  };
  struct Entry {
    std::string name, better, kind;
  };
  struct Language {
    std::vector<Node> nodes{Node{}};
    std::vector<Phrase> phrases;
    std::vector<Entry> entries;
    void add(std::string_view words, Phrase phrase);
  };
  static Result<Language> read(const std::string& path, const std::string& name);
  static bool counts(Use use, TermScope scope);
  std::map<std::string, Language, std::less<>> languages_;
};

}  // namespace hotline
