#include "tests/properties/laws/pattern.h"

#include <stdexcept>

namespace hotline::laws {

namespace {

// Reads the expression from left to right and writes as it goes; what is not chosen is read with `out_` at
// rest.
class Writer {
 public:
  Writer(std::string_view pattern, Draw& draw) : rest_(pattern), draw_(draw) {}

  std::string run() {
    std::string text = alternatives();
    if (!rest_.empty()) throw std::invalid_argument("pattern");
    return text;
  }

 private:
  std::string alternatives() {
    std::vector<std::string> all{sequence()};
    while (!rest_.empty() && rest_.front() == '|') {
      rest_.remove_prefix(1);
      all.push_back(sequence());
    }
    return draw_.of(all);
  }

  std::string sequence() {
    std::string text;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') text += counted();
    return text;
  }

  std::string counted() {
    const std::string_view at = rest_;
    atom();
    const std::string_view after_atom = rest_;
    const auto [low, high] = count();
    const std::string_view after = rest_;
    std::string text;
    for (std::int64_t i = draw_.between(low, high); i > 0; --i) {
      rest_ = at.substr(0, at.size() - after_atom.size());
      text += atom();
    }
    rest_ = after;
    return text;
  }

  std::pair<std::int64_t, std::int64_t> count() {
    if (rest_.empty()) return {1, 1};
    const char mark = rest_.front();
    if (mark == '?' || mark == '*' || mark == '+') {
      rest_.remove_prefix(1);
      return {mark == '+' ? 1 : 0, mark == '?' ? 1 : 6};
    }
    if (mark != '{') return {1, 1};
    const std::string inside(rest_.substr(1, rest_.find('}') - 1));
    rest_.remove_prefix(inside.size() + 2);
    const std::size_t comma = inside.find(',');
    const std::int64_t low = std::stoll(inside);
    if (comma == std::string::npos) return {low, low};
    return {low, comma + 1 < inside.size() ? std::stoll(inside.substr(comma + 1)) : low + 6};
  }

  std::string atom() {
    const char first = rest_.front();
    rest_.remove_prefix(1);
    if (first == '^' || first == '$') return "";
    if (first == '(') {
      if (rest_.starts_with("?:")) rest_.remove_prefix(2);
      std::string text = alternatives();
      if (rest_.empty()) throw std::invalid_argument("pattern");
      rest_.remove_prefix(1);
      return text;
    }
    if (first == '[') return one_of(in_class());
    if (first == '.') return one_of("abcxyz019 -");
    if (first == '\\') return escaped();
    return std::string(1, first);
  }

  std::string escaped() {
    const char kind = rest_.front();
    rest_.remove_prefix(1);
    if (kind == 'd') return one_of("0123456789");
    if (kind == 'S') return one_of("abcxyzABC0123_");
    if (kind == 's') return " ";
    if (kind == 'w') return one_of("abcxyzABC0123_");
    return std::string(1, kind);
  }

  std::string in_class() {
    std::string all;
    const bool without = !rest_.empty() && rest_.front() == '^';
    if (without) rest_.remove_prefix(1);
    while (!rest_.empty() && (rest_.front() != ']' || all.empty())) {
      char from = rest_.front();
      rest_.remove_prefix(1);
      if (from == '\\') {
        from = rest_.front();
        rest_.remove_prefix(1);
        if (from == 'd') {
          all += "0123456789";
          continue;
        }
      }
      if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
        for (char c = from; c < rest_[1]; ++c) all += c;
        from = rest_[1];
        rest_.remove_prefix(2);
      }
      all += from;
    }
    rest_.remove_prefix(1);
    if (!without) return all;
    std::string others;
    for (char c = '!'; c < 127; ++c)
      if (all.find(c) == std::string::npos) others += c;
    return others;
  }

  std::string one_of(std::string_view all) { return std::string(1, all[draw_.below(all.size())]); }

  std::string_view rest_;
  Draw& draw_;
};

}  // namespace

std::string matching(std::string_view pattern, Draw& draw) {
  return Writer(pattern, draw).run();
}

}  // namespace hotline::laws
