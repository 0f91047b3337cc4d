#include "adapters/engine/apply.h"
#include "adapters/engine/read_code.h"
#include "adapters/engine/review_entries.h"
#include "adapters/engine/walk.h"
#include "i18n/phones.h"

namespace hotline {

namespace {

class Inbound {
 public:
  Inbound(const Plan& plan, const JsonValue& national)
      : plan_(plan),
        national_(national),
        review_(plan, national),
        record_(rapidjson::kObjectType),
        kept_(rapidjson::kArrayType) {}
  Result<Translated> run();

 private:
  using Done = Result<void>;
  // Where the rules of a scope stand at the moment: a source element and a target element, with their
  // pointers.
  struct Here {
    const View& view;
    const JsonValue& source;
    const std::string& from;
    JsonValue& target;
    const std::string& to;
  };

  Done scope(const RuleScope& rules, const JsonValue& source, const std::string& from, JsonValue& target,
             const std::string& to);
  Done field(const Field& rule, const Here& here);
  Done joined(const Field& rule, const Here& here);
  Done list(const Field& rule, const JsonValue& value, const Here& here);
  Done element(const Field& rule, const JsonValue& value, const std::string& from, const Here& here);
  Done code(const CodeAs& as, const Field& rule, const JsonValue& value, const std::string& from,
            const Here& here);
  bool from_review(const Field& rule, const Here& here);
  void missing(const Field& rule, const Here& here);
  Done said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here);
  Done surnames(const SurnamesAs& as, const Field& rule, const Here& here);
  Done block(const Block& rule, const Here& here);
  Done slot(const Block& rule, const Slot& slot, const JsonValue& value, const std::string& from,
            const Here& here);
  Done one_of_block(const Block& rule, const Slot& slot, const JsonValue& value, const std::string& from,
                    const Here& here);
  void selected(const Slot& slot, const JsonValue& element, const std::string& from);
  void constant(const Constant& rule, const Here& here);
  void extend(const Extend& rule, const Here& here);
  void drop(const JsonValue& value, std::string from, const std::string& reason);
  void drop(const Drop& rule, const Here& here);
  void labels(const Labelled& labelled, const JsonValue& value, const std::string& from, CodedPlace place);
  void keep(std::string_view system, std::string_view name, std::string_view value, const std::string& from,
            const std::string& to);
  void review_left();
  bool near_word(const EnumAs& as, const Field& rule, const JsonValue& value, const std::string& from,
                 const Here& here);
  void unread(const Field& rule, const JsonValue& value, const std::string& from, const Here& here);
  void put(const Field& rule, JsonValue&& value, const Here& here, ReportLine line);
  std::string why_left(const JsonValue& leaf, const std::string& pointer) const;
  tl::unexpected<Error> at(Error error, const std::string& pointer) const {
    error.pointer = pointer;
    return fail(std::move(error));
  }
  void line(std::string from, std::string to, Fate fate = Fate::carried, std::string reason = {}) {
    report_.lines.push_back({std::move(from), std::move(to), fate, {}, std::move(reason)});
  }

