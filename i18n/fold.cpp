#include "i18n/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <array>
#include <stdexcept>

#include "i18n/unicode.h"

namespace hotline {
namespace {

constexpr char32_t kTableEnd = 0x250;        // the Latin blocks: folded once, looked up after
constexpr std::size_t kLongestSegment = 32;  // more marks than any writing has; longer runs would sort in n^2

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error("ICU data are missing");
}

struct Normalizers {
  const icu::Normalizer2* casefold;
  const icu::Normalizer2* decompose;
  const icu::Normalizer2* compose;
};

const Normalizers& normalizers() {
  static const Normalizers instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    Normalizers n{icu::Normalizer2::getNFKCCasefoldInstance(status), icu::Normalizer2::getNFDInstance(status),
                  icu::Normalizer2::getNFCInstance(status)};
    check(status);
    return n;
  }();
  return instance;
}

UChar32 as_icu(char32_t c) {
  return static_cast<UChar32>(c);
}

// What Unicode does not decompose, though people type it without.
std::u32string_view spelled_out(char32_t c) {
  switch (c) {
    case U'æ':
      return U"ae";
    case U'œ':
      return U"oe";
    case U'ø':
      return U"o";
    case U'ł':
      return U"l";
    case U'đ':
    case U'ð':
      return U"d";
    case U'ħ':
      return U"h";
    case U'ŧ':
      return U"t";
    case U'þ':
      return U"th";
    case U'ı':
      return U"i";
    default:
      return {};
  }
}

bool is_apostrophe(char32_t c) {
  return c == U'`' || c == U'\u00B4' || c == U'\u2018' || c == U'\u2019' || c == U'\u201B' ||
         c == U'\u02BC' || c == U'\u02B9' || c == U'\u02BB' || c == U'\u2032';
}

// A folded code point's last step: one sign for each kind of dash, apostrophe, space and digit.
void append_plain(char32_t c, std::u32string& out) {
  if (is_apostrophe(c)) {
    out += U'\'';
  } else if (u_isUWhiteSpace(as_icu(c))) {
    out += U' ';
  } else if (u_hasBinaryProperty(as_icu(c), UCHAR_DASH)) {
    out += U'-';
  } else if (const int digit = u_charDigitValue(as_icu(c)); digit >= 0 && u_isdigit(as_icu(c))) {
    out += U'0' + static_cast<char32_t>(digit);
  } else if (const auto spelled = spelled_out(c); !spelled.empty()) {
    out += spelled;
  } else {
    out += c;
  }
}

void fold_segment(const icu::UnicodeString& segment, std::u32string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const auto& n = normalizers();
  const icu::UnicodeString folded = n.decompose->normalize(n.casefold->normalize(segment, status), status);
  check(status);
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_getCombiningClass(c) == 0) append_plain(static_cast<char32_t>(c), out);
  }
}

std::u32string fold_one(char32_t c) {
  std::u32string out;
  if (is_apostrophe(c)) {
    out += U'\'';  // before normalising, which makes a space and an accent of U+00B4
  } else {
    fold_segment(icu::UnicodeString(as_icu(c)), out);
  }
  return out;
}

const std::array<std::u32string, kTableEnd>& latin_table() {
  static const auto table = [] {
    std::array<std::u32string, kTableEnd> t;
    for (char32_t c = 0; c < kTableEnd; ++c) t[c] = fold_one(c);
    return t;
  }();
  return table;
}

bool is_foreign_letter(char32_t c) {
  if (c < 0x250 || !u_isalpha(as_icu(c))) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(as_icu(c), &status);
  return script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
}

const USpoofChecker* spoof_checker() {
  static const icu::LocalUSpoofCheckerPointer checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    icu::LocalUSpoofCheckerPointer opened(uspoof_open(&status));
    check(status);
    return opened;
  }();
  return checker.getAlias();
}

