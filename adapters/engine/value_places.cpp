#include "adapters/engine/value_places.h"

#include "adapters/engine/coverage.h"
#include "adapters/record/referral.h"

namespace hotline {
namespace {

class Places {
 public:
  explicit Places(const Schema& canonical) : canonical_(canonical) {}

  void scope(const RuleScope& rules, const std::string& national, const std::string& canonical) {
    for (const Item& item : rules.items) {
      if (const auto* rule = std::get_if<Field>(&item)) field(*rule, national, canonical);
      if (const auto* block = std::get_if<std::unique_ptr<Block>>(&item))
        for (const Slot& each : (*block)->slots) slot(**block, each, national, canonical);
    }
  }

  std::set<std::string, std::less<>> take() { return std::move(places_); }

 private:
  void slot(const Block& block, const Slot& slot, const std::string& national, const std::string& canonical) {
    const std::string element = national + slot.national.pointer + (slot.list ? "/*" : "");
    if (slot.select.where)
      for (const WhereMember& one : slot.select.where->members) add(element + one.at.pointer);
    scope(slot.scope, element, block.single ? canonical : canonical + block.canonical.pointer + "/*");
  }

  void add(const std::string& place) { places_.insert(Coverage::starred(place)); }

  void field(const Field& rule, const std::string& national, const std::string& canonical) {
    if (std::holds_alternative<SaidAs>(rule.converter)) return;
    const std::string place = canonical + rule.canonical.pointer + (rule.canonical_list ? "/*" : "");
    if (holds_words(canonical_, place)) return;
    const std::string at = national + rule.national.pointer + (rule.national_list ? "/*" : "");
    add(at);
    if (const auto* labelled = labelled_of(rule.converter)) {
      add(at + labelled->code.pointer);
      for (const auto& [below, constant] : labelled->with) add(at + below.pointer);
    }
    if (const auto* surnames = std::get_if<SurnamesAs>(&rule.converter)) add(national + surnames->second_at);
  }

  const Schema& canonical_;
  std::set<std::string, std::less<>> places_;
};

}  // namespace

std::set<std::string, std::less<>> value_places(const Plan& plan, const Schema& canonical) {
  Places places(canonical);
  places.scope(plan.root, "", "");
  return places.take();
}

}  // namespace hotline