  const Plan& plan_;
  const JsonValue& national_;
  const ReviewEntries review_;
  Json record_;
  JsonValue kept_;  // becomes /extensions
  MappingReport report_;
  std::vector<Missing> missing_;
  Seen seen_;
};

// Puts a value at the rule's canonical place, at the end of the list when it is one.
void Inbound::put(const Field& rule, JsonValue&& value, const Here& here, ReportLine line) {
  line.target = here.to + rule.canonical.pointer;
  if (!rule.canonical_list) {
    make_place(here.target, rule.canonical.tokens, record_.GetAllocator()) = std::move(value);
  } else {
    JsonValue& list = make_list(here.target, rule.canonical.tokens, record_.GetAllocator());
    line.target = pointer_join(line.target, list.Size());
    list.PushBack(std::move(value), record_.GetAllocator());
  }
  report_.lines.push_back(std::move(line));
}

void Inbound::keep(std::string_view system, std::string_view name, std::string_view value,
                   const std::string& from, const std::string& to) {
  auto& allocator = record_.GetAllocator();
  JsonValue one(rapidjson::kObjectType);
  if (!to.empty()) set_text(one, "path", to, allocator);
  set_text(one, "system", system, allocator);
  set_text(one, "name", name, allocator);
  set_text(one, "value", value, allocator);
  line(from, pointer_join("/extensions", kept_.Size()), Fate::dropped, "extension");
  kept_.PushBack(one, allocator);
}

void Inbound::drop(const JsonValue& value, std::string from, const std::string& reason) {
  visit_leaves(value, from, nullptr, false, [&](const JsonValue&, const std::string& pointer) {
    line(pointer, "", Fate::dropped, reason);
  });
  seen_.add(value);
}

// A list may be dropped element by element, where another rule takes the rest.
void Inbound::drop(const Drop& rule, const Here& here) {
  const JsonValue* value = here.view.at(rule.national);
  if (value == nullptr) return;
  const std::string from = here.from + rule.national.pointer;
  if (!rule.each || !value->IsArray()) return drop(*value, from, rule.reason);
  for (rapidjson::SizeType i = 0; i < value->Size(); ++i)
    if (rule.select.picks((*value)[i])) drop((*value)[i], pointer_join(from, i), rule.reason);
}

// What stands beside a code: labels say nothing more, constants say which list it is of. Anything else is for
// other rules.
void Inbound::labels(const Labelled& labelled, const JsonValue& value, const std::string& from,
                     CodedPlace place) {
  const Found code = found_at(labelled, value, labelled.code, place);
  if (code.value != nullptr) seen_.add(*code.value);
  for (const auto& [below, language] : labelled.labels) {
    const Found label = found_at(labelled, value, below, place);
    if (label.value == nullptr) continue;
    seen_.add(*label.value);
    line(from + label.pointer, "", Fate::dropped, "label_only");
  }
  for (const auto& [below, constant] : labelled.with) {
    const Found beside = found_at(labelled, value, below, place);
    if (beside.value == nullptr) continue;
    seen_.add(*beside.value);
    line(from + beside.pointer, "", Fate::carried, "constant");
  }
}

Result<void> Inbound::code(const CodeAs& as, const Field& rule, const JsonValue& value,
                           const std::string& from, const Here& here) {
  const CodedPlace place = find_coded(as.labelled, value);
  const std::string code_at = from + found_at(as.labelled, value, as.labelled.code, place).pointer;
  const SaidCode said = said_code(as, plan_.profile, value);
  if (said.code.empty()) {
    line(code_at, "", Fate::dropped, "empty");
    if (!rule.canonical_list) from_review(rule, here);
  } else {
    auto read = read_code(as, said, record_.GetAllocator());
    if (!read) return at(std::move(read.error()), code_at);
    std::string code(text_at(read->coded, "code"));
    put(rule, std::move(read->coded), here,
        {code_at, "", read->fate, as.map->system(), std::move(read->reason), std::move(code)});
  }
  if (!as.labelled.plain()) labels(as.labelled, value, from, place);
  return {};
}

// A code that had no word here stands in the review list until a person has settled the field.
bool Inbound::from_review(const Field& rule, const Here& here) {
  const auto* as = std::get_if<CodeAs>(&rule.converter);
  if (as == nullptr || !rule.in || rule.canonical_list) return false;
  const ReviewEntries::Entry entry = review_.at(here.from + rule.national.pointer);
  if (entry.value == nullptr || (rule.fallback && is_taken(here.target, rule.canonical.tokens))) return false;
  JsonValue coded = review_.coded(*as->map, *entry.value, record_.GetAllocator());
  if (coded.IsNull()) return false;
  const bool whole = member(coded, "code") != nullptr;
  const Fate fate = !whole ? Fate::dropped : member(coded, "original") ? Fate::related : Fate::carried;
  std::string source = review_.source_of(entry);
  if (const JsonValue* read = resolve_pointer(national_, source)) seen_.add(*read);
  put(rule, std::move(coded), here,
      {std::move(source), "", fate, as->map->system(), whole ? "from_review" : "no_common_code"});
  return true;
}

// Where a code would stand that nobody has given, should the canonical record require it.
void Inbound::missing(const Field& rule, const Here& here) {
  if (!rule.in || rule.fallback || !std::holds_alternative<CodeAs>(rule.converter)) return;
  const std::string from = here.from + rule.national.pointer;
  missing_.push_back({here.to + rule.canonical.pointer, from, review_.at(from).pointer});
}

Result<void> Inbound::element(const Field& rule, const JsonValue& value, const std::string& from,
                              const Here& here) {
  if (const auto* as = std::get_if<CodeAs>(&rule.converter)) return code(*as, rule, value, from, here);
  if (const auto* as = std::get_if<EnumAs>(&rule.converter); as != nullptr && as->keeps_words())
    if (near_word(*as, rule, value, from, here)) return {};
  if (std::holds_alternative<TextAs>(rule.converter) && value.IsString() && value.GetStringLength() > 0 &&
      trimmed(as_text(value)).empty()) {
    line(from, "", Fate::dropped, "empty");  // nobody is called by a blank
    return {};
  }
  auto read = read_value(rule.converter, value, record_.GetAllocator());
  if (rule.keep_unread && (!read || format_fault(rule.format, as_text(*read)))) {
    unread(rule, value, from, here);
    return {};
  }
  if (!read) return at(std::move(read.error()), from);
  const auto* table = std::get_if<TableAs>(&rule.converter);
  if (table == nullptr || table->labelled.plain()) {
    put(rule, std::move(*read), here, {from, "", Fate::carried, {}, {}});
    // No field of ours holds an extension: whoever dials the number without it reaches somebody else.
    if (std::holds_alternative<PhoneAs>(rule.converter) && !phone_extension(as_text(value)).empty())
      line(from, "", Fate::dropped, "phone_extension");
    return {};
  }
  const CodedPlace place = find_coded(table->labelled, value);
  const std::string word_at = from + found_at(table->labelled, value, table->labelled.code, place).pointer;
  put(rule, std::move(*read), here, {word_at, "", Fate::carried, {}, {}});
  labels(table->labelled, value, from, place);
  return {};
}

// A word that is no mere spelling says what the value is against it, and stays beside it as it was said.
bool Inbound::near_word(const EnumAs& as, const Field& rule, const JsonValue& value, const std::string& from,
                        const Here& here) {
  const std::string word = fold_code(as_text(value));
  const auto none = as.unmapped.find(word);
  const Fate fate = none == as.unmapped.end() ? as.relation(word) : Fate::dropped;
  if (fate == Fate::carried) return false;
  if (fate == Fate::dropped)
    line(from, "", Fate::dropped, none->second);
  else
    put(rule, make_text(as.to_canonical.find(word)->second, record_.GetAllocator()), here,
        {from, "", fate, {}, std::string(relation_of(fate))});
  keep(plan_.profile, kept_name(rule), as_text(value), from, here.to);
  return true;
}

// A value that only the profile's own people can read stays with them, as it was written.
void Inbound::unread(const Field& rule, const JsonValue& value, const std::string& from, const Here& here) {
  line(from, "", Fate::dropped, "unreadable");
  keep(plan_.profile, kept_name(rule),
       value.IsString() ? std::string(as_text(value)) : to_text(value), from, here.to);
}

// A list in a list, or in one text.
Result<void> Inbound::list(const Field& rule, const JsonValue& value, const Here& here) {
  const std::string from = here.from + rule.national.pointer;
  if (rule.separator.empty()) {
    if (!value.IsArray()) return fail(ErrorCode::type_mismatch, from, "array");
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      if (auto done = element(rule, value[i], pointer_join(from, i), here); !done) return done;
    if (value.Empty()) line(from, "", Fate::dropped, "empty");
    return {};
  }
  if (!value.IsString()) return fail(ErrorCode::type_mismatch, from, "text");
  const auto parts = split_text(as_text(value), rule.separator);
  for (const std::string_view word : parts)
    if (auto done = element(rule, make_text(word, record_.GetAllocator()), from, here); !done) return done;
  if (parts.empty()) line(from, "", Fate::dropped, "empty");
  return {};
}

Result<void> Inbound::said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const std::string to = here.to + rule.canonical.pointer;
  JsonValue object(rapidjson::kObjectType);
  set_text(object, "text", as_text(value), allocator);
  line(here.from + rule.national.pointer, to + "/text");
  const JsonValue* given = as.language_at.empty() ? nullptr : here.view.at(rule.aside);
  std::string_view language = given == nullptr ? std::string_view(as.language) : trimmed(as_text(*given));
  if (language.empty()) return fail(ErrorCode::field_missing, here.from + rule.aside.pointer, "language");
  if (as.table != nullptr)
    if (const WordTable::Entry* entry = as.table->of_national(language)) language = entry->canonical;
  set_text(object, "language", language, allocator);
  line(given == nullptr ? "" : here.from + rule.aside.pointer, to + "/language", Fate::carried,
       given == nullptr ? "constant" : "");
  if (given != nullptr) seen_.add(*given);
  make_place(here.target, rule.canonical.tokens, allocator) = std::move(object);
  return {};
}

