// Text as it may be stored, sent and shown (Unicode 15.0; TR9 for direction, TR15 for normal forms). What
// would be refused outright (controls, noncharacters, broken UTF-8) never comes this far: see
// i18n/base/json.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hotline {

// A value is read by programs and compared: names, codes, numbers, places. Words are somebody's own: nothing
// in them is taken away, however odd.
enum class TextUse { value, words };

enum class TextNote {
  composed,           // was not in NFC
  line_ends,          // CR LF or CR became LF
  invisible_removed,  // zero-width characters, direction marks, byte order marks, soft hyphens
  invisible_kept,     // the same in somebody's words: kept, and kept from working on display
  mixed_scripts,      // one word with letters of two alphabets, as in a look-alike; kept as it is
};
std::string_view to_string(TextNote note);

struct TidyText {
  std::string text;
  std::vector<TextNote> notes;  // in the order above, each once; empty: the text is as it was
};

// Linear. Idempotent but for the notes on what is kept. A joiner stays in a value after a letter of a script
// that spells with it (Persian, Hindi, ...).
TidyText tidy_text(std::string_view utf8, TextUse use);

// ASCII, composed Latin letters and usual punctuation, without CR: nothing to do, told without looking
// closer. Nearly all of our text. What is not plain may still be tidy.
bool is_plain(std::string_view utf8);

// For a screen or a page: without what could turn the direction of the text around it or hide in it.
std::string for_display(std::string_view utf8);

}  // namespace hotline
