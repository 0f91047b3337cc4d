// Labelled notes: tests/narratives/README.md says how they are written.
#pragma once

#include <string>
#include <vector>

#include "consent/scan/span.h"
#include "consent/values.h"

namespace hotline::narratives {

// What a reader would mask, as bytes of the text.
struct Label {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string type;    // of all_span_types()
  bool known = false;  // stands in the record, in whatever disguise
};

// A sentence that speaks of a category.
struct Topic {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string category;
};

struct Note {
  std::string id, about, language;
  std::vector<FindableValue> known;
  std::string text;
  std::vector<Label> labels;  // rising
  std::vector<Topic> topics;
};

// All notes of one part ("train", "test") of a folder, by the order of their files. Throws with file and line
// where one cannot be read: a note that is not counted would flatter.
std::vector<Note> read_notes(const std::string& folder, const std::string& part);

// One of four parts of the notes: what is learnt from three is looked at in the fourth.
std::size_t fold_of(const Note& note);

}  // namespace hotline::narratives