// Both surnames stand in one text; the field beside it says which part is the second (all of it, when there
// is no first), so nothing is guessed.
Result<void> Inbound::surnames(const SurnamesAs& as, const Field& rule, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const std::string from = here.from + rule.national.pointer, aside = here.from + rule.aside.pointer;
  const std::string to = here.to + rule.canonical.pointer;
  const JsonValue* both = here.view.at(rule.national);
  const JsonValue* given = here.view.at(rule.aside);
  std::string_view whole = both == nullptr ? std::string_view() : trimmed(as_text(*both));
  const std::string_view second = given == nullptr ? std::string_view() : trimmed(as_text(*given));
  const auto put_name = [&](const std::string& name, std::string_view value) {
    JsonValue& place = make_place(here.target, rule.canonical.tokens, allocator);
    if (!place.IsObject()) place.SetObject();
    set_text(place, std::string_view(name).substr(1), value, allocator);
  };
  for (const JsonValue* one : {both, given})
    if (one != nullptr) seen_.add(*one);
  if (given != nullptr && second.empty()) line(aside, "", Fate::dropped, "empty");
  if (!second.empty()) {
    const bool alone = whole.empty() || whole == second;
    const bool ends = whole.size() > second.size() + 1 && whole.ends_with(second) &&
                      whole[whole.size() - second.size() - 1] == ' ';
    if (!alone && !ends) return fail(ErrorCode::value_not_allowed, aside, "end_of_surnames");
    put_name(as.second, second);
    line(aside, to + as.second);
    if (alone && !whole.empty()) {
      line(from, to + as.second);
      return {};
    }
    if (!alone) whole = trimmed(whole.substr(0, whole.size() - second.size()));
  }
  if (both == nullptr) return {};
  if (whole.empty()) {
    line(from, "", Fate::dropped, "empty");
    return {};
  }
  put_name(as.first, whole);
  line(from, to + as.first);
  return {};
}

