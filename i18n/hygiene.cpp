#include "i18n/hygiene.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdint>

#include "i18n/base/utf8.h"
#include "i18n/fold.h"

namespace hotline {
namespace {

constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;

bool is_invisible(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ||
         u_hasBinaryProperty(point, UCHAR_BIDI_CONTROL) != 0;
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return U_SUCCESS(status) != 0 ? script : USCRIPT_UNKNOWN;
}

// The three alphabets whose letters are taken for one another.
bool is_confusable_script(UScriptCode script) {
  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK;
}

// Persian, Hindi and others spell with joiners; Latin, Cyrillic, Greek and digits do not.
bool spells_with_joiners(char32_t before) {
  const UScriptCode script = script_of(before);
  return u_isalpha(static_cast<UChar32>(before)) != 0 && !is_confusable_script(script) &&
         script != USCRIPT_COMMON;
}

class Notes {
 public:
  void add(TextNote note) {
    if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(note);
  }
  std::vector<TextNote> take() {
    std::sort(notes_.begin(), notes_.end());
    return std::move(notes_);
  }

 private:
  std::vector<TextNote> notes_;
};

bool mixes_scripts(std::u32string_view text) {
  UScriptCode of_word = USCRIPT_INVALID_CODE;
  for (const char32_t c : text) {
    if (u_isalpha(static_cast<UChar32>(c)) == 0) {
      if (!is_invisible(c) && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_GRAPHEME_EXTEND) == 0)
        of_word = USCRIPT_INVALID_CODE;
      continue;
    }
    const UScriptCode script = script_of(c);
    if (!is_confusable_script(script)) continue;
    if (of_word != USCRIPT_INVALID_CODE && of_word != script) return true;
    of_word = script;
  }
  return false;
}

std::u32string tidy_points(std::u32string_view text, TextUse use, Notes& notes) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c == U'\r') {
      notes.add(TextNote::line_ends);
      if (i + 1 == text.size() || text[i + 1] != U'\n') out.push_back(U'\n');
      continue;
    }
    if (is_invisible(c)) {
      const bool joins = (c == kNonJoiner || c == kJoiner) && !out.empty() && spells_with_joiners(out.back());
      if (!joins) notes.add(use == TextUse::words ? TextNote::invisible_kept : TextNote::invisible_removed);
      if (!joins && use == TextUse::value) continue;
    }
    out.push_back(c);
  }
  return out;
}

}  // namespace

std::string_view to_string(TextNote note) {
  switch (note) {
    case TextNote::composed:
      return "composed";
    case TextNote::line_ends:
      return "line_ends";
    case TextNote::invisible_removed:
      return "invisible_removed";
    case TextNote::invisible_kept:
      return "invisible_kept";
    case TextNote::mixed_scripts:
      return "mixed_scripts";
  }
  return "";
}

namespace {

// How long a character is that is not ASCII and yet needs no look: Latin letters with their accents in one
// piece, Spanish and French punctuation, typographic quotes and dashes. Visible, composed, and of no second
// alphabet.
std::size_t plain_beyond_ascii(std::string_view rest) {
  const auto byte = [&](std::size_t at) {
    return at < rest.size() ? static_cast<unsigned char>(rest[at]) : static_cast<unsigned char>(0);
  };
  const unsigned char lead = byte(0), next = byte(1), last = byte(2);
  if (lead == 0xC2) return next >= 0xA1 && next <= 0xBF && next != 0xAD ? 2 : 0;  // U+00AD is invisible
  if (lead >= 0xC3 && lead <= 0xC5) return next >= 0x80 && next <= 0xBF ? 2 : 0;  // U+00C0 to U+017F
  if (lead == 0xE2 && next == 0x80) return (last >= 0x90 && last <= 0x9F) || last == 0xA6 ? 3 : 0;
  return 0;
}

}  // namespace

bool is_plain(std::string_view text) {
  for (std::size_t at = 0; (at = skip_ascii(text, at)) < text.size();) {
    const std::size_t length = plain_beyond_ascii(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return text.find('\r') == std::string_view::npos;
}

TidyText tidy_text(std::string_view utf8, TextUse use) {
  if (is_plain(utf8)) return {std::string(utf8), {}};
  Notes notes;
  const std::u32string points = tidy_points(to_utf32(utf8), use, notes);
  if (mixes_scripts(points)) notes.add(TextNote::mixed_scripts);
  const std::string before = to_utf8(points);
  std::string text = nfc(before);
  if (text != before) notes.add(TextNote::composed);
  return {std::move(text), notes.take()};
}

std::string for_display(std::string_view utf8) {
  if (is_plain(utf8)) return std::string(utf8);
  std::u32string out;
  for (const char32_t c : to_utf32(utf8)) {
    const bool joins = (c == kNonJoiner || c == kJoiner) && !out.empty() && spells_with_joiners(out.back());
    if (joins || !is_invisible(c)) out.push_back(c);
  }
  return to_utf8(out);
}

}  // namespace hotline
