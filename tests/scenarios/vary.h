// Seeded variants of a record and of what is expected of it: other names, other numbers, other spellings,
// changed in both in the same way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hotline::test {

struct Varied {
  std::string record;       // JSON text, national
  std::string expectation;  // JSON text, expect.json
};

struct Vary {
  std::vector<std::string> names;    // as they stand in the record; replaced as whole words, in every place
  std::vector<std::string> numbers;  // telephone numbers without country code, in any of their spellings;
                                     // their last two digits change
  std::vector<std::string>
      spelled;  // further names that must not arrive: only their spelling in prose changes
};

// Seed 0 is the record as it stands. Otherwise names are taken from a list that holds accents, particles,
// apostrophes and other scripts' marks; where a name that must not arrive is mentioned in prose it is also
// written in capitals, without accents, or with its spacing changed.
Varied variant(const std::string& record, const std::string& expectation, const Vary& vary,
               std::uint32_t seed);

}  // namespace hotline::test
