#include "tests/scenarios/search.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace hotline::test {
namespace {

constexpr std::size_t kInsideWords = 6;    // from so many characters a value is looked for inside words
constexpr std::size_t kWithoutSpace = 10;  // and from so many also with all spacing removed
constexpr std::size_t kByDigits = 7;
constexpr std::size_t kEncodedRun = 16;
constexpr int kLayers = 3;

// Written apart from i18n/fold on purpose: a mistake there must not blind the test.
std::u32string fold(const std::string& bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(bytes);
  const icu::UnicodeString folded = decompose->normalize(casefold->normalize(text, status), status);
  std::u32string out;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (u_isUWhiteSpace(c)) {
      if (!out.empty() && out.back() != U' ') out.push_back(U' ');
    } else {
      out.push_back(static_cast<char32_t>(c));
    }
  }
  return out;
}

bool is_word(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

std::u32string keep(const std::u32string& text, bool (*wanted)(char32_t)) {
  std::u32string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), wanted);
  return out;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool has_word(const std::u32string& text, const std::u32string& value) {
  for (auto at = text.find(value); at != text.npos; at = text.find(value, at + 1)) {
    const bool starts = at == 0 || !is_word(text[at - 1]);
    const auto end = at + value.size();
    if (starts && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int hex_number(const std::string& text, std::size_t at, std::size_t digits) {
  int number = 0;
  if (at + digits > text.size()) return -1;
  for (std::size_t i = at; i < at + digits; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}

// \uXXXX with its surrogate pairs, \n and friends, %XX. UTF-16 as a way station keeps pairs together.
std::string unescaped(const std::string& text) {
  std::string out;
  icu::UnicodeString units;
  const auto flush = [&] {
    if (!units.isEmpty()) units.toUTF8String(out);
    units.remove();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const int unit = text[i + 1] == 'u' ? hex_number(text, i + 2, 4) : -1;
      if (unit >= 0) {
        units.append(static_cast<char16_t>(unit));
        i += 5;
        continue;
      }
      flush();
      const char next = text[++i];
      out += next == 'n' || next == 't' || next == 'r' ? ' ' : next;
    } else if (const int byte = text[i] == '%' ? hex_number(text, i + 1, 2) : -1; byte >= 0) {
      flush();
      out += static_cast<char>(byte);
      i += 2;
    } else {
      flush();
      out += text[i];
    }
  }
  flush();
  return out;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::string base64_decoded(const std::string& run) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : run) {
    bits = (bits << 6) | static_cast<std::uint32_t>(base64_value(c));
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xff);
    }
  }
  return out;
}

// Mostly text: what ciphertext decodes to is not looked at any further.
bool looks_like_text(const std::string& bytes) {
  const auto odd =
      std::count_if(bytes.begin(), bytes.end(), [](unsigned char c) { return c < 9 || c == 127; });
  return !bytes.empty() && static_cast<std::size_t>(odd) * 20 <= bytes.size();
}

void decode_runs(const std::string& text, int layer, std::vector<std::string>& into) {
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && base64_value(text[end]) >= 0) ++end;
    if (end - begin >= kEncodedRun) {
      const std::string decoded = base64_decoded(text.substr(begin, end - begin));
      if (looks_like_text(decoded)) {
        into.push_back(decoded);
        if (layer < kLayers) decode_runs(decoded, layer + 1, into);
      }
    }
    begin = end + 1;
  }
}

}  // namespace

std::vector<std::string> readings(const std::string& bytes) {
  std::vector<std::string> all = {bytes};
  const std::string plain = unescaped(bytes);
  if (plain != bytes) all.push_back(plain);
  decode_runs(bytes, 1, all);
  return all;
}

void Haystack::add(const std::string& where, const std::string& bytes) {
  for (const std::string& reading : readings(bytes)) {
    const std::u32string folded = fold(reading);
    texts_.push_back({where, folded, keep(folded, is_word), keep(folded, is_digit)});
  }
}

std::optional<std::string> Haystack::find(const std::string& value) const {
  const std::u32string folded = fold(value);
  const std::u32string squeezed = keep(folded, is_word);
  const std::u32string digits = keep(folded, is_digit);
  const bool by_digits = digits.size() >= kByDigits && digits.size() * 2 > squeezed.size();
  for (const Text& text : texts_) {
    if (folded.size() >= kInsideWords ? text.folded.find(folded) != text.folded.npos
                                      : has_word(text.folded, folded)) {
      return text.where;
    }
    if (squeezed.size() >= kWithoutSpace && text.squeezed.find(squeezed) != text.squeezed.npos) {
      return text.where + " (spaced)";
    }
    if (by_digits && text.digits.find(digits) != text.digits.npos) return text.where + " (digits)";
  }
  return std::nullopt;
}

}  // namespace hotline::test
