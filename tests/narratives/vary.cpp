#include "tests/narratives/vary.h"

#include <algorithm>
#include <fstream>

#include "i18n/fold.h"

namespace hotline::narratives {
namespace {

std::vector<std::string> lines_a_to_l(const std::string& path) {
  std::vector<std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    if (line[0] <= 'l') out.push_back(line);
  return out;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_capital(const std::string& word) {
  return word[0] >= 'A' && word[0] <= 'Z';
}

bool is_all_upper(const std::string& word) {
  return word.size() > 1 &&
         std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// `word` (lower case) written as `like` is.
std::string written_like(std::string word, const std::string& like) {
  if (is_all_upper(like)) {
    std::transform(word.begin(), word.end(), word.begin(), upper);
  } else if (is_capital(like) || static_cast<unsigned char>(like[0]) >= 0x80) {
    for (std::size_t i = 0; i < word.size(); ++i)
      if (i == 0 || word[i - 1] == ' ') word[i] = upper(word[i]);
  }
  return word;
}

bool is_word(const std::string& text) {
  return text.size() > 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) | 32) >= 'a' || static_cast<unsigned char>(c) >= 0x80;
         });
}

bool is_particle(const std::string& word) {
  static const std::vector<std::string> all = {"de",  "del", "la",  "las", "los", "van",
                                               "von", "der", "san", "the", "and"};
  return std::find(all.begin(), all.end(), fold_for_search(word)) != all.end();
}

// Other hands: a note as somebody writes it who has no time for capitals or accents. `change` is byte by byte
// and keeps the length, or there is none.
template <typename Change>
Note rewritten(const Note& note, Change change) {
  Note out = note;
  out.text.clear();
  std::vector<std::size_t> at(note.text.size() + 1);
  for (std::size_t i = 0; i < note.text.size();) {
    std::size_t length = 1;
    while (i + length < note.text.size() &&
           (static_cast<unsigned char>(note.text[i + length]) & 0xC0) == 0x80)
      ++length;
    for (std::size_t k = 0; k < length; ++k) at[i + k] = out.text.size();
    out.text += change(note.text.substr(i, length));
    i += length;
  }
  at[note.text.size()] = out.text.size();
  for (Label& label : out.labels) {
    label.begin = at[label.begin];
    label.end = at[label.end];
  }
  return out;
}

}  // namespace

Variants::Variants(const std::string& root, std::uint64_t seed)
    : given_(lines_a_to_l(root + "/consent/scan/lists/given.txt")),
      surnames_(lines_a_to_l(root + "/consent/scan/lists/surnames.txt")),
      places_(lines_a_to_l(root + "/consent/scan/lists/places.txt")),
      random_(seed) {}

// A name that stands on no list.
std::string Variants::misspelt(std::string name) {
  static const std::string vowels = "aeiou";
  for (char& c : name)
    if (vowels.find(c) != std::string::npos && chance(50)) c = vowels[below(vowels.size())];
  return name;
}

std::string Variants::name(const std::string& written, bool first) {
  if (is_particle(written) || !is_word(written)) return written;
  std::string name = any(first ? given_ : surnames_);
  return written_like(chance(25) ? misspelt(std::move(name)) : std::move(name), written);
}

std::string Variants::in_place_of(const Label& label, const std::string& written) {
  if (label.type == "place" && is_word(written.substr(0, written.find(' '))) && chance(50))
    return written_like(any(places_), written);
  if (label.type != "name" || !chance(80)) return written;
  std::string out;
  bool first = true;
  for (std::size_t begin = 0; begin <= written.size();) {
    const std::size_t end = std::min(written.find(' ', begin), written.size());
    out += (begin == 0 ? "" : " ") + name(written.substr(begin, end - begin), first);
    first = false;
    begin = end + 1;
  }
  return out;
}

Note Variants::vary(const Note& note) {
  Note out = note;
  out.text.clear();
  out.labels.clear();
  std::size_t done = 0;
  for (const Label& label : note.labels) {
    out.text += note.text.substr(done, label.begin - done);
    Label moved = label;
    moved.begin = out.text.size();
    out.text += in_place_of(label, note.text.substr(label.begin, label.end - label.begin));
    moved.end = out.text.size();
    out.labels.push_back(moved);
    done = label.end;
  }
  out.text += note.text.substr(done);
  if (chance(15))
    return rewritten(out, [](const std::string& c) {
      return c.size() > 1 ? c
                          : std::string(1, static_cast<char>(c[0] >= 'A' && c[0] <= 'Z' ? c[0] + 32 : c[0]));
    });
  if (chance(10))
    return rewritten(out,
                     [](const std::string& c) { return c.size() > 1 ? c : std::string(1, upper(c[0])); });
  if (chance(20))
    return rewritten(out, [](const std::string& c) {
      return c.size() > 1 && !fold_for_search(c).empty() ? fold_for_search(c) : c;
    });
  return out;
}

}  // namespace hotline::narratives
