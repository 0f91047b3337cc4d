#include <algorithm>
#include <map>

#include "adapters/engine/prove.h"

namespace hotline {

namespace {

using Value = std::optional<Literal>;  // nothing: absent

bool has(const std::vector<Value>& values, const Value& one) {
  return std::find(values.begin(), values.end(), one) != values.end();
}

// No element can hold for both: some member would need two values at once.
bool exclude_each_other(const Where& one, const Where& other) {
  for (const WhereMember& mine : one.members)
    for (const WhereMember& theirs : other.members)
      if (mine.at.pointer == theirs.at.pointer &&
          std::none_of(mine.one_of.begin(), mine.one_of.end(),
                       [&](const Value& value) { return has(theirs.one_of, value); }))
        return true;
  return false;
}

// All that stands in `narrow` is asked for by `wide` or by nobody.
bool holds_whenever(const Where& wide, const Where& narrow) {
  return std::all_of(wide.members.begin(), wide.members.end(), [&](const WhereMember& mine) {
    return std::any_of(narrow.members.begin(), narrow.members.end(), [&](const WhereMember& theirs) {
      return mine.at.pointer == theirs.at.pointer &&
             std::all_of(theirs.one_of.begin(), theirs.one_of.end(),
                         [&](const Value& value) { return has(mine.one_of, value); });
    });
  });
}

// Every value that the schema lets a member of an element have; one that nobody asks for stands for all
// others.
std::vector<Value> possible(const SchemaNode& element, const Below& at,
                            const std::vector<const Where*>& all) {
  const SchemaNode* node = &element;
  bool required = true;
  for (const std::string& token : at.tokens) {
    if (node == nullptr) return {};
    required = required && node->type() == "object" && node->requires_member(token);
    node = node->type() == "array" ? node->items() : node->property(token);
  }
  std::vector<Value> values;
  if (!required) values.push_back(std::nullopt);
  if (node != nullptr && node->type() == "boolean") {
    values.insert(values.end(), {Literal(true), Literal(false)});
  } else if (node != nullptr && !node->allowed().empty()) {
    for (const std::string& word : node->allowed()) values.emplace_back(word);
  } else {
    for (const Where* where : all)
      for (const WhereMember& member : where->members)
        for (const Value& value : member.at.pointer == at.pointer ? member.one_of : std::vector<Value>())
          if (!has(values, value)) values.push_back(value);
    values.emplace_back(
        std::string("\x01"
                    "any other"));
  }
  return values;
}

// Whether every element that the schema allows is held by one of them; with too many combinations nobody can
// see it either.
bool exhaust(const std::vector<const Where*>& all, const SchemaNode& element) {
  std::vector<std::pair<std::string, std::vector<Value>>> domain;
  std::size_t combinations = 1;
  for (const Where* where : all)
    for (const WhereMember& member : where->members) {
      const auto known = std::find_if(domain.begin(), domain.end(),
                                      [&](const auto& one) { return one.first == member.at.pointer; });
      if (known != domain.end()) continue;
      domain.emplace_back(member.at.pointer, possible(element, member.at, all));
      combinations *= domain.back().second.size();
      if (combinations == 0 || combinations > 10000) return false;
    }
  for (std::size_t number = 0; number < combinations; ++number) {
    std::map<std::string, Value> chosen;
    std::size_t rest = number;
    for (const auto& [path, values] : domain) {
      chosen[path] = values[rest % values.size()];
      rest /= values.size();
    }
    const bool held = std::any_of(all.begin(), all.end(), [&](const Where* where) {
      return std::all_of(where->members.begin(), where->members.end(), [&](const WhereMember& member) {
        return has(member.one_of, chosen[member.at.pointer]);
      });
    });
    if (!held) return false;
  }
  return true;
}

// The `when` of a slot in the same terms.
Where as_where(const std::vector<When>& conditions) {
  Where made;
  for (const When& when : conditions)
    if (!when.differs)
      made.members.push_back({{when.canonical.pointer, when.canonical.tokens}, {when.value}, false});
  return made;
}

// A rule that takes elements of a national list; `select` is nullptr when it takes all of them.
struct Taker {
  std::string at;
  const Selection* select = nullptr;
  bool in = true;
  bool picks_some() const { return select != nullptr && (select->where || select->otherwise); }
};

class Conditions {
 public:
  explicit Conditions(const Proof& proof) : proof_(proof) {}

  std::vector<Fault> run() {
    scope(proof_.plan.root, "", "");
    return std::move(faults_);
  }

 private:
  void fault(const std::string& at, std::string_view word, std::string_view what) {
    faults_.push_back(unproven(at, word, what));
  }

