#include "adapters/engine/outbound.h"
#include "adapters/engine/summary.h"

namespace hotline {

namespace {

// Whether a text in a list that is one text would come out of it as it went in.
bool stands_apart(std::string_view text, std::string_view separator) {
  return separator.empty() ||
         (text.find(separator) == std::string_view::npos && trimmed(text).size() == text.size());
}

}  // namespace

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
  if (original == nullptr || text_at(*original, "system") != as.own_system) return {};
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
                                        Spot from, Spot to) {
  const CodeMap& map = *as.map;
  const Home home = home_code(rule, as, coded);
  if (!home.word.empty()) {
    line(from, to, Fate::carried, "original", map.system());
    return national_code(as, home.word, member(coded, "original"));
  }
  // What came as no equivalent leaves as none: the report speaks of the whole way. One that says itself that
  // it is mapped to nothing has no code, whatever stands there.
  const Fate came = fate_of_relation(text_at(coded, "relation", "equivalent")).value_or(Fate::dropped);
  const std::string_view code = came == Fate::dropped ? std::string_view() : text_at(coded, "code");
  const CodeTarget& target = code.empty() ? CodeMap::no_code() : map.outbound(code);
  const bool written = target.fate != Fate::dropped && target.fate != Fate::related;
  const Fate whole = compose(came, target.fate);
  if (written) line(from, to, whole, relation_of(whole), map.system(), target.code);
  if (whole != Fate::carried || home.disagrees) {
    const std::size_t entry =
        review_.add(map, coded, target, trail_.text(to), home.disagrees, record_.GetAllocator());
    const std::string_view why = home.disagrees                 ? "original_disagrees"
                                 : written                      ? "original_kept"
                                 : target.fate == Fate::related ? "related"
                                                                : std::string_view(target.reason);
    line(from, trail_.below(trail_.below({}, plan_.review.national), entry),
         written ? Fate::carried : target.fate, why, map.system());
  }
  if (!written) return std::nullopt;
  return national_code(as, target.code, nullptr);
}

std::optional<JsonValue> Outbound::element(const Field& rule, const JsonValue& value, Spot from, Spot to) {
  if (const auto* as = std::get_if<CodeAs>(&rule.converter)) return code(rule, *as, value, from, to);
  auto written = write_value(rule.converter, value, reader_, record_.GetAllocator());
  if (!written) {
    line(from, kNowhere, Fate::dropped, written.error());
    return std::nullopt;
  }
  const bool derived =
      std::holds_alternative<IsOneOfAs>(rule.converter) || std::holds_alternative<PresenceAs>(rule.converter);
  const auto* table = std::get_if<TableAs>(&rule.converter);
  if (table != nullptr && table->table->is_narrower(as_text(value)))
    line(from, to, Fate::widened, relation_of(Fate::widened));
  else
    line(from, to, Fate::carried, derived ? "derived" : "");
  return std::move(*written);
}

void Outbound::list(const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const Spot from = below(here.from, rule.canonical), to = below(here.to, rule.national);
  if (!value.IsArray()) return;
  std::string joined;
  JsonValue made(rapidjson::kArrayType);
  for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
    const Spot place = rule.separator.empty() ? trail_.below(to, made.Size()) : to;
    if (std::holds_alternative<TextAs>(rule.converter) && !stands_apart(as_text(value[i]), rule.separator)) {
      line(trail_.below(from, i), kNowhere, Fate::dropped, "holds_separator");
      continue;
    }
    auto one = element(rule, value[i], trail_.below(from, i), place);
    if (!one) continue;
    if (rule.separator.empty())
      made.PushBack(*one, allocator);
    else
      joined += (joined.empty() ? "" : rule.separator) + std::string(as_text(*one));
  }
  if (value.Empty()) line(from, kNowhere, Fate::dropped, "empty");
  if (!joined.empty()) put(rule.national, make_text(joined, allocator), here);
  if (!made.Empty()) put(rule.national, std::move(made), here);
}

void Outbound::said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const Spot from = below(here.from, rule.canonical);
  put(rule.national, make_text(text_at(value, "text"), allocator), here);
  line(trail_.below(from, "/text"), below(here.to, rule.national));
  std::string_view language = text_at(value, "language");
  if (as.language_at.empty()) {
    const bool same = language == as.language;
    return line(trail_.below(from, "/language"), kNowhere, same ? Fate::carried : Fate::dropped,
                same ? "constant" : "fixed_value");
  }
  if (as.table != nullptr)
    if (const WordTable::Entry* entry = as.table->of_canonical(language)) language = entry->national;
  put(rule.aside, make_text(language, allocator), here);
  line(trail_.below(from, "/language"), below(here.to, rule.aside));
}