// The Latin text that a letter of another script looks like; the letter itself when it looks like none.
void append_lookalike(char32_t c, std::u32string& out) {
  if (!is_foreign_letter(c)) {
    out += c;
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(spoof_checker(), 0, icu::UnicodeString(as_icu(c)), skeleton, &status);
  check(status);
  fold_segment(skeleton, out);
}

// Calls `emit(units, begin, end)` for each stretch of the text that folds by itself.
template <class Emit>
void fold_each(std::string_view utf8, Confusables confusables, const Emit& emit) {
  const auto& table = latin_table();
  const auto* casefold = normalizers().casefold;
  std::u32string units;
  std::u32string mapped;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const char32_t first = next_code_point(utf8, at);
    std::size_t size = 1;
    std::size_t end = at;
    while (end < utf8.size() && static_cast<unsigned char>(utf8[end]) >= 0x80 && size < kLongestSegment) {
      std::size_t next = end;
      if (casefold->hasBoundaryBefore(as_icu(next_code_point(utf8, next)))) break;
      end = next;
      ++size;
    }
    at = end;
    if (size == 1 && first < kTableEnd) {
      emit(table[first], begin, end);
      continue;
    }
    units.clear();
    if (size == 1) {
      units = fold_one(first);
    } else {
      fold_segment(to_utf16(utf8.substr(begin, end - begin)), units);
    }
    if (confusables == Confusables::map) {
      mapped.clear();
      for (char32_t c : units) append_lookalike(c, mapped);
      units.swap(mapped);
    }
    emit(units, begin, end);
  }
}

}  // namespace

std::u32string fold_to_utf32(std::string_view utf8, Confusables confusables) {
  std::u32string out;
  out.reserve(utf8.size());
  fold_each(utf8, confusables, [&](const std::u32string& units, std::size_t, std::size_t) { out += units; });
  return out;
}

std::string fold_for_search(std::string_view utf8, Confusables confusables) {
  return to_utf8(fold_to_utf32(utf8, confusables));
}

FoldedText fold_with_offsets(std::string_view utf8, Confusables confusables) {
  FoldedText folded;
  folded.text.reserve(utf8.size());
  folded.begin.reserve(utf8.size());
  folded.end.reserve(utf8.size());
  fold_each(utf8, confusables, [&](const std::u32string& units, std::size_t begin, std::size_t end) {
    folded.text += units;
    folded.begin.resize(folded.text.size(), static_cast<std::uint32_t>(begin));
    folded.end.resize(folded.text.size(), static_cast<std::uint32_t>(end));
  });
  return folded;
}

FoldedBytes to_bytes(const FoldedText& folded) {
  FoldedBytes bytes;
  bytes.text.reserve(folded.text.size());
  for (std::size_t i = 0; i < folded.text.size(); ++i) {
    append_utf8(folded.text[i], bytes.text);
    bytes.begin.resize(bytes.text.size(), folded.begin[i]);
    bytes.end.resize(bytes.text.size(), folded.end[i]);
  }
  return bytes;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalnum(as_icu(c)) || (U_GET_GC_MASK(as_icu(c)) & U_GC_M_MASK) != 0;
}

std::vector<Word> words(std::u32string_view folded) {
  std::vector<Word> found;
  for (std::size_t at = 0; at < folded.size();) {
    if (!is_word_character(folded[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < folded.size() && is_word_character(folded[at])) ++at;
    found.push_back({begin, at});
  }
  return found;
}

std::string nfc(std::string_view utf8) {
  const auto* compose = normalizers().compose;
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const bool ascii = next_code_point(utf8, at) < 0x80;
    std::size_t size = 1;
    while (at < utf8.size() && static_cast<unsigned char>(utf8[at]) >= 0x80 && size < kLongestSegment) {
      std::size_t next = at;
      if (compose->hasBoundaryBefore(as_icu(next_code_point(utf8, next)))) break;
      at = next;
      ++size;
    }
    const std::string_view segment = utf8.substr(begin, at - begin);
    if (ascii && size == 1) {
      out += segment;
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    out += from_utf16(compose->normalize(to_utf16(segment), status));
    check(status);
  }
  return out;
}

}  // namespace hotline
