// Names of people, places and organisations that stand in no field: a linear model over what stands around a
// word (trained by tests/narratives/train on notes of its own), read greedily from left to right.
// Deterministic and linear in the text.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "consent/scan/features.h"

namespace hotline {

struct Tagged {
  Tag tag = Tag::none;
  double sure = 0;  // that it is anything at all, 0 to 1
};

class Tagger {
 public:
  using Weights = std::array<float, kTags>;

  // consent/scan/model.txt below the data root. Error: data_invalid.
  static Result<Tagger> load(const std::string& root);
  // For each word of the text.
  std::vector<Tagged> tag(const TextSight& text) const;

 private:
  std::unordered_map<std::uint64_t, Weights> weights_;
};

}  // namespace hotline
