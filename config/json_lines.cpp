#include "config/json_lines.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "i18n/base/json_pointer.h"

namespace hotline {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::size_t follow(std::string_view pointer) {
    blanks();
    std::size_t found = at_;
    while (!pointer.empty() && pointer.front() == '/') {
      const std::string_view token = pointer_next(pointer);
      const std::size_t place =
          peek() == '{' ? member(pointer_unescape(token).value_or(std::string(token))) : element(token);
      if (place == npos) break;
      found = place;
    }
    return 1 + static_cast<std::size_t>(
                   std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  // Names with escapes in them do not occur in our data; they are compared as they are written.
  std::string_view string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    const std::string_view inside = text_.substr(begin, at_ - begin);
    if (at_ < text_.size()) ++at_;
    return inside;
  }

  void skip() {
    int depth = 0;
    do {
      blanks();
      const char c = peek();
      if (c == '\0') return;
      if (c == '"') {
        string();
        continue;
      }
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      ++at_;
      if (depth == 0 && c != '}' && c != ']')
        at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    } while (depth > 0);
  }

  // To the value of a member; the place of its name.
  std::size_t member(const std::string& wanted) {
    ++at_;
    for (blanks(); peek() == '"'; blanks()) {
      const std::size_t place = at_;
      const bool here = string() == wanted;
      blanks();
      if (peek() == ':') ++at_;
      blanks();
      if (here) return place;
      skip();
      blanks();
      if (peek() == ',') ++at_;
    }
    return npos;
  }

  std::size_t element(std::string_view token) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (peek() != '[' || error != std::errc{} || end != token.data() + token.size()) return npos;
    ++at_;
    for (blanks(); peek() != ']' && peek() != '\0'; blanks()) {
      if (index-- == 0) return at_;
      skip();
      blanks();
      if (peek() == ',') ++at_;
    }
    return npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t line_of(std::string_view text, std::string_view pointer) {
  return Reader(text).follow(pointer);
}

}  // namespace hotline