void Outbound::surnames(const SurnamesAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  auto& allocator = record_.GetAllocator();
  const Spot from = below(here.from, rule.canonical), to = below(here.to, rule.national);
  const JsonValue* first = member(value, std::string_view(as.first).substr(1));
  const JsonValue* second = member(value, std::string_view(as.second).substr(1));
  if (first == nullptr && second == nullptr) return;
  // A second surname alone stands in both, so that it is read whole in the one field and known by the other.
  std::string whole;
  for (const JsonValue* one : {first, second})
    if (one != nullptr) whole += (whole.empty() ? "" : " ") + std::string(as_text(*one));
  put(rule.national, make_text(whole, allocator), here);
  if (first != nullptr) {
    line(trail_.below(from, as.first), to);
    seen_.add(*first);
  } else {
    line(trail_.below(from, as.second), to, Fate::carried, "surname_alone");
  }
  if (second == nullptr) return;
  seen_.add(*second);
  put(rule.aside, make_text(as_text(*second), allocator), here);
  line(trail_.below(from, as.second), below(here.to, rule.aside));
}

// Says again in words what other rules carry: it reads nothing of its own.
void Outbound::summary(const SummaryAs& as, const Field& rule, const JsonValue& value, const Here& here) {
  const std::string text = summary_text(as, value, reader_, codes_);
  if (text.empty()) return;
  put(rule.national, make_text(text, record_.GetAllocator()), here);
  line(kNowhere, below(here.to, rule.national), Fate::carried, "summary");
}

void Outbound::field(const Field& rule, const Here& here) {
  if (!rule.out) return;
  const JsonValue* value = here.view.at(rule.canonical);
  if (rule.keep_unread && rule.canonical_list && rule.separator.empty()) {
    if (value != nullptr) {
      seen_.add(*value);
      list(rule, *value, here);
    }
    return restore_list(rule.national, rule.national.pointer, here);
  }
  if (value == nullptr) return kept_.empty() ? void() : restore_value(rule, here);
  if (const auto* as = std::get_if<SurnamesAs>(&rule.converter)) return surnames(*as, rule, *value, here);
  if (const auto* as = std::get_if<SummaryAs>(&rule.converter)) return summary(*as, rule, *value, here);
  seen_.add(*value);
  if (const auto* as = std::get_if<SaidAs>(&rule.converter)) return said(*as, rule, *value, here);
  if (rule.canonical_list) return list(rule, *value, here);
  if (said_before(rule, *value, here)) return;
  auto written = element(rule, *value, below(here.from, rule.canonical), below(here.to, rule.national));
  if (written) put(rule.national, std::move(*written), here);
}

// A word that was not quite the value comes home as it was said, as long as it still stands for that value.
bool Outbound::said_before(const Field& rule, const JsonValue& value, const Here& here) {
  const auto* as = std::get_if<EnumAs>(&rule.converter);
  if (as == nullptr || as->relations.empty() || kept_.empty()) return false;
  for (const auto& [index, entry] : kept_.at(kept_name(rule), trail_.text(here.from))) {
    const std::string_view word = text_at(*entry, "value");
    const auto stands_for = as->to_canonical.find(fold_code(word));
    if (stands_for == as->to_canonical.end() || stands_for->second != as_text(value)) continue;
    const Spot to = below(here.to, rule.national);
    put(rule.national, make_text(word, record_.GetAllocator()), here);
    line(below(here.from, rule.canonical), to, Fate::carried, "original");
    line(extension(index), to, Fate::carried, "extension");
    seen_.add(*entry);
    return true;
  }
  return false;
}

// An extension that this profile kept for this place, if the record has come home.
void Outbound::extend(const Path& national, std::string_view name, const Here& here) {
  if (kept_.empty()) return;
  const auto& kept = kept_.at(name, trail_.text(here.from));
  if (kept.empty()) return;
  const auto& [index, entry] = kept.front();
  put(national, make_text(text_at(*entry, "value"), record_.GetAllocator()), here);
  line(extension(index), below(here.to, national), Fate::carried, "extension");
  seen_.add(*entry);
}

// A value that nobody could read was kept as it was written.
void Outbound::restore_value(const Field& rule, const Here& here) {
  const auto* as = std::get_if<EnumAs>(&rule.converter);
  const bool keeps = rule.keep_unread || (as != nullptr && !as->unmapped.empty());
  if (keeps && !rule.canonical_list) extend(rule.national, rule.national.pointer, here);
}

// Elements that nobody could read were kept as they were written; they follow those that could be read.
void Outbound::restore_list(const Path& national, std::string_view name, const Here& here) {
  if (kept_.empty()) return;
  auto& allocator = record_.GetAllocator();
  for (const auto& [index, entry] : kept_.at(name, trail_.text(here.from))) {
    JsonValue& list = make_list(here.target, national.tokens, allocator);
    line(extension(index), trail_.below(below(here.to, national), list.Size()), Fate::carried, "extension");
    list.PushBack(make_text(text_at(*entry, "value"), allocator), allocator);
    seen_.add(*entry);
  }
}

}  // namespace hotline
