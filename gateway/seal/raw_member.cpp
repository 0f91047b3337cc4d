#include "gateway/seal/raw_member.h"

namespace hotline {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // The text between the quotes.
  std::string_view string() {
    if (!take('"')) return {};
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    const auto inside = text_.substr(start, at_ - start);
    ++at_;
    return inside;
  }
  std::string_view value() {
    skip_space();
    const std::size_t start = at_;
    for (int depth = 0; at_ < text_.size();) {
      const char c = text_[at_];
      if (c == '"') {
        string();
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
    auto found = text_.substr(start, at_ - start);
    while (!found.empty() && std::string_view(" \t\r\n").find(found.back()) != std::string_view::npos) {
      found.remove_suffix(1);
    }
    return found;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string_view> raw_member(std::string_view text, std::string_view name) {
  Scanner scan(text);
  if (!scan.take('{')) return std::nullopt;
  do {
    const auto key = scan.string();
    if (!scan.take(':')) return std::nullopt;
    const auto value = scan.value();
    if (key == name) return value;
  } while (scan.take(','));
  return std::nullopt;
}

}  // namespace hotline
