#include "adapters/engine/inbound.h"
#include "adapters/engine/read_code.h"
#include "i18n/phones.h"

namespace hotline {

// Puts a value at the rule's canonical place, at the end of the list when it is one.
void Inbound::put(const Field& rule, JsonValue&& value, const Here& here, Trail::Line line) {
  line.target = below(here.to, rule.canonical);
  if (!rule.canonical_list) {
    make_place(here.target, rule.canonical.tokens, record_.GetAllocator()) = std::move(value);
  } else {
    JsonValue& list = make_list(here.target, rule.canonical.tokens, record_.GetAllocator());
    line.target = trail_.below(line.target, list.Size());
    list.PushBack(std::move(value), record_.GetAllocator());
  }
  trail_.add(line);
}

void Inbound::keep(std::string_view system, std::string_view name, std::string_view value, Spot from,
                   Spot to) {
  auto& allocator = record_.GetAllocator();
  JsonValue one(rapidjson::kObjectType);
  if (!to.is_root()) set_text(one, "path", trail_.text(to), allocator);
  set_text(one, "system", system, allocator);
  set_text(one, "name", name, allocator);
  set_text(one, "value", value, allocator);
  line(from, trail_.below({0, Spot::kWhole, "/extensions"}, kept_.Size()), Fate::dropped, "extension");
  kept_.PushBack(one, allocator);
}

// What stands beside a code: labels say nothing more, constants say which list it is of. Anything else is for
// other rules.
void Inbound::labels(const Labelled& labelled, const JsonValue& value, Spot from, CodedPlace place) {
  const Found code = found_at(labelled, value, labelled.code, place);
  if (code.value != nullptr) seen_.add(*code.value);
  for (const auto& [below, language] : labelled.labels) {
    const Found label = found_at(labelled, value, below, place);
    if (label.value == nullptr) continue;
    seen_.add(*label.value);
    line(trail_.below(from, trail_.keep(label.pointer)), kNowhere, Fate::dropped, "label_only");
  }
  for (const auto& [below, constant] : labelled.with) {
    const Found beside = found_at(labelled, value, below, place);
    if (beside.value == nullptr) continue;
    seen_.add(*beside.value);
    line(trail_.below(from, trail_.keep(beside.pointer)), kNowhere, Fate::carried, "constant");
  }
}

// Where the code or word of a labelled value stands.
Spot Inbound::word_at(const Labelled& labelled, const JsonValue& value, Spot from, CodedPlace place) {
  if (labelled.plain()) return from;
  return trail_.below(from, trail_.keep(found_at(labelled, value, labelled.code, place).pointer));
}

Result<void> Inbound::code(const CodeAs& as, const Field& rule, const JsonValue& value, Spot from,
                           const Here& here) {
  const CodedPlace place = find_coded(as.labelled, value);
  const Spot code_at = word_at(as.labelled, value, from, place);
  const SaidCode said = said_code(as, value);
  if (said.code.empty()) {
    line(code_at, kNowhere, Fate::dropped, "empty");
    if (!rule.canonical_list) from_review(rule, here);
  } else {
    auto read = read_code(as, said, record_.GetAllocator());
    if (!read) return at(std::move(read.error()), code_at);
    put(rule, std::move(read->coded), here,
        {code_at, kNowhere, read->fate, as.map->system(), read->reason, read->code});
  }
  if (!as.labelled.plain()) labels(as.labelled, value, from, place);
  return {};
}

// A code that had no word here stands in the review list until a person has settled the field.
bool Inbound::from_review(const Field& rule, const Here& here) {
  const auto* as = std::get_if<CodeAs>(&rule.converter);
  if (as == nullptr || review_.empty() || !rule.in || rule.canonical_list) return false;
  const ReviewEntries::Entry entry = review_.at(trail_.text(below(here.from, rule.national)));
  if (entry.value == nullptr || (rule.fallback && is_taken(here.target, rule.canonical.tokens))) return false;
  JsonValue coded = review_.coded(*as->map, *entry.value, record_.GetAllocator());
  if (coded.IsNull()) return false;
  const bool whole = member(coded, "code") != nullptr;
  const Fate fate = !whole ? Fate::dropped : member(coded, "original") ? Fate::related : Fate::carried;
  const std::string_view source = trail_.keep(review_.source_of(entry));
  if (const JsonValue* read = resolve_pointer(national_, source)) seen_.add(*read);
  put(rule, std::move(coded), here,
      {trail_.below({}, source),
       kNowhere,
       fate,
       as->map->system(),
       whole ? "from_review" : "no_common_code",
       {}});
  return true;
}

// Where a code would stand that nobody has given, should the canonical record require it.
void Inbound::missing(const Field& rule, const Here& here) {
  if (!rule.required_code) return;
  const Spot from = below(here.from, rule.national);
  missing_.push_back({below(here.to, rule.canonical), from,
                      review_.empty() ? std::string() : review_.at(trail_.text(from)).pointer});
}

Result<void> Inbound::element(const Field& rule, const JsonValue& value, Spot from, const Here& here) {
  if (const auto* as = std::get_if<CodeAs>(&rule.converter)) return code(*as, rule, value, from, here);
  if (const auto* as = std::get_if<EnumAs>(&rule.converter); as != nullptr && as->keeps_words())
    if (near_word(*as, rule, value, from, here)) return {};
  if (std::holds_alternative<TextAs>(rule.converter) && value.IsString() && value.GetStringLength() > 0 &&
      trimmed(as_text(value)).empty()) {
    line(from, kNowhere, Fate::dropped, "empty");  // nobody is called by a blank
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
    put(rule, std::move(*read), here, {from, kNowhere, Fate::carried, {}, {}, {}});
    // No field of ours holds an extension: whoever dials the number without it reaches somebody else.
    if (std::holds_alternative<PhoneAs>(rule.converter) && !phone_extension(as_text(value)).empty())
      line(from, kNowhere, Fate::dropped, "phone_extension");
    return {};
  }
  const CodedPlace place = find_coded(table->labelled, value);
  put(rule, std::move(*read), here,
      {word_at(table->labelled, value, from, place), kNowhere, Fate::carried, {}, {}, {}});
  labels(table->labelled, value, from, place);
  return {};
}

// A word that is no mere spelling says what the value is against it, and stays beside it as it was said.
bool Inbound::near_word(const EnumAs& as, const Field& rule, const JsonValue& value, Spot from,
                        const Here& here) {
  const std::string word = fold_code(as_text(value));
  const auto none = as.unmapped.find(word);
  const Fate fate = none == as.unmapped.end() ? as.relation(word) : Fate::dropped;
  if (fate == Fate::carried) return false;
  if (fate == Fate::dropped)
    line(from, kNowhere, Fate::dropped, none->second);
  else
    put(rule, make_text(as.to_canonical.find(word)->second, record_.GetAllocator()), here,
        {from, kNowhere, fate, {}, relation_of(fate), {}});
  keep(plan_.profile, kept_name(rule), as_text(value), from, here.to);
  return true;
}

// A value that only the profile's own people can read stays with them, as it was written.
void Inbound::unread(const Field& rule, const JsonValue& value, Spot from, const Here& here) {
  line(from, kNowhere, Fate::dropped, "unreadable");
  keep(plan_.profile, kept_name(rule), value.IsString() ? std::string(as_text(value)) : to_text(value), from,
       here.to);
}

// A list in a list, or in one text.
Result<void> Inbound::list(const Field& rule, const JsonValue& value, const Here& here) {
  const Spot from = below(here.from, rule.national);
  if (rule.separator.empty()) {
    if (!value.IsArray()) return fault(ErrorCode::type_mismatch, from, "array");
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      if (auto done = element(rule, value[i], trail_.below(from, i), here); !done) return done;
    if (value.Empty()) line(from, kNowhere, Fate::dropped, "empty");
    return {};
  }
  if (!value.IsString()) return fault(ErrorCode::type_mismatch, from, "text");
  const auto parts = split_text(as_text(value), rule.separator);
  for (const std::string_view word : parts)
    if (auto done = element(rule, make_text(word, record_.GetAllocator()), from, here); !done) return done;
  if (parts.empty()) line(from, kNowhere, Fate::dropped, "empty");
  return {};
}

Result<void> Inbound::said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const Spot to = below(here.to, rule.canonical);
  JsonValue object(rapidjson::kObjectType);
  set_text(object, "text", as_text(value), allocator);
  line(below(here.from, rule.national), trail_.below(to, "/text"));
  const JsonValue* given = as.language_at.empty() ? nullptr : here.view.at(rule.aside);
  std::string_view language = given == nullptr ? std::string_view(as.language) : trimmed(as_text(*given));
  if (language.empty()) return fault(ErrorCode::field_missing, below(here.from, rule.aside), "language");
  if (as.table != nullptr)
    if (const WordTable::Entry* entry = as.table->of_national(language)) language = entry->canonical;
  set_text(object, "language", language, allocator);
  line(given == nullptr ? kNowhere : below(here.from, rule.aside), trail_.below(to, "/language"),
       Fate::carried, given == nullptr ? "constant" : "");
  if (given != nullptr) seen_.add(*given);
  make_place(here.target, rule.canonical.tokens, allocator) = std::move(object);
  return {};
}

