#include "config/plain_pattern.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace hotline {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Characters that stand for themselves in a set, wherever.
bool is_literal(char c) {
  return is_letter_or_digit(c) || std::string_view("_./ ,:@").find(c) != std::string_view::npos;
}

// What stands between the brackets; false when more is meant than characters and ranges.
bool read_set(std::string_view inside, std::bitset<256>& set) {
  if (inside.empty()) return false;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    const char first = inside[at];
    if (first == '-' && (at == 0 || at + 1 == inside.size())) {
      set.set('-');
      continue;
    }
    if (!is_literal(first)) return false;
    char last = first;
    if (at + 2 < inside.size() && inside[at + 1] == '-') {
      last = inside[at += 2];
      if (!is_letter_or_digit(first) || !is_letter_or_digit(last) || last < first) return false;
    }
    for (unsigned c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c)
      set.set(c);
  }
  return true;
}

}  // namespace

std::optional<PlainPattern> PlainPattern::of(std::string_view pattern) {
  const std::size_t end = pattern.find(']');
  if (!pattern.starts_with("^[") || !pattern.ends_with('$') || end == std::string_view::npos)
    return std::nullopt;
  PlainPattern made;
  if (!read_set(pattern.substr(2, end - 2), made.set_)) return std::nullopt;
  std::string_view times = pattern.substr(end + 1, pattern.size() - end - 2);
  if (times == "+") return made;
  if (times.size() < 3 || times.front() != '{' || times.back() != '}') return std::nullopt;
  times = times.substr(1, times.size() - 2);
  const auto read = std::from_chars(times.data(), times.data() + times.size(), made.min_);
  if (read.ec != std::errc() || read.ptr != times.data() + times.size()) return std::nullopt;
  made.max_ = made.min_;
  return made;
}

bool PlainPattern::accepts(std::string_view text) const {
  return text.size() >= min_ && text.size() <= max_ &&
         std::all_of(text.begin(), text.end(), [&](char c) { return set_[static_cast<unsigned char>(c)]; });
}

}  // namespace hotline
