// The bytes of a text from outside as UTF-8 with LF line ends, a piece at a time.
#pragma once

#include <istream>
#include <string>
#include <string_view>

namespace hotline {

// Takes a byte order mark off, turns UTF-16 (with its mark) into UTF-8, CRLF and CR into LF. Nothing else is
// guessed: bytes that are no UTF-8 come through as they are, for whoever knows the row and column to refuse.
// A half of a surrogate pair comes through as the byte FF, which no UTF-8 text has.
class TextSource {
 public:
  explicit TextSource(std::istream& in);

  // The next piece, valid until the next call; empty at the end.
  std::string_view next();

  bool had_mark() const { return mark_; }
  bool was_utf16() const { return encoding_ != Encoding::utf8; }
  bool had_carriage_returns() const { return carriage_returns_; }

 private:
  enum class Encoding { utf8, utf16_little, utf16_big };
  void sniff();
  void utf16(std::string_view bytes);
  void unit(char32_t unit);
  void put(char32_t code_point);
  void line_ends(std::string_view bytes);

  std::istream& in_;
  std::string raw_, out_;
  std::string held_;  // bytes read while looking for a mark, or the first byte of half a UTF-16 unit
  Encoding encoding_ = Encoding::utf8;
  char32_t high_ = 0;  // a first half of a surrogate pair
  bool mark_ = false, carriage_returns_ = false, last_was_cr_ = false, ended_ = false;
};

}  // namespace hotline
