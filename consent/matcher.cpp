#include "consent/matcher.h"

namespace hotline {

Squeezed squeeze(std::u32string_view folded, const std::vector<Word>& words) {
  Squeezed out;
  std::uint32_t number = 0;
  for (const Word& word : words) {
    out.word_begin.push_back(static_cast<std::uint32_t>(out.text.size()));
    for (std::size_t i = word.begin; i < word.end; ++i) {
      out.text.push_back(folded[i]);
      out.at.push_back(static_cast<std::uint32_t>(i));
      out.word.push_back(number);
    }
    out.word_end.push_back(static_cast<std::uint32_t>(out.text.size()));
    ++number;
  }
  return out;
}

std::u32string squeeze(std::string_view utf8) {
  std::u32string out;
  for (const char32_t c : fold_to_utf32(utf8, Confusables::map)) {
    if (is_word_character(c)) out.push_back(c);
  }
  return out;
}

std::int32_t Matcher::step(std::int32_t node, char32_t letter) const {
  if (node == 0 && letter < from_root_.size()) return from_root_[letter];
  std::int32_t child = nodes_[static_cast<std::size_t>(node)].child;
  while (child >= 0 && nodes_[static_cast<std::size_t>(child)].letter != letter) {
    child = nodes_[static_cast<std::size_t>(child)].sibling;
  }
  return child;
}

void Matcher::add(std::u32string_view squeezed, Fit fit, int pattern) {
  if (squeezed.empty()) return;
  std::int32_t at = 0;
  for (const char32_t letter : squeezed) {
    std::int32_t next = step(at, letter);
    if (next < 0) {
      next = static_cast<std::int32_t>(nodes_.size());
      Node node;
      node.letter = letter;
      node.sibling = nodes_[static_cast<std::size_t>(at)].child;
      node.depth = nodes_[static_cast<std::size_t>(at)].depth + 1;
      nodes_.push_back(node);
      nodes_[static_cast<std::size_t>(at)].child = next;
      if (at == 0 && letter < from_root_.size()) from_root_[letter] = next;
    }
    at = next;
  }
  Node& end = nodes_[static_cast<std::size_t>(at)];
  if (end.pattern >= 0) return;
  end.pattern = pattern;
  end.fit = fit;
}

void Matcher::build() {
  std::vector<std::int32_t> queue{0};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::int32_t parent = queue[head];
    for (std::int32_t child = nodes_[static_cast<std::size_t>(parent)].child; child >= 0;
         child = nodes_[static_cast<std::size_t>(child)].sibling) {
      Node& node = nodes_[static_cast<std::size_t>(child)];
      std::int32_t fail = parent;
      std::int32_t target = -1;
      while (fail != 0 && target < 0) {
        fail = nodes_[static_cast<std::size_t>(fail)].fail;
        target = step(fail, node.letter);
      }
      node.fail = target < 0 ? 0 : target;
      const Node& fallen = nodes_[static_cast<std::size_t>(node.fail)];
      node.output = fallen.pattern >= 0 ? node.fail : fallen.output;
      queue.push_back(child);
    }
  }
}

bool Matcher::fits(const Node& node, const Squeezed& text, std::size_t first, std::size_t last) const {
  if (text.starts_word(first) && (node.fit == Fit::prefix || text.ends_word(last - 1))) return true;
  return node.fit == Fit::inside && text.word[first] == text.word[last - 1];
}

std::vector<Matcher::Hit> Matcher::find(const Squeezed& text, std::size_t* work) const {
  std::vector<Hit> hits;
  std::int32_t at = 0;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < text.text.size(); ++i) {
    std::int32_t next = step(at, text.text[i]);
    while (next < 0 && at != 0) {
      at = nodes_[static_cast<std::size_t>(at)].fail;
      next = step(at, text.text[i]);
      ++steps;
    }
    at = next < 0 ? 0 : next;
    const Node* node = &nodes_[static_cast<std::size_t>(at)];
    if (node->pattern < 0)
      node = node->output < 0 ? nullptr : &nodes_[static_cast<std::size_t>(node->output)];
    while (node != nullptr) {
      const std::size_t first = i + 1 - node->depth;
      if (fits(*node, text, first, i + 1)) hits.push_back({first, i + 1, node->pattern});
      node = node->output < 0 ? nullptr : &nodes_[static_cast<std::size_t>(node->output)];
      ++steps;
    }
    ++steps;
  }
  if (work != nullptr) *work = steps;
  return hits;
}

}  // namespace hotline
