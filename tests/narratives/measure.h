// How well the scanner finds what the labelled notes mark.
#pragma once

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "tests/narratives/notes.h"

namespace hotline::narratives {

// Of one type: labels and how many of them were found whole (no letter or digit left), spans of the scanner
// and how many of them touch something that is marked.
struct Counts {
  std::size_t labels = 0, found = 0, spans = 0, right = 0;
  double recall() const { return labels == 0 ? 1 : static_cast<double>(found) / static_cast<double>(labels); }
  double precision() const {
    return spans == 0 ? 1 : static_cast<double>(right) / static_cast<double>(spans);
  }
  Counts& operator+=(const Counts& other);
  double f2() const;  // recall counts four times
};

struct Measured {
  std::map<std::string, Counts> by_type;  // and "known", "unknown name"
  std::size_t notes = 0, held = 0, leaked = 0;
  std::set<std::string> leaks;  // ids
  Counts all() const;
};

struct Scanned {
  std::vector<FoundSpan> spans;
  bool held = false;  // somebody has to look at it first
};

// No letter or digit of the label is left; and: the span touches something that is marked.
bool is_found(const Note& note, const Label& label, const std::vector<FoundSpan>& spans);
bool is_right(const Note& note, const FoundSpan& span);
void measure(const Note& note, const Scanned& scanned, Measured& into);
void print(const std::string& title, const Measured& measured, std::ostream& out);

}  // namespace hotline::narratives
