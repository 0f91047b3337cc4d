#include <map>

#include "adapters/engine/coverage.h"
#include "adapters/engine/prove.h"

namespace hotline {

namespace {

// A place that a rule writes. What is added to a list (`appends`) does not disturb what others add to it.
struct Write {
  std::string path;
  std::string at;
  bool appends = false;
};

// The writes below one element of either side. A rule that only counts where no other has written
// (`default`) is none of them.
using Writes = std::vector<Write>;

class OnlyOnce {
 public:
  explicit OnlyOnce(const Proof& proof) : proof_(proof) {}

  std::vector<Fault> run() {
    Writes nationals, canonicals;
    if (!proof_.plan.review.national.empty()) add(nationals, proof_.plan.review.national, "/review");
    scope(proof_.plan.root, "", nationals, canonicals);
    judge(nationals);
    judge(canonicals);
    return std::move(faults_);
  }

 private:
  static void add(Writes& writes, const std::string& path, const std::string& at, bool appends = false) {
    writes.push_back({Coverage::starred(path), at, appends});
  }

  // `national` is where the scope's element stands below the element that the writes are about.
  void scope(const RuleScope& rules, const std::string& national, Writes& nationals, Writes& canonicals) {
    for (const Item& item : rules.items) {
      if (const auto* rule = std::get_if<Field>(&item)) {
        if (rule->in && !rule->fallback) inbound(*rule, canonicals);
        if (rule->out) outbound(*rule, national, nationals);
      } else if (const auto* fixed = std::get_if<Constant>(&item)) {
        if (fixed->canonical && !fixed->fallback) add(canonicals, fixed->at.pointer, fixed->at_rule);
        if (!fixed->canonical) add(nationals, national + fixed->at.pointer, fixed->at_rule);
      } else if (const auto* extra = std::get_if<Extend>(&item)) {
        add(nationals, national + extra->national.pointer, extra->at);
      } else if (const auto* nested = std::get_if<std::unique_ptr<Block>>(&item)) {
        block(**nested, national, nationals, canonicals);
      }
    }
  }

  void block(const Block& rule, const std::string& national, Writes& nationals, Writes& canonicals) {
    if (!rule.single) add(canonicals, rule.canonical.pointer + "/*", rule.at, true);
    for (const Slot& slot : rule.slots) {
      const std::string place = national + slot.national.pointer;
      Writes element, made;
      if (!rule.single)
        for (const When& when : slot.when)
          if (when.value && !when.differs) add(made, when.canonical.pointer, slot.at);
      scope(slot.scope, slot.list ? "" : place, slot.list ? element : nationals,
            rule.single ? canonicals : made);
      if (slot.list && slot.out) add(nationals, place + "/*", slot.at, true);
      judge(element);
      judge(made);
    }
  }

  static void inbound(const Field& rule, Writes& canonicals) {
    if (const auto* names = std::get_if<SurnamesAs>(&rule.converter)) {
      add(canonicals, rule.canonical.pointer + names->first, rule.at);
      add(canonicals, rule.canonical.pointer + names->second, rule.at);
    } else {
      add(canonicals, rule.canonical.pointer + (rule.canonical_list ? "/*" : ""), rule.at,
          rule.canonical_list);
    }
  }

  static void outbound(const Field& rule, const std::string& national, Writes& nationals) {
    const std::string place = national + rule.national.pointer + (rule.national_list ? "/*" : "");
    const Labelled* labelled = labelled_of(rule.converter);
    if (labelled == nullptr || labelled->plain() || rule.national_list) {
      add(nationals, place, rule.at);
    } else {
      add(nationals, place + labelled->code.pointer, rule.at);
      for (const auto& [below, language] : labelled->labels) add(nationals, place + below.pointer, rule.at);
      for (const auto& [below, constant] : labelled->with) add(nationals, place + below.pointer, rule.at);
    }
    if (std::holds_alternative<SaidAs>(rule.converter) || std::holds_alternative<SurnamesAs>(rule.converter))
      if (!rule.aside.pointer.empty()) add(nationals, national + rule.aside.pointer, rule.at);
  }

  // One path may not be that of another write, nor lie below it.
  void judge(const Writes& writes) {
    std::map<std::string, const Write*> first;
    for (const Write& one : writes) {
      const auto [known, is_new] = first.emplace(one.path, &one);
      if (!is_new && !(one.appends && known->second->appends)) twice(one, *known->second);
    }
    for (const Write& one : writes)
      for (std::size_t end = one.path.rfind('/'); end != std::string::npos && end > 0;
           end = one.path.rfind('/', end - 1)) {
        const auto above = first.find(one.path.substr(0, end));
        if (above != first.end() && above->second->at != one.at) twice(one, *above->second);
      }
  }
  void twice(const Write& one, const Write& other) {
    faults_.push_back(unproven(one.at, "written_twice", other.at + " (" + one.path + ")"));
  }

  const Proof& proof_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> prove_writes(const Proof& proof) {
  return OnlyOnce(proof).run();
}

}  // namespace hotline