// Both surnames stand in one text; the field beside it says which part is the second (all of it, when there
// is no first), so nothing is guessed.
Result<void> Inbound::surnames(const SurnamesAs& as, const Field& rule, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const Spot from = below(here.from, rule.national), aside = below(here.from, rule.aside);
  const Spot to = below(here.to, rule.canonical);
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
  if (given != nullptr && second.empty()) line(aside, kNowhere, Fate::dropped, "empty");
  if (!second.empty()) {
    const bool alone = whole.empty() || whole == second;
    const bool ends = whole.size() > second.size() + 1 && whole.ends_with(second) &&
                      whole[whole.size() - second.size() - 1] == ' ';
    if (!alone && !ends) return fault(ErrorCode::value_not_allowed, aside, "end_of_surnames");
    put_name(as.second, second);
    line(aside, trail_.below(to, as.second));
    if (alone && !whole.empty()) {
      line(from, trail_.below(to, as.second));
      return {};
    }
    if (!alone) whole = trimmed(whole.substr(0, whole.size() - second.size()));
  }
  if (both == nullptr) return {};
  if (whole.empty()) {
    line(from, kNowhere, Fate::dropped, "empty");
    return {};
  }
  put_name(as.first, whole);
  line(from, trail_.below(to, as.first));
  return {};
}

