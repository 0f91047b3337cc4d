#include "adapters/engine/inbound.h"

namespace hotline {

void Inbound::drop(const JsonValue& value, Spot from, std::string_view reason) {
  visit_leaves(value, nullptr, false, [&](const JsonValue&, std::string&& pointer) {
    line(trail_.below(from, trail_.keep(std::move(pointer))), kNowhere, Fate::dropped, reason);
  });
  seen_.add(value);
}

// A list may be dropped element by element, where another rule takes the rest.
void Inbound::drop(const Drop& rule, const Here& here) {
  const JsonValue* value = here.view.at(rule.national);
  if (value == nullptr) return;
  const Spot from = below(here.from, rule.national);
  if (!rule.each || !value->IsArray()) return drop(*value, from, rule.reason);
  for (rapidjson::SizeType i = 0; i < value->Size(); ++i)
    if (rule.select.picks((*value)[i])) drop((*value)[i], trail_.below(from, i), rule.reason);
}

void Inbound::constant(const Constant& rule, const Here& here) {
  if (!rule.canonical) {
    if (const JsonValue* value = here.view.at(rule.at)) drop(*value, below(here.from, rule.at), "constant");
    return;
  }
  if (rule.only_if && here.view.at(*rule.only_if) == nullptr) return;
  if (rule.fallback && is_taken(here.target, rule.at.tokens, rule.coded ? 1 : 0)) return;
  make_place(here.target, rule.at.tokens, record_.GetAllocator()) =
      to_json(rule.value, record_.GetAllocator());
  std::string_view place = rule.at.pointer;
  if (rule.coded) place.remove_suffix(std::string_view("/code").size());
  line(kNowhere, trail_.below(here.to, place), Fate::carried, "constant");
}

void Inbound::extend(const Extend& rule, const Here& here) {
  const JsonValue* value = here.view.at(rule.national);
  if (value == nullptr) return;
  seen_.add(*value);
  const Spot from = below(here.from, rule.national);
  if (as_text(*value).empty()) return line(from, kNowhere, Fate::dropped, "empty");
  keep(plan_.profile, rule.name, as_text(*value), from, here.to);
}

// Reads one national element and appends what came of it; an element of which nothing is left leaves no gap.
Result<void> Inbound::one_of_block(const Block& rule, const Slot& slot, const JsonValue& value, Spot from,
                                   const Here& here) {
  auto& allocator = record_.GetAllocator();
  const JsonValue* list = &here.target;
  for (const std::string& token : rule.canonical.tokens)
    list = list == nullptr ? nullptr : member(*list, token);
  const std::size_t index = list == nullptr ? 0 : list->Size();
  const Spot to = trail_.scope(trail_.below(below(here.to, rule.canonical), index));
  JsonValue made;
  for (const When& when : slot.when)
    if (when.value && !when.differs) {
      make_place(made, when.canonical.tokens, allocator) = to_json(*when.value, allocator);
      line(kNowhere, below(to, when.canonical), Fate::carried, "constant");
    }
  selected(slot, value, from);
  const rapidjson::SizeType kept = kept_.Size();
  if (auto done = scope(slot.scope, value, from, made, to); !done) return done;
  if (made.IsNull())  // there is no such element: what was kept of it belongs to the place it was read from
    for (rapidjson::SizeType i = kept; i < kept_.Size(); ++i)
      if (text_at(kept_[i], "name") == "value") {
        set_text(kept_[i], "name", slot.national.pointer, allocator);
        set_text(kept_[i], "path", trail_.text(here.to), allocator);
      }
  if (!made.IsNull()) make_list(here.target, rule.canonical.tokens, allocator).PushBack(made, allocator);
  return {};
}

// What told this element from the others has been read by that.
void Inbound::selected(const Slot& slot, const JsonValue& element, Spot from) {
  if (!slot.select.where) return;
  for (const WhereMember& one : slot.select.where->members)
    if (const JsonValue* value = one.ruled ? nullptr : value_below(element, one.at.tokens)) {
      seen_.add(*value);
      line(trail_.below(from, one.at.pointer), kNowhere, Fate::carried, "constant");
    }
}

Result<void> Inbound::slot(const Block& rule, const Slot& slot, const JsonValue& value, Spot from,
                           const Here& here) {
  if (!slot.list) return one_of_block(rule, slot, value, from, here);
  if (!value.IsArray()) return fault(ErrorCode::type_mismatch, from, "array");
  for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
    if (!slot.select.picks(value[i])) continue;
    const Spot place = trail_.below(from, i);
    if (!slot.in) {
      drop(value[i], place, slot.reason);
    } else if (rule.single) {
      selected(slot, value[i], place);
      return scope(slot.scope, value[i], place, here.target, here.to);
    } else if (auto done = one_of_block(rule, slot, value[i], place, here); !done) {
      return done;
    }
  }
  return {};
}