// Texts that make one canonical text, in this order. Outbound all stands in the first: nothing is guessed.
Result<void> Inbound::joined(const Field& rule, const Here& here) {
  std::string whole;
  const std::string to = here.to + rule.canonical.pointer;
  const auto take = [&](const Path& path) {
    const JsonValue* value = here.view.at(path);
    if (value == nullptr) return;
    seen_.add(*value);
    const std::string_view text = trimmed(as_text(*value));
    if (text.empty()) return line(here.from + path.pointer, "", Fate::dropped, "empty");
    whole += (whole.empty() ? "" : " ") + std::string(text);
    line(here.from + path.pointer, to, Fate::carried, "joined");
  };
  take(rule.national);
  for (const Path& path : rule.joined) take(path);
  if (!whole.empty())
    make_place(here.target, rule.canonical.tokens, record_.GetAllocator()) =
        make_text(whole, record_.GetAllocator());
  return {};
}

Result<void> Inbound::field(const Field& rule, const Here& here) {
  if (!rule.joined.empty() && rule.in) return joined(rule, here);
  const auto* names = std::get_if<SurnamesAs>(&rule.converter);
  if (names != nullptr && rule.in) return surnames(*names, rule, here);
  const JsonValue* value = here.view.at(rule.national);
  if (value == nullptr) {
    const auto* unsaid = std::get_if<SaidAs>(&rule.converter);
    const JsonValue* language =
        unsaid == nullptr || unsaid->language_at.empty() ? nullptr : here.view.at(rule.aside);
    if (language != nullptr) drop(*language, here.from + rule.aside.pointer, "no_text");
    if (!from_review(rule, here)) missing(rule, here);
    return {};
  }
  if (rule.fallback && is_taken(here.target, rule.canonical.tokens)) {
    drop(*value, here.from + rule.national.pointer, rule.reason.empty() ? "said_elsewhere" : rule.reason);
    return {};
  }
  if (!rule.in) {
    drop(*value, here.from + rule.national.pointer, rule.reason);
    return {};
  }
  const bool empty_list = value->IsArray() && value->Empty();
  if (!is_labelled(rule.converter) || empty_list) seen_.add(*value);
  if (const auto* as = std::get_if<SaidAs>(&rule.converter)) return said(*as, rule, *value, here);
  if (rule.canonical_list) return list(rule, *value, here);
  return element(rule, *value, here.from + rule.national.pointer, here);
}

