#include "adapters/engine/steps.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace hotline {

namespace {

using Maybe = std::optional<Step>;  // nothing: never in this direction

Step always() {
  return {0, Paths::kElement, false};
}
Step with(const Path& path, bool otherwise = false) {
  return {0, static_cast<std::uint32_t>(path.node), otherwise};
}

// A value that nobody could read, or a word of its own, comes home when the field is empty.
bool is_restored(const Field& rule) {
  const auto* as = std::get_if<EnumAs>(&rule.converter);
  return rule.keep_unread || (as != nullptr && !as->unmapped.empty());
}

struct Inward {
  Maybe operator()(const Field& rule) const {
    // A language is told of also where its text is missing.
    const auto* said = std::get_if<SaidAs>(&rule.converter);
    if (said != nullptr && !said->language_at.empty()) return always();
    if (!rule.in) return with(rule.national);
    if (!rule.joined.empty() || std::holds_alternative<SurnamesAs>(rule.converter) || rule.required_code)
      return always();
    return with(rule.national, std::holds_alternative<CodeAs>(rule.converter));
  }
  Maybe operator()(const Drop& rule) const { return with(rule.national); }
  Maybe operator()(const Extend& rule) const { return with(rule.national); }
  Maybe operator()(const Constant& rule) const {
    if (!rule.canonical) return with(rule.at);
    return rule.only_if ? with(*rule.only_if) : always();
  }
  Maybe operator()(const std::unique_ptr<Block>& rule) const {
    return rule->slots.size() == 1 ? with(rule->slots.front().national) : always();
  }
};

struct Outward {
  Maybe operator()(const Field& rule) const {
    if (!rule.out) return std::nullopt;
    return with(rule.canonical, is_restored(rule));
  }
  Maybe operator()(const Drop&) const { return std::nullopt; }
  // Only what was kept is restored: it looks for that itself.
  Maybe operator()(const Extend&) const { return always(); }
  Maybe operator()(const Constant& rule) const {
    if (rule.canonical) return rule.fallback ? Maybe() : with(rule.at);
    return rule.only_if ? with(*rule.only_if) : always();
  }
  Maybe operator()(const std::unique_ptr<Block>& rule) const {
    return rule->single ? always() : with(rule->canonical, true);
  }
};

template <class Direction>
std::vector<Step> steps_of(const std::vector<Item>& items, const Direction& direction) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (Maybe step = std::visit(direction, items[i])) {
      step->item = static_cast<std::uint32_t>(i);
      steps.push_back(*step);
    }
  return steps;
}

}  // namespace

void set_steps(RuleScope& scope) {
  scope.inward = steps_of(scope.items, Inward());
  scope.outward = steps_of(scope.items, Outward());
  for (const Item& item : scope.items)
    if (const auto* block = std::get_if<std::unique_ptr<Block>>(&item))
      for (Slot& slot : (*block)->slots) set_steps(slot.scope);
}

}  // namespace hotline
