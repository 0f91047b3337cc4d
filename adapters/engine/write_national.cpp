#include "adapters/engine/apply.h"
#include "adapters/engine/kept_values.h"
#include "adapters/engine/review_list.h"
#include "adapters/engine/summary.h"
#include "adapters/engine/walk.h"

namespace hotline {

namespace {

// What the original of a code is to its own profile.
struct Home {
  std::string_view word;   // to be written; "" when there is none
  bool disagrees = false;  // the profile's own list reads it as something else: a person looks
};

class Outbound {
 public:
  Outbound(const Plan& plan, const LanguageTag& reader, const CodeSystems& codes)
      : plan_(plan),
        reader_(reader),
        codes_(codes),
        record_(rapidjson::kObjectType),
        review_(plan, reader, codes) {}
  Translated run(const JsonValue& canonical);

 private:
  struct Here {
    const View& view;
    const JsonValue& source;
    const std::string& from;
    JsonValue& target;
    const std::string& to;
  };

  void scope(const RuleScope& rules, const JsonValue& source, const std::string& from, JsonValue& target,
             const std::string& to);
  void field(const Field& rule, const Here& here);
  void list(const Field& rule, const JsonValue& value, const Here& here);
  std::optional<JsonValue> element(const Field& rule, const JsonValue& value, const std::string& from,
                                   const std::string& to);
  std::optional<JsonValue> code(const Field& rule, const CodeAs& as, const JsonValue& coded,
                                const std::string& from, const std::string& to);
  Home home_code(const Field& rule, const CodeAs& as, const JsonValue& coded) const;
  JsonValue national_code(const CodeAs& as, std::string_view code, const JsonValue* original);
  void said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void surnames(const SurnamesAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void block(const Block& rule, const Here& here);
  void single(const Slot& slot, const Here& here);
  void drop(const JsonValue& element, std::string from, const std::string& reason);
  std::string next_place(const Slot& slot, const Here& here, std::size_t taken) const;
  void place_element(const Slot& slot, JsonValue&& made, const Here& here);
  void summary(const SummaryAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void constant(const Constant& rule, const Here& here);
  void extend(const Path& national, std::string_view system, std::string_view name, const Here& here);
  bool said_before(const Field& rule, const JsonValue& value, const Here& here);
  void restore_value(const Field& rule, const Here& here);
  void restore_list(const Path& national, const std::string& name, const std::string& path, const Here& here);
  void restore_elements(const Block& rule, const Here& here);
  void leftovers(const JsonValue& canonical);
  std::string_view why_left(std::string_view pointer) const;
  void put(const Path& path, JsonValue&& value, const Here& here) {
    make_place(here.target, path.tokens, record_.GetAllocator()) = std::move(value);
  }
  void line(std::string from, std::string to, Fate fate = Fate::carried, std::string reason = {},
            std::string system = {}) {
    report_.lines.push_back({std::move(from), std::move(to), fate, std::move(system), std::move(reason)});
  }

  const Plan& plan_;
  const LanguageTag& reader_;
  const CodeSystems& codes_;
  Json record_;
  ReviewList review_;
  MappingReport report_;
  Seen seen_;
  KeptValues kept_;
};

JsonValue Outbound::national_code(const CodeAs& as, std::string_view code, const JsonValue* original) {
  const NationalCode* national = as.map->national(code);
  if (national != nullptr || original == nullptr)
    return make_coded(
        as.labelled, code,
        [&](const std::string& language) { return review_.national_label(*national, language); },
        record_.GetAllocator());
  return make_unlisted(as.labelled, code, text_at(*original, "label", code), text_at(*original, "language"),
                       record_.GetAllocator());
}

// Our own word, come home: as it was, be it on the list or not. It came by way of others, so it counts only
// where our list reads it as just the code that the record has.
Home Outbound::home_code(const Field& rule, const CodeAs& as, const JsonValue& coded) const {
  const JsonValue* original = member(coded, "original");
  if (original == nullptr || text_at(*original, "system") != plan_.profile + ":" + as.map->system())
    return {};
  const std::string_view word = text_at(*original, "code"), code = text_at(coded, "code");
  const NationalCode* known = as.map->national(word);
  const CodeTarget& read = known == nullptr ? CodeMap::no_code() : as.map->inbound(*known);
  if (read.code != code || relation_of(read.fate) != text_at(coded, "relation", "equivalent"))
    return {{}, true};
  if (known != nullptr) return {known->code};
  if (as.closed) return {{}, true};
  const bool parted = !rule.separator.empty() && word.find(rule.separator) != std::string_view::npos;
  return {as.any && !parted ? word : std::string_view()};
}

// The national value, or nothing when a person has to decide; the report and the review list say what became
// of it.
std::optional<JsonValue> Outbound::code(const Field& rule, const CodeAs& as, const JsonValue& coded,
                                        const std::string& from, const std::string& to) {
  const CodeMap& map = *as.map;
  const Home home = home_code(rule, as, coded);
  if (!home.word.empty()) {
    line(from, to, Fate::carried, "original", map.system());
    return national_code(as, home.word, member(coded, "original"));
  }
  // What came as no equivalent leaves as none: the report speaks of the whole way. One that says itself that it
  // is mapped to nothing has no code, whatever stands there.
  const Fate came = fate_of_relation(text_at(coded, "relation", "equivalent")).value_or(Fate::dropped);
  const std::string_view code = came == Fate::dropped ? std::string_view() : text_at(coded, "code");
  const CodeTarget& target = code.empty() ? CodeMap::no_code() : map.outbound(code);
  const bool written = target.fate != Fate::dropped && target.fate != Fate::related;
  const Fate whole = compose(came, target.fate);
  if (written) {
    line(from, to, whole, std::string(relation_of(whole)), map.system());
    report_.lines.back().code = target.code;
  }
  if (whole != Fate::carried || home.disagrees) {
    const std::string entry = review_.add(map, coded, target, to, home.disagrees, record_.GetAllocator());
    line(from, entry, written ? Fate::carried : target.fate,
         home.disagrees                 ? "original_disagrees"
         : written                      ? "original_kept"
         : target.fate == Fate::related ? "related"
                                        : target.reason,
         map.system());
  }
  if (!written) return std::nullopt;
  return national_code(as, target.code, nullptr);
}

std::optional<JsonValue> Outbound::element(const Field& rule, const JsonValue& value, const std::string& from,
                                           const std::string& to) {
  if (const auto* as = std::get_if<CodeAs>(&rule.converter)) return code(rule, *as, value, from, to);
  auto written = write_value(rule.converter, value, reader_, record_.GetAllocator());
  if (!written) {
    line(from, "", Fate::dropped, std::move(written.error()));
    return std::nullopt;
  }
  const bool derived =
      std::holds_alternative<IsOneOfAs>(rule.converter) || std::holds_alternative<PresenceAs>(rule.converter);
  const auto* table = std::get_if<TableAs>(&rule.converter);
  if (table != nullptr && table->table->is_narrower(as_text(value)))
    line(from, to, Fate::widened, std::string(relation_of(Fate::widened)));
  else
    line(from, to, Fate::carried, derived ? "derived" : "");
  return std::move(*written);
}

// Whether a text in a list that is one text would come out of it as it went in.
bool stands_apart(std::string_view text, std::string_view separator) {
  return separator.empty() ||
         (text.find(separator) == std::string_view::npos && trimmed(text).size() == text.size());
}

void Outbound::list(const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const std::string from = here.from + rule.canonical.pointer, to = here.to + rule.national.pointer;
  if (!value.IsArray()) return;
  std::string joined;
  JsonValue made(rapidjson::kArrayType);
  for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
    const std::string place = rule.separator.empty() ? pointer_join(to, made.Size()) : to;
    if (std::holds_alternative<TextAs>(rule.converter) && !stands_apart(as_text(value[i]), rule.separator)) {
      line(pointer_join(from, i), "", Fate::dropped, "holds_separator");
      continue;
    }
    auto one = element(rule, value[i], pointer_join(from, i), place);
    if (!one) continue;
    if (rule.separator.empty())
      made.PushBack(*one, allocator);
    else
      joined += (joined.empty() ? "" : rule.separator) + std::string(as_text(*one));
  }
  if (value.Empty()) line(from, "", Fate::dropped, "empty");
  if (!joined.empty()) put(rule.national, make_text(joined, allocator), here);
  if (!made.Empty()) put(rule.national, std::move(made), here);
}

void Outbound::said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const std::string from = here.from + rule.canonical.pointer;
  put(rule.national, make_text(text_at(value, "text"), allocator), here);
  line(from + "/text", here.to + rule.national.pointer);
  std::string_view language = text_at(value, "language");
  if (as.language_at.empty()) {
    const bool same = language == as.language;
    return line(from + "/language", "", same ? Fate::carried : Fate::dropped,
                same ? "constant" : "fixed_value");
  }
  if (as.table != nullptr)
    if (const WordTable::Entry* entry = as.table->of_canonical(language)) language = entry->national;
  put(rule.aside, make_text(language, allocator), here);
  line(from + "/language", here.to + rule.aside.pointer);
}

void Outbound::surnames(const SurnamesAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const std::string from = here.from + rule.canonical.pointer, to = here.to + rule.national.pointer;
  const JsonValue* first = member(value, std::string_view(as.first).substr(1));
  const JsonValue* second = member(value, std::string_view(as.second).substr(1));
  if (first == nullptr && second == nullptr) return;
  // A second surname alone stands in both, so that it is read whole in the one field and known by the other.
  std::string whole;
  for (const JsonValue* one : {first, second})
    if (one != nullptr) whole += (whole.empty() ? "" : " ") + std::string(as_text(*one));
  put(rule.national, make_text(whole, allocator), here);
  if (first != nullptr) {
    line(from + as.first, to);
    seen_.add(*first);
  } else {
    line(from + as.second, to, Fate::carried, "surname_alone");
  }
  if (second == nullptr) return;
  seen_.add(*second);
  put(rule.aside, make_text(as_text(*second), allocator), here);
  line(from + as.second, here.to + rule.aside.pointer);
}

// Says again in words what other rules carry: it reads nothing of its own.
void Outbound::summary(const SummaryAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  const std::string text = summary_text(as, value, reader_, codes_);
  if (text.empty()) return;
  put(rule.national, make_text(text, record_.GetAllocator()), here);
  line("", here.to + rule.national.pointer, Fate::carried, "summary");
}

void Outbound::field(const Field& rule, const Here& here) {
  if (!rule.out) return;
  const JsonValue* value = here.view.at(rule.canonical);
  if (rule.keep_unread && rule.canonical_list && rule.separator.empty()) {
    if (value != nullptr) {
      seen_.add(*value);
      list(rule, *value, here);
    }
    return restore_list(rule.national, rule.national.pointer, here.from, here);
  }
  if (value == nullptr) return kept_.empty() ? void() : restore_value(rule, here);
  if (const auto* as = std::get_if<SurnamesAs>(&rule.converter)) return surnames(*as, rule, *value, here);
  if (const auto* as = std::get_if<SummaryAs>(&rule.converter)) return summary(*as, rule, *value, here);
  seen_.add(*value);
  if (const auto* as = std::get_if<SaidAs>(&rule.converter)) return said(*as, rule, *value, here);
  if (rule.canonical_list) return list(rule, *value, here);
  if (said_before(rule, *value, here)) return;
  auto written = element(rule, *value, here.from + rule.canonical.pointer, here.to + rule.national.pointer);
  if (written) put(rule.national, std::move(*written), here);
}

// A word that was not quite the value comes home as it was said, as long as it still stands for that value.
bool Outbound::said_before(const Field& rule, const JsonValue& value, const Here& here) {
  const auto* as = std::get_if<EnumAs>(&rule.converter);
  if (as == nullptr || as->relations.empty() || kept_.empty()) return false;
  for (const auto& [index, entry] : kept_.at(plan_.profile, kept_name(rule), here.from)) {
    const std::string_view word = text_at(*entry, "value");
    const auto stands_for = as->to_canonical.find(fold_code(word));
    if (stands_for == as->to_canonical.end() || stands_for->second != as_text(value)) continue;
    const std::string to = here.to + rule.national.pointer;
    put(rule.national, make_text(word, record_.GetAllocator()), here);
    line(here.from + rule.canonical.pointer, to, Fate::carried, "original");
    line(pointer_join("/extensions", index), to, Fate::carried, "extension");
    seen_.add(*entry);
    return true;
  }
  return false;
}

void Outbound::constant(const Constant& rule, const Here& here) {
  if (!rule.canonical) {
    if (rule.only_if && here.view.at(*rule.only_if) == nullptr) return;
    put(rule.at, to_json(rule.value, record_.GetAllocator()), here);
    return line("", here.to + rule.at.pointer, Fate::carried, "constant");
  }
  const JsonValue* value = here.view.at(rule.at);
  if (value == nullptr || rule.fallback) return;
  seen_.add(*value);
  const bool same = equals(*value, rule.value);
  line(here.from + rule.at.pointer, "", same ? Fate::carried : Fate::dropped,
       same ? "constant" : "fixed_value");
}

// An extension that this profile kept for this place, if the record has come home.
void Outbound::extend(const Path& national, std::string_view system, std::string_view name,
                      const Here& here) {
  const auto& kept = kept_.at(system, name, here.from);
  if (kept.empty()) return;
  const auto& [index, entry] = kept.front();
  put(national, make_text(text_at(*entry, "value"), record_.GetAllocator()), here);
  line(pointer_join("/extensions", index), here.to + national.pointer, Fate::carried, "extension");
  seen_.add(*entry);
}

// A value that nobody could read was kept as it was written.
void Outbound::restore_value(const Field& rule, const Here& here) {
  const auto* as = std::get_if<EnumAs>(&rule.converter);
  const bool keeps = rule.keep_unread || (as != nullptr && !as->unmapped.empty());
  if (keeps && !rule.canonical_list)
    extend(rule.national, plan_.profile, rule.national.pointer, here);
}

// Elements that nobody could read were kept as they were written; they follow those that could be read.
void Outbound::restore_list(const Path& national, const std::string& name, const std::string& path,
                            const Here& here) {
  auto& allocator = record_.GetAllocator();
  for (const auto& [index, entry] : kept_.at(plan_.profile, name, path)) {
    JsonValue& list = make_list(here.target, national.tokens, allocator);
    line(pointer_join("/extensions", index), pointer_join(here.to + national.pointer, list.Size()),
         Fate::carried, "extension");
    list.PushBack(make_text(text_at(*entry, "value"), allocator), allocator);
    seen_.add(*entry);
  }
}

// The same for plain values that a block reads.
void Outbound::restore_elements(const Block& rule, const Here& here) {
  for (const Slot& slot : rule.slots)
    for (const Item& item : slot.scope.items)
      if (const auto* field = std::get_if<Field>(&item);
          field != nullptr && field->keep_unread && field->national.tokens.empty()) {
        if (slot.list)
          restore_list(slot.national, slot.national.pointer, here.from, here);
        else
          extend(slot.national, plan_.profile, slot.national.pointer, here);
      }
}

bool holds(const Slot& slot, const JsonValue& element) {
  const View view(element, slot.scope.canonicals);
  return std::all_of(slot.when.begin(), slot.when.end(), [&](const When& when) {
    const JsonValue* value = view.at(when.canonical);
    if (when.differs) return value == nullptr || !equals(*value, *when.value);
    return when.value ? value != nullptr && equals(*value, *when.value) : value == nullptr;
  });
}

// One element of a national list that stands for an object of the record.
void Outbound::single(const Slot& slot, const Here& here) {
  if (!slot.out) return;
  const std::string to = next_place(slot, here, 0);
  JsonValue made;
  scope(slot.scope, here.source, here.from, made, to);
  if (!made.IsNull()) place_element(slot, std::move(made), here);
}

// Where the next element of the slot's list will stand; other rules may write the same list.
std::string Outbound::next_place(const Slot& slot, const Here& here, std::size_t taken) const {
  std::string to = here.to + slot.national.pointer;
  if (!slot.list) return to;
  const JsonValue* list = value_below(here.target, slot.national.tokens);
  return pointer_join(to, list != nullptr && list->IsArray() ? list->Size() : taken);
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
void Outbound::drop(const JsonValue& element, std::string from, const std::string& reason) {
  visit_leaves(element, from, nullptr, true, [&](const JsonValue&, const std::string& pointer) {
    line(pointer, "", Fate::dropped, reason);
  });
  seen_.add(element);
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
      if (!rule.rest.empty()) drop(element, pointer_join(here.from + rule.canonical.pointer, i), rule.rest);
      continue;
    }
    const Slot& slot = rule.slots[at];
    const std::string from = pointer_join(here.from + rule.canonical.pointer, i);
    const std::string to = next_place(slot, here, taken[at]);
    const View view(element, slot.scope.canonicals);
    for (const When& when : slot.when)
      if (const JsonValue* said = view.at(when.canonical); when.value && !when.differs && said != nullptr) {
        seen_.add(*said);
        line(from + when.canonical.pointer, "", Fate::carried, "constant");
      }
    JsonValue made;
    scope(slot.scope, element, from, made, to);
    if (made.IsNull()) continue;
    ++taken[at];
    place_element(slot, std::move(made), here);
  }
  restore_elements(rule, here);
}

void Outbound::scope(const RuleScope& rules, const JsonValue& source, const std::string& from,
                     JsonValue& target, const std::string& to) {
  const View view(source, rules.canonicals);
  const Here here{view, source, from, target, to};
  for (const Item& item : rules.items) {
    if (const auto* rule = std::get_if<Field>(&item))
      field(*rule, here);
    else if (const auto* nested = std::get_if<std::unique_ptr<Block>>(&item))
      block(**nested, here);
    else if (const auto* fixed = std::get_if<Constant>(&item))
      constant(*fixed, here);
    else if (const auto* extra = std::get_if<Extend>(&item))
      extend(extra->national, plan_.profile, extra->name, here);
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
  seen_.close();
  std::string pointer;
  visit_leaves(canonical, pointer, &seen_, true, [&](const JsonValue& leaf, const std::string& place) {
    const bool empty = (leaf.IsObject() && leaf.ObjectEmpty()) || (leaf.IsArray() && leaf.Empty());
    line(place, "", Fate::dropped, empty ? "empty" : std::string(why_left(place)));
  });
}

Translated Outbound::run(const JsonValue& canonical) {
  report_.from = "canonical@" + plan_.canonical_version;
  report_.to = plan_.profile + "@" + plan_.version;
  report_.lines.reserve(256);
  kept_.read(member(canonical, "extensions"));
  static const std::string root;
  scope(plan_.root, canonical, root, record_, root);
  review_.place_in(record_);
  leftovers(canonical);
  return {std::move(record_), std::move(report_)};
}

}  // namespace

Translated write_national(const Plan& plan, const JsonValue& canonical, const LanguageTag& reader,
                          const CodeSystems& codes) {
  return Outbound(plan, reader, codes).run(canonical);
}

}  // namespace hotline