void Inbound::constant(const Constant& rule, const Here& here) {
  if (!rule.canonical) {
    if (const JsonValue* value = here.view.at(rule.at)) drop(*value, here.from + rule.at.pointer, "constant");
    return;
  }
  if (rule.only_if && here.view.at(*rule.only_if) == nullptr) return;
  if (rule.fallback && is_taken(here.target, rule.at.tokens, rule.coded ? 1 : 0)) return;
  make_place(here.target, rule.at.tokens, record_.GetAllocator()) =
      to_json(rule.value, record_.GetAllocator());
  std::string place = here.to + rule.at.pointer;
  if (rule.coded) place.resize(place.size() - 5);
  line("", std::move(place), Fate::carried, "constant");
}

void Inbound::extend(const Extend& rule, const Here& here) {
  const JsonValue* value = here.view.at(rule.national);
  if (value == nullptr) return;
  seen_.add(*value);
  const std::string from = here.from + rule.national.pointer;
  if (as_text(*value).empty()) return line(from, "", Fate::dropped, "empty");
  keep(plan_.profile, rule.name, as_text(*value), from, here.to);
}

// Reads one national element and appends what came of it; an element of which nothing is left leaves no gap.
Result<void> Inbound::one_of_block(const Block& rule, const Slot& slot, const JsonValue& value,
                                   const std::string& from, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const JsonValue* list = &here.target;
  for (const std::string& token : rule.canonical.tokens)
    list = list == nullptr ? nullptr : member(*list, token);
  const std::size_t index = list == nullptr ? 0 : list->Size();
  const std::string to = pointer_join(here.to + rule.canonical.pointer, index);
  JsonValue made;
  for (const When& when : slot.when)
    if (when.value && !when.differs) {
      make_place(made, when.canonical.tokens, allocator) = to_json(*when.value, allocator);
      line("", to + when.canonical.pointer, Fate::carried, "constant");
    }
  selected(slot, value, from);
  const rapidjson::SizeType kept = kept_.Size();
  if (auto done = scope(slot.scope, value, from, made, to); !done) return done;
  if (made.IsNull())  // there is no such element: what was kept of it belongs to the place it was read from
    for (rapidjson::SizeType i = kept; i < kept_.Size(); ++i)
      if (text_at(kept_[i], "name") == "value") {
        set_text(kept_[i], "name", slot.national.pointer, allocator);
        set_text(kept_[i], "path", here.to, allocator);
      }
  if (!made.IsNull()) make_list(here.target, rule.canonical.tokens, allocator).PushBack(made, allocator);
  return {};
}

