// Regular expressions over the folded text (RE2: linear, without backtracking). For sources only.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string_view>
#include <vector>

#include "consent/scan/detectors.h"

namespace hotline {

struct Expression {
  explicit Expression(const std::string& text, SpanType found, double how_sure)
      : expression(std::make_unique<re2::RE2>(text, re2::RE2::Quiet)), type(found), score(how_sure) {}
  std::unique_ptr<re2::RE2> expression;  // its first capture is what is found
  SpanType type;
  double score;
};

// Calls back with where each is found, as [first, last) of the folded bytes.
template <typename Do>
void each_found(const Expression& one, std::string_view folded, Do&& what) {
  re2::StringPiece found;
  re2::StringPiece rest(folded.data(), folded.size());
  while (!rest.empty() && re2::RE2::FindAndConsume(&rest, *one.expression, &found)) {
    if (found.empty()) continue;
    const auto first = static_cast<std::size_t>(found.data() - folded.data());
    // The sign behind one may be the sign before the next.
    rest = re2::StringPiece(folded.data() + first + found.size(), folded.size() - first - found.size());
    what(first, first + found.size());
  }
}

}  // namespace hotline