// Texts that make one canonical text, in this order. Outbound all stands in the first: nothing is guessed.
Result<void> Inbound::joined(const Field& rule, const Here& here) {
  std::string whole;
  const Spot to = below(here.to, rule.canonical);
  const auto take = [&](const Path& path) {
    const JsonValue* value = here.view.at(path);
    if (value == nullptr) return;
    seen_.add(*value);
    const std::string_view text = trimmed(as_text(*value));
    if (text.empty()) return line(below(here.from, path), kNowhere, Fate::dropped, "empty");
    whole += (whole.empty() ? "" : " ") + std::string(text);
    line(below(here.from, path), to, Fate::carried, "joined");
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
    if (language != nullptr) drop(*language, below(here.from, rule.aside), "no_text");
    if (!from_review(rule, here)) missing(rule, here);
    return {};
  }
  if (rule.fallback && is_taken(here.target, rule.canonical.tokens)) {
    drop(*value, below(here.from, rule.national),
         rule.reason.empty() ? std::string_view("said_elsewhere") : rule.reason);
    return {};
  }
  if (!rule.in) {
    drop(*value, below(here.from, rule.national), rule.reason);
    return {};
  }
  const bool empty_list = value->IsArray() && value->Empty();
  if (!is_labelled(rule.converter) || empty_list) seen_.add(*value);
  if (const auto* as = std::get_if<SaidAs>(&rule.converter)) return said(*as, rule, *value, here);
  if (rule.canonical_list) return list(rule, *value, here);
  return element(rule, *value, below(here.from, rule.national), here);
}

}  // namespace hotline