// What told this element from the others has been read by that.
void Inbound::selected(const Slot& slot, const JsonValue& element, const std::string& from) {
  if (!slot.select.where) return;
  for (const WhereMember& one : slot.select.where->members)
    if (const JsonValue* value = one.ruled ? nullptr : value_below(element, one.at.tokens)) {
      seen_.add(*value);
      line(from + one.at.pointer, "", Fate::carried, "constant");
    }
}

Result<void> Inbound::slot(const Block& rule, const Slot& slot, const JsonValue& value,
                           const std::string& from, const Here& here) {
  if (!slot.list) return one_of_block(rule, slot, value, from, here);
  if (!value.IsArray()) return fail(ErrorCode::type_mismatch, from, "array");
  for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
    if (!slot.select.picks(value[i])) continue;
    const std::string place = pointer_join(from, i);
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
    const std::string from = here.from + each.national.pointer;
    if (value == nullptr) continue;
    if (!each.in && !each.list)
      drop(*value, from, each.reason);
    else if (auto done = slot(rule, each, *value, from, here); !done)
      return done;
  }
  return {};
}

Result<void> Inbound::scope(const RuleScope& rules, const JsonValue& source, const std::string& from,
                            JsonValue& target, const std::string& to) {
  const View view(source, rules.nationals);
  const Here here{view, source, from, target, to};
  for (const Item& item : rules.items) {
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
std::string Inbound::why_left(const JsonValue& leaf, const std::string& pointer) const {
  if (!plan_.others.empty() && plan_.national && plan_.national->at(pointer) == nullptr) return plan_.others;
  return leaf.IsObject() || leaf.IsArray() ? "empty" : "only_first";
}

// What nothing was restored from.
void Inbound::review_left() {
  const JsonValue* list = value_below(national_, plan_.review.tokens);
  if (list == nullptr) return;
  std::string pointer = plan_.review.national;
  Seen restored = seen_;
  restored.close();
  visit_leaves(*list, pointer, &restored, false, [&](const JsonValue&, const std::string& place) {
    line(place, "", Fate::dropped, "for_review_only");
  });
  seen_.add(*list);
}

Result<Translated> Inbound::run() {
  report_.from = plan_.profile + "@" + plan_.version;
  report_.to = "canonical@" + plan_.canonical_version;
  report_.lines.reserve(256);
  static const std::string root;
  if (auto done = scope(plan_.root, national_, root, record_, root); !done)
    return tl::make_unexpected(done.error());
  if (!kept_.Empty()) set_member(record_, "extensions", std::move(kept_), record_.GetAllocator());
  if (!plan_.review.national.empty())
    review_left();
  seen_.close();
  std::string pointer;
  visit_leaves(national_, pointer, &seen_, false, [&](const JsonValue& leaf, const std::string& place) {
    line(place, "", Fate::dropped, why_left(leaf, place));
  });
  return Translated{std::move(record_), std::move(report_), std::move(missing_)};
}

}  // namespace

Result<Translated> read_national(const Plan& plan, const JsonValue& national) {
  return Inbound(plan, national).run();
}

}  // namespace hotline
