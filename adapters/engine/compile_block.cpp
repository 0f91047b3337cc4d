// Blocks of a mapping: objects, lists, and which national element is which canonical one.
#include <algorithm>

#include "adapters/engine/compiler.h"

namespace hotline {

// The rules inside a block: written there, or a part.
const JsonValue* Compiler::rules_of(const JsonValue& one) const {
  if (const JsonValue* own = member(one, "fields")) return own;
  const std::string_view use = text_at(one, "use");
  const JsonValue* parts = member(data_.mapping, "parts");
  return use.empty() || parts == nullptr ? nullptr : member(*parts, use);
}

// Where those rules stand in mapping.json.
std::string Compiler::place_of_rules(const JsonValue& one, const std::string& at) {
  if (member(one, "fields") != nullptr) return pointer_join(at, "fields");
  return pointer_join("/parts", text_at(one, "use"));
}

Result<void> Compiler::block(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& outer,
                             const std::string& at, int depth) {
  auto ways = ways_of(one, outer, at);
  if (!ways) return tl::make_unexpected(ways.error());
  const JsonValue* inner = rules_of(one);
  const JsonValue* slots = member(one, "slots");
  std::string canonical(text_at(one, "canonical"));
  if (inner == nullptr && slots == nullptr)
    return wrong(pointer_join(at, "use"), "part_missing", text_at(one, "use"));
  if (!take_star(canonical)) {
    std::string below(text_at(one, "national"));
    if (slots != nullptr) return wrong(pointer_join(at, "canonical"), "slots_without_list");
    if (take_star(below)) return single(one, scope, place, below, canonical, *ways, at, depth);
    if (member(one, "where") || member(one, "otherwise"))
      return wrong(pointer_join(at, "where"), "where_without_list");
    Place deeper = place;
    deeper.national += below;
    deeper.canonical += canonical;
    return rules(*inner, scope, deeper, *ways, place_of_rules(one, at), depth + 1);
  }
  auto made = std::make_unique<Block>();
  made->at = at;
  made->rest = text_at(one, "rest");
  made->canonical = scope.canonicals.path(place.canonical + canonical);
  if (auto done = each_slot(one, *made, scope, place, canonical, *ways, at, depth); !done) return done;
  scope.items.emplace_back(std::move(made));
  return {};
}

// The slots of a list: stated with conditions, or several national places in one order, or just one.
Result<void> Compiler::each_slot(const JsonValue& one, Block& made, RuleScope& scope, const Place& place,
                                 const std::string& canonical, const Ways& ways, const std::string& at,
                                 int depth) {
  const JsonValue* inner = rules_of(one);
  const JsonValue* slots = member(one, "slots");
  const JsonValue* national = member(one, "national");
  const auto add = [&](const SlotSource& from, const JsonValue* where) -> Done {
    if (where == nullptr || !where->IsString()) return wrong(from.at, "side_missing", "national");
    if (from.rules == nullptr) return wrong(from.at, "part_missing", text_at(from.given, "use"));
    return slot(from, std::string(as_text(*where)), made, scope, place, canonical, depth);
  };
  const SlotSource whole{one, inner, at, place_of_rules(one, at), ways};
  if (slots != nullptr && slots->IsArray()) {
    for (rapidjson::SizeType i = 0; i < slots->Size(); ++i) {
      const JsonValue& given = (*slots)[i];
      const JsonValue* own = rules_of(given);
      const std::string here = pointer_join(pointer_join(at, "slots"), i);
      auto goes = ways_of(given, ways, here);
      if (!goes) return tl::make_unexpected(goes.error());
      const SlotSource from{given, own != nullptr ? own : inner, here,
                            own != nullptr ? place_of_rules(given, here) : whole.rules_at, *goes};
      if (auto done = add(from, member(given, "national")); !done) return done;
    }
    return {};
  }
  if (national == nullptr || !national->IsArray()) return add(whole, national);
  if (member(one, "where") || member(one, "otherwise"))
    return wrong(pointer_join(at, "where"), "where_in_slots");
  for (const JsonValue& where : national->GetArray())
    if (auto done = add(whole, &where); !done) return done;
  return {};
}

namespace {

// A member that the block's own rules read needs no line of its own.
void mark_ruled(Slot& slot) {
  if (!slot.select.where) return;
  for (WhereMember& member : slot.select.where->members)
    member.ruled = std::any_of(slot.scope.items.begin(), slot.scope.items.end(), [&](const Item& item) {
      const auto* field = std::get_if<Field>(&item);
      return field != nullptr && field->in && field->national.pointer == member.at.pointer;
    });
}

}  // namespace

// One element of a national list, told from the others by its `where`, stands for an object of the record.
Result<void> Compiler::single(const JsonValue& one, RuleScope& scope, const Place& place,
                              const std::string& national, const std::string& canonical, const Ways& ways,
                              const std::string& at, int depth) {
  const JsonValue* list = rules_of(one);
  if (list == nullptr) return wrong(at, "part_missing", text_at(one, "use"));
  Slot made;
  made.at = at;
  made.list = true;
  made.in = ways.in;
  made.out = ways.out;
  made.reason = ways.reason;
  made.national = scope.nationals.path(place.national + national);
  const Place inner{"", place.canonical + canonical, place.national_path(national) + "/*",
                    place.canonical_root};
  if (nationals_.node(inner.national_root) == nullptr)
    return wrong(pointer_join(at, "national"), "national_unknown", inner.national_root);
  if (canonicals_.node(inner.canonical_path("")) == nullptr)
    return wrong(pointer_join(at, "canonical"), "canonical_unknown", inner.canonical_path(""));
  auto select = selection(one, inner.national_root, at);
  if (!select) return tl::make_unexpected(select.error());
  if (!select->where) return wrong(at, "one_of_a_list");
  made.select = std::move(*select);
  if (auto done = rules(*list, made.scope, inner, ways, place_of_rules(one, at), depth + 1); !done)
    return done;
  mark_ruled(made);
  auto block = std::make_unique<Block>();
  block->canonical = scope.canonicals.path(place.canonical + canonical);
  block->single = true;
  block->at = at;
  block->slots.push_back(std::move(made));
  scope.items.emplace_back(std::move(block));
  return {};
}

Result<void> Compiler::slot(const SlotSource& from, std::string national, Block& made, RuleScope& scope,
                            const Place& place, const std::string& canonical, int depth) {
  const std::string& at = from.at;
  const Ways& ways = from.ways;
  Slot one;
  one.at = at;
  one.list = take_star(national);
  one.national = scope.nationals.path(place.national + national);
  const Place inner{"", "", place.national_path(national) + (one.list ? "/*" : ""),
                    place.canonical_path(canonical) + "/*"};
  if (nationals_.node(inner.national_root) == nullptr)
    return wrong(pointer_join(at, "national"), "national_unknown", inner.national_root);
  if (canonicals_.node(inner.canonical_root) == nullptr)
    return wrong(pointer_join(at, "canonical"), "canonical_unknown", inner.canonical_root);
  if (auto done = conditions(from.given, one, inner, at); !done) return done;
  auto select = selection(from.given, inner.national_root, at);
  if (!select) return tl::make_unexpected(select.error());
  if (!one.list && (select->where || select->otherwise))
    return wrong(pointer_join(at, "where"), "where_without_list");
  one.select = std::move(*select);
  one.in = ways.in;
  one.out = ways.out && !one.select.otherwise;
  one.reason = ways.reason;
  if (auto done = rules(*from.rules, one.scope, inner, ways, from.rules_at, depth + 1); !done) return done;
  mark_ruled(one);
  made.slots.push_back(std::move(one));
  return {};
}

Result<void> Compiler::conditions(const JsonValue& given, Slot& made, const Place& inner,
                                  const std::string& at) {
  const JsonValue* when = member(given, "when");
  if (when == nullptr) return {};
  if (!when->IsObject()) return wrong(pointer_join(at, "when"), "rule_not_understood");
  for (const auto& one : when->GetObject()) {
    const std::string path(as_text(one.name));
    if (canonicals_.node(inner.canonical_path(path)) == nullptr)
      return wrong(pointer_join(at, "when"), "canonical_unknown", inner.canonical_path(path));
    std::optional<Literal> value;
    const JsonValue* other = member(one.value, "not");
    if (other != nullptr) {
      value = literal_of(*other);
    } else if (!one.value.IsNull()) {
      value = literal_of(one.value);
      canonicals_.cover(inner.canonical_path(path));
    }
    made.when.push_back({made.scope.canonicals.path(path), std::move(value), other != nullptr});
  }
  return {};
}

namespace {

std::vector<std::optional<Literal>> one_of(const JsonValue& given) {
  std::vector<std::optional<Literal>> values;
  const auto add = [&](const JsonValue& one) {
    values.push_back(one.IsNull() ? std::nullopt : std::optional<Literal>(literal_of(one)));
  };
  if (!given.IsArray())
    add(given);
  else
    for (const JsonValue& one : given.GetArray()) add(one);
  return values;
}

}  // namespace

// The elements of the national list at `element` ("…/*") that the rule takes.
Result<Selection> Compiler::selection(const JsonValue& given, const std::string& element,
                                      const std::string& at) {
  Selection made;
  made.otherwise = flag_at(given, "otherwise");
  const JsonValue* where = member(given, "where");
  if (where == nullptr) return made;
  const std::string here = pointer_join(at, "where");
  if (made.otherwise || !where->IsObject() || where->ObjectEmpty()) return wrong(here, "where_empty");
  made.where.emplace();
  for (const auto& one : where->GetObject()) {
    const std::string path(as_text(one.name));
    if (!nationals_.is_leaf(element + path))
      return wrong(pointer_join(here, path), "national_unknown", element + path);
    auto values = one_of(one.value);
    if (values.empty()) return wrong(pointer_join(here, path), "where_empty");
    nationals_.cover(element + path);
    made.where->members.push_back({{path, split_pointer(path)}, std::move(values)});
  }
  return made;
}

// What no `where` took: known when all rules of the scope are there.
void Compiler::settle_otherwise(RuleScope& scope) const {
  std::map<std::string, std::vector<Where>> taken;
  const auto each_selection = [&](const auto& visit) {
    for (Item& item : scope.items) {
      if (auto* drop = std::get_if<Drop>(&item)) visit(drop->national.pointer, drop->select);
      if (auto* block = std::get_if<std::unique_ptr<Block>>(&item))
        for (Slot& slot : (*block)->slots) visit(slot.national.pointer, slot.select);
    }
  };
  each_selection([&](const std::string& list, Selection& select) {
    if (select.where) taken[list].push_back(*select.where);
  });
  each_selection([&](const std::string& list, Selection& select) {
    if (select.otherwise) select.taken = taken[list];
  });
  for (Item& item : scope.items)
    if (auto* block = std::get_if<std::unique_ptr<Block>>(&item))
      for (Slot& slot : (*block)->slots) settle_otherwise(slot.scope);
}

}  // namespace hotline
