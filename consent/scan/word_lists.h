// Names of people and places, and ordinary words, as lists: consent/scan/lists/ (its README says whence).
// What stands on a list is a hint, never a finding: "Rosa" is a colour too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "i18n/base/result.h"

namespace hotline {

class WordLists {
 public:
  enum : std::uint8_t {
    given = 1,
    surname = 2,
    place = 4,
    common = 8,
    begins = 16,
    never = 32,
    firm = 64,
    vehicle = 128
  };

  // `root` is the data root. Error: data_invalid, with the file.
  static Result<WordLists> load(const std::string& root);

  // On which lists a folded word stands. A place of several words stands as a whole ("san luis potosi"), and
  // its beginnings have `place_begins`.
  std::uint8_t of(std::string_view folded) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint8_t, Hash, std::equal_to<>> words_;
};

}  // namespace hotline