  void scope(const RuleScope& rules, const std::string& national, const std::string& canonical) {
    for (const auto& [list, takers] : takers_of(rules)) told_apart(national + list + "/*", takers);
    for (const Item& item : rules.items) {
      const auto* nested = std::get_if<std::unique_ptr<Block>>(&item);
      if (nested == nullptr) continue;
      const Block& block = **nested;
      const std::string list = canonical + block.canonical.pointer;
      if (!block.single) slots(block, list);
      for (const Slot& slot : block.slots)
        scope(slot.scope, national + slot.national.pointer + (slot.list ? "/*" : ""),
              block.single ? canonical : list + "/*");
    }
  }

  static std::map<std::string, std::vector<Taker>> takers_of(const RuleScope& rules) {
    std::map<std::string, std::vector<Taker>> takers;
    for (const Item& item : rules.items) {
      if (const auto* rule = std::get_if<Field>(&item); rule != nullptr && rule->national_list)
        takers[rule->national.pointer].push_back({rule->at, nullptr, rule->in});
      if (const auto* drop = std::get_if<Drop>(&item))
        takers[drop->national.pointer].push_back({drop->at, &drop->select, true});
      if (const auto* block = std::get_if<std::unique_ptr<Block>>(&item))
        for (const Slot& slot : (*block)->slots)
          if (slot.list) takers[slot.national.pointer].push_back({slot.at, &slot.select, slot.in});
    }
    return takers;
  }

  // Inbound: who takes which element of one national list. Lists that one rule takes whole are no matter.
  void told_apart(const std::string& element, const std::vector<Taker>& takers) {
    const auto some = [](const Taker& one) { return one.picks_some(); };
    if (std::none_of(takers.begin(), takers.end(), some)) return;
    std::vector<const Where*> wheres;
    bool all_taken = false;
    for (std::size_t i = 0; i < takers.size(); ++i) {
      const Taker& one = takers[i];
      all_taken = all_taken || !one.picks_some() || one.select->otherwise;
      if (one.picks_some() && one.select->where) wheres.push_back(&*one.select->where);
      for (std::size_t j = 0; j < i; ++j)
        if (one.in && takers[j].in && overlap(one, takers[j])) fault(one.at, "where_overlap", takers[j].at);
    }
    const SchemaNode* node = proof_.national.at(element);
    if (!all_taken && (node == nullptr || !exhaust(wheres, *node)))
      fault(takers.back().at, "where_open", element.substr(0, element.size() - 2));
  }

  static bool overlap(const Taker& one, const Taker& other) {
    if (!one.picks_some() || !other.picks_some()) return true;
    if (one.select->otherwise || other.select->otherwise)
      return one.select->otherwise && other.select->otherwise;
    return !exclude_each_other(*one.select->where, *other.select->where);
  }

  // Outbound: every element has a slot, and two lists do not claim the same one. A slot for one element may
  // be followed by others for what is more.
  void slots(const Block& block, const std::string& list) {
    std::vector<Where> conditions;
    std::vector<const Slot*> open;
    for (const Slot& slot : block.slots)
      if (slot.out) {
        open.push_back(&slot);
        conditions.push_back(as_where(slot.when));
      }
    if (open.empty()) return;
    for (std::size_t j = 1; j < open.size(); ++j)
      for (std::size_t i = 0; i < j; ++i) {
        if (!open[i]->list) continue;
        if (holds_whenever(conditions[i], conditions[j]))
          fault(open[j]->at, "slot_unreachable", open[i]->at);
        else if (!open[j]->when.empty() && !exclude_each_other(conditions[i], conditions[j]))
          fault(open[j]->at, "when_overlap", open[i]->at);
      }
    std::vector<const Where*> lists;
    for (std::size_t i = 0; i < open.size(); ++i)
      if (open[i]->list) lists.push_back(&conditions[i]);
    const SchemaNode* whole = proof_.canonical.at(list);
    const SchemaNode* element = proof_.canonical.at(list + "/*");
    if (whole == nullptr || element == nullptr) return;
    if (!block.rest.empty() || said_elsewhere(list + "/*")) return;
    const bool all_open =
        std::all_of(open.begin(), open.end(), [](const Slot* one) { return one->when.empty(); });
    const bool enough = all_open && whole->max_size() <= static_cast<std::int64_t>(open.size());
    if (!enough && !exhaust(lists, *element)) fault(block.at, "when_open", list);
  }

  // `unsupported` names the list itself: then what finds no slot has its reason.
  bool said_elsewhere(const std::string& path) const {
    const auto& all = proof_.plan.unsupported;
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first == path; });
  }

  const Proof& proof_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> prove_conditions(const Proof& proof) {
  return Conditions(proof).run();
}

}  // namespace hotline
