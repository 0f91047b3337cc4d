// The hand-written notes, scanned.
#pragma once

#include <map>
#include <optional>
#include <ostream>
#include <string>

#include "tests/narratives/measure.h"

namespace hotline::narratives {

// Of each language (en, es, fr, mixed) what the scanner finds in the notes of `part`.
std::map<std::string, Measured> measure_part(const std::string& part);
// What of the training part (of one fold of it) was missed and what was marked by mistake, a line each: note,
// what, type, words, score; and then the figures.
void print_misses(std::optional<std::size_t> fold, std::ostream& out);

}  // namespace hotline::narratives
