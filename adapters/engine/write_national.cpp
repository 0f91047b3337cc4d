#include "adapters/engine/outbound.h"

namespace hotline {

namespace {

bool holds(const Slot& slot, const JsonValue& element) {
  return std::all_of(slot.when.begin(), slot.when.end(), [&](const When& when) {
    const JsonValue* value = value_below(element, when.canonical.tokens);
    if (when.differs) return value == nullptr || !equals(*value, *when.value);
    return when.value ? value != nullptr && equals(*value, *when.value) : value == nullptr;
  });
}

}  // namespace

void Outbound::constant(const Constant& rule, const Here& here) {
  if (!rule.canonical) {
    if (rule.only_if && here.view.at(*rule.only_if) == nullptr) return;
    put(rule.at, to_json(rule.value, record_.GetAllocator()), here);
    return line(kNowhere, below(here.to, rule.at), Fate::carried, "constant");
  }
  const JsonValue* value = here.view.at(rule.at);
  if (value == nullptr || rule.fallback) return;
  seen_.add(*value);
  const bool same = equals(*value, rule.value);
  line(below(here.from, rule.at), kNowhere, same ? Fate::carried : Fate::dropped,
       same ? "constant" : "fixed_value");
}

// The same for plain values that a block reads.
void Outbound::restore_elements(const Block& rule, const Here& here) {
  if (kept_.empty()) return;
  for (const Slot& slot : rule.slots)
    for (const Item& item : slot.scope.items)
      if (const auto* field = std::get_if<Field>(&item);
          field != nullptr && field->keep_unread && field->national.tokens.empty()) {
        if (slot.list)
          restore_list(slot.national, slot.national.pointer, here);
        else
          extend(slot.national, slot.national.pointer, here);
      }
}

// One element of a national list that stands for an object of the record.
void Outbound::single(const Slot& slot, const Here& here) {
  if (!slot.out) return;
  const Spot to = next_place(slot, here, 0);
  JsonValue made;
  scope(slot.scope, here.source, here.from, made, to);
  if (!made.IsNull()) place_element(slot, std::move(made), here);
}

// Where the next element of the slot's list will stand; other rules may write the same list.
Spot Outbound::next_place(const Slot& slot, const Here& here, std::size_t taken) {
  const Spot to = below(here.to, slot.national);
  if (!slot.list) return to;
  const JsonValue* list = value_below(here.target, slot.national.tokens);
  return trail_.below(to, list != nullptr && list->IsArray() ? list->Size() : taken);
}

void Outbound::place_element(const Slot& slot, JsonValue&& made, const Here& here) {
  auto& allocator = record_.GetAllocator();
  if (slot.select.where) write_where(*slot.select.where, made, allocator);
  if (slot.list)
    make_list(here.target, slot.national.tokens, allocator).PushBack(made, allocator);
  else
    merge_into(make_place(here.target, slot.national.tokens, allocator), std::move(made), allocator);
}

// All below an element that has no place is told as dropped.
void Outbound::drop(const JsonValue& element, Spot from, std::string_view reason) {
  visit_leaves(element, nullptr, true, [&](const JsonValue&, std::string&& pointer) {
    line(trail_.below(from, trail_.keep(std::move(pointer))), kNowhere, Fate::dropped, reason);
  });
  seen_.add(element);
}

// What told this element's slot from the others has been said by that.
void Outbound::conditions(const Slot& slot, const JsonValue& element, Spot from) {
  for (const When& when : slot.when)
    if (const JsonValue* said = value_below(element, when.canonical.tokens);
        when.value && !when.differs && said != nullptr) {
      seen_.add(*said);
      line(below(from, when.canonical), kNowhere, Fate::carried, "constant");
    }
}

// Each element goes to the first slot that is free and whose conditions hold; without one it is left over.
void Outbound::block(const Block& rule, const Here& here) {
  if (rule.single) return single(rule.slots.front(), here);
  const JsonValue* value = here.view.at(rule.canonical);
  if (value == nullptr || !value->IsArray()) return restore_elements(rule, here);
  std::vector<std::size_t> taken(rule.slots.size(), 0);
  for (rapidjson::SizeType i = 0; i < value->Size(); ++i) {
    const JsonValue& element = (*value)[i];
    std::size_t at = 0;
    while (at < rule.slots.size() && (!rule.slots[at].out || (!rule.slots[at].list && taken[at] > 0) ||
                                      !holds(rule.slots[at], element)))
      ++at;
    if (at == rule.slots.size()) {
      if (!rule.rest.empty()) drop(element, trail_.below(below(here.from, rule.canonical), i), rule.rest);
      continue;
    }
    const Slot& slot = rule.slots[at];
    const Spot from = trail_.scope(trail_.below(below(here.from, rule.canonical), i));
    const Spot to = next_place(slot, here, taken[at]);
    conditions(slot, element, from);
    JsonValue made;
    scope(slot.scope, element, from, made, to);
    if (made.IsNull()) continue;
    ++taken[at];
    place_element(slot, std::move(made), here);
  }
  restore_elements(rule, here);
}

void Outbound::scope(const RuleScope& rules, const JsonValue& source, Spot from, JsonValue& target, Spot to) {
  const View view(source, rules.canonicals);
  const Here here{view, source, trail_.scope(from), target, trail_.scope(to)};
  for (const Step& step : rules.outward) {
    if (!view.has(step) && !(step.otherwise && !kept_.empty())) continue;
    const Item& item = rules.items[step.item];
    if (const auto* rule = std::get_if<Field>(&item))
      field(*rule, here);
    else if (const auto* nested = std::get_if<std::unique_ptr<Block>>(&item))
      block(**nested, here);
    else if (const auto* fixed = std::get_if<Constant>(&item))
      constant(*fixed, here);
    else if (const auto* extra = std::get_if<Extend>(&item))
      extend(extra->national, extra->name, here);
  }
}

// The reason of the longest unsupported path that holds this pointer.
std::string_view Outbound::why_left(std::string_view pointer) const {
  std::string path;
  for (std::string_view rest = pointer; !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view token = rest.substr(0, rest.find('/'));
    const bool index = token.find_first_not_of("0123456789") == std::string_view::npos;
    path += '/';
    path += index ? std::string_view("*") : token;
    rest.remove_prefix(token.size());
  }
  std::string_view reason = "no_place";
  std::size_t longest = 0;
  for (const auto& [prefix, why] : plan_.unsupported) {
    const bool below = path.compare(0, prefix.size(), prefix) == 0 &&
                       (path.size() == prefix.size() || path[prefix.size()] == '/');
    if (!below || prefix.size() < longest) continue;
    longest = prefix.size();
    reason = why;
  }
  if (longest == 0 && path.compare(0, 12, "/extensions/") == 0) reason = "extension_not_restored";
  return reason;
}

void Outbound::leftovers(const JsonValue& canonical) {
  visit_leaves(canonical, &seen_, true, [&](const JsonValue& leaf, std::string&& pointer) {
    const bool empty = (leaf.IsObject() && leaf.ObjectEmpty()) || (leaf.IsArray() && leaf.Empty());
    const std::string_view why = empty ? "empty" : why_left(pointer);
    line(trail_.below({}, trail_.keep(std::move(pointer))), kNowhere, Fate::dropped, why);
  });
}

Translated Outbound::run(const JsonValue& canonical) {
  trail_.reserve(256);
  kept_.read(member(canonical, "extensions"), plan_.profile);
  scope(plan_.root, canonical, {}, record_, {});
  review_.place_in(record_);
  leftovers(canonical);
  MappingReport report{"canonical@" + plan_.canonical_version, plan_.profile + "@" + plan_.version};
  report.trail = std::move(trail_);
  return {std::move(record_), std::move(report)};
}

Translated write_national(const Plan& plan, const JsonValue& canonical, const LanguageTag& reader,
                          const CodeSystems& codes) {
  return Outbound(plan, reader, codes).run(canonical);
}

}  // namespace hotline
