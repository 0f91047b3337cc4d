// Looking for a value in whatever a receiver holds, however it is written there: folded, escaped, encoded,
// spaced. The same search has to find what must arrive and must not find what must not, so that it cannot be
// blind.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hotline::test {

// All readings of a text: as it stands, with JSON escapes and percent signs resolved, and whatever base64
// (either alphabet) in it decodes to, three layers deep.
std::vector<std::string> readings(const std::string& bytes);

class Haystack {
 public:
  void add(const std::string& where, const std::string& bytes);
  // Where the value is and how it is written there; nothing when it is nowhere. Case, accents, compatibility
  // forms and spacing make no difference. Values of six or more characters are found inside words, shorter
  // ones as whole words; values of seven or more digits also by their digits alone.
  std::optional<std::string> find(const std::string& value) const;
  std::size_t size() const { return texts_.size(); }
  void add_all(const Haystack& other) {
    texts_.insert(texts_.end(), other.texts_.begin(), other.texts_.end());
  }

 private:
  struct Text {
    std::string where;
    std::u32string folded;    // white space runs are one space
    std::u32string squeezed;  // letters and digits only
    std::u32string digits;
  };
  std::vector<Text> texts_;
};

}  // namespace hotline::test