Result<void> Inbound::block(const Block& rule, const Here& here) {
  for (const Slot& each : rule.slots) {
    const JsonValue* value = here.view.at(each.national);
    const Spot from = below(here.from, each.national);
    if (value == nullptr) continue;
    if (!each.in && !each.list)
      drop(*value, from, each.reason);
    else if (auto done = slot(rule, each, *value, from, here); !done)
      return done;
  }
  return {};
}

Result<void> Inbound::scope(const RuleScope& rules, const JsonValue& source, Spot from, JsonValue& target,
                            Spot to) {
  const View view(source, rules.nationals);
  const Here here{view, source, trail_.scope(from), target, trail_.scope(to)};
  for (const Step& step : rules.inward) {
    if (!view.has(step) && !(step.otherwise && !review_.empty())) continue;
    const Item& item = rules.items[step.item];
    Done done;
    if (const auto* rule = std::get_if<Field>(&item)) {
      done = field(*rule, here);
    } else if (const auto* nested = std::get_if<std::unique_ptr<Block>>(&item)) {
      done = block(**nested, here);
    } else if (const auto* fixed = std::get_if<Constant>(&item)) {
      constant(*fixed, here);
    } else if (const auto* extra = std::get_if<Extend>(&item)) {
      extend(*extra, here);
    } else if (const auto* left = std::get_if<Drop>(&item)) {
      drop(*left, here);
    }
    if (!done) return done;
  }
  return {};
}

// A leaf that no rule read: one that the schema does not know, or one that stands in a further element of a
// list of which one is taken.
std::string_view Inbound::why_left(const JsonValue& leaf, const std::string& pointer) const {
  if (!plan_.others.empty() && plan_.national && plan_.national->at(pointer) == nullptr) return plan_.others;
  return leaf.IsObject() || leaf.IsArray() ? "empty" : "only_first";
}

// What nothing was restored from.
void Inbound::review_left() {
  const JsonValue* list = value_below(national_, plan_.review.tokens);
  if (list == nullptr) return;
  const Spot place = trail_.below({}, plan_.review.national);
  visit_leaves(*list, &seen_, false, [&](const JsonValue&, std::string&& pointer) {
    line(trail_.below(place, trail_.keep(std::move(pointer))), kNowhere, Fate::dropped, "for_review_only");
  });
  seen_.add(*list);
}

Result<Translated> Inbound::run() {
  trail_.reserve(256);
  if (auto done = scope(plan_.root, national_, {}, record_, {}); !done)
    return tl::make_unexpected(done.error());
  if (!kept_.Empty()) set_member(record_, "extensions", std::move(kept_), record_.GetAllocator());
  if (!plan_.review.national.empty()) review_left();
  visit_leaves(national_, &seen_, false, [&](const JsonValue& leaf, std::string&& pointer) {
    const std::string_view why = why_left(leaf, pointer);
    line(trail_.below({}, trail_.keep(std::move(pointer))), kNowhere, Fate::dropped, why);
  });
  MappingReport report{plan_.profile + "@" + plan_.version, "canonical@" + plan_.canonical_version};
  report.trail = std::move(trail_);
  return Translated{std::move(record_), std::move(report), std::move(missing_)};
}

Result<Translated> read_national(const Plan& plan, const JsonValue& national) {
  return Inbound(plan, national).run();
}

}  // namespace hotline
