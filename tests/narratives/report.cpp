// What the scanner finds, per language and type, on both parts of the hand-written notes:
//   narratives_report             the figures
//   narratives_report misses [FOLD]   each label of the training part of which something was left, and each
//   span
//                                 that touches none
#include <iostream>

#include "tests/narratives/corpus.h"

int main(int argc, char** argv) {
  using namespace hotline::narratives;
  if (argc > 1 && std::string(argv[1]) == "misses") {
    print_misses(argc > 2 ? std::optional(std::stoul(argv[2])) : std::nullopt, std::cout);
    return 0;
  }
  for (const std::string part : {"train", "test"})
    for (const auto& [language, measured] : measure_part(part))
      print(part + ", " + language, measured, std::cout);
}
