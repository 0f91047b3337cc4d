#include "adapters/engine/plan.h"

#include <algorithm>

namespace hotline {

std::vector<std::string> split_pointer(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    tokens.emplace_back(token);
    pointer.remove_prefix(token.size());
  }
  return tokens;
}

bool take_star(std::string& pointer) {
  if (pointer.size() < 2 || pointer.compare(pointer.size() - 2, 2, "/*") != 0) return false;
  pointer.resize(pointer.size() - 2);
  return true;
}

Path Parents::path(const std::string& pointer) {
  Path made{pointer, split_pointer(pointer), -1};
  for (std::size_t i = 0; i + 1 < made.tokens.size(); ++i) {
    const auto known = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return step.parent == made.parent && step.name == made.tokens[i];
    });
    const int index = static_cast<int>(known - steps.begin());
    if (known == steps.end()) steps.push_back({made.parent, made.tokens[i]});
    made.parent = index;
  }
  return made;
}

}  // namespace hotline
