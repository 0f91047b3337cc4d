#include "adapters/engine/options.h"

#include <algorithm>
#include <cctype>

#include "adapters/engine/compiler.h"

namespace hotline {

namespace {

using Made = Result<Converter>;

// `word` is one of the catalogs' (`check.<word>`), `what` the thing that its sentence speaks of.
tl::unexpected<Error> wrong(const char* option, std::string_view word = "option_missing",
                            std::string_view what = {}) {
  return fail(ErrorCode::data_invalid, std::string("/") + option,
              std::string(word) + " " + std::string(what.empty() ? std::string_view(option) : what));
}
tl::unexpected<Error> incomplete(const std::string& option, std::string_view word, std::string_view what) {
  return fail(ErrorCode::mapping_incomplete, "/" + option, std::string(word) + " " + std::string(what));
}

std::vector<std::string> texts(const JsonValue& rule, const char* name) {
  std::vector<std::string> all;
  if (const JsonValue* list = member(rule, name); list != nullptr && list->IsArray())
    for (const JsonValue& one : list->GetArray()) all.emplace_back(as_text(one));
  return all;
}

// Whether the schema lets this word stand there.
bool may_stand(const SchemaNode* node, std::string_view word) {
  if (node == nullptr || node->allowed().empty()) return true;
  return std::find(node->allowed().begin(), node->allowed().end(), word) != node->allowed().end();
}

Made yes_no_words(YesNo words, const SchemaNode* national, auto make) {
  if (words.yes.empty() != words.no.empty()) return wrong("false");
  for (const std::string& word : {words.yes, words.no})
    if (!words.yes.empty() && !may_stand(national, word)) return wrong("true", "value_not_in_schema", word);
  return Converter(make(std::move(words)));
}

Made date(const JsonValue& rule, const ProfileData& data) {
  DateAs as;
  for (const std::string& pattern : texts(rule, "formats")) {
    auto form = DateForm::parse(pattern, data.months);
    if (!form) return wrong("formats", "date_format_unknown", pattern);
    as.forms.push_back(std::move(*form));
  }
  if (as.forms.empty()) return wrong("formats");
  return Converter(std::move(as));
}

Made instant(const JsonValue& rule) {
  const std::string_view form = text_at(rule, "form", "rfc3339");
  if (form != "rfc3339" && form != "basic") return wrong("form");
  return Converter(InstantAs{form == "basic"});
}

Made phone(const JsonValue& rule, const ProfileData& data) {
  PhoneAs as{std::string(text_at(rule, "region", data.country)), PhoneAs::Out::national};
  const std::string_view out = text_at(rule, "out", "national");
  if (out == "international")
    as.out = PhoneAs::Out::international;
  else if (out == "e164")
    as.out = PhoneAs::Out::e164;
  else if (out != "national")
    return wrong("out");
  if (as.region.size() != 2) return wrong("region");
  return Converter(as);
}

Made decimal(const JsonValue& rule) {
  DecimalAs as{std::string(text_at(rule, "group")), std::string(text_at(rule, "point", "."))};
  if (as.point.empty() || as.point == as.group) return wrong("point");
  return Converter(as);
}

// Letters and digits alone: "Non-Police Organization" is but another spelling of NonPoliceOrganization.
std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char c : fold_code(word))
    if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0)
      letters += c;
  return letters;
}

bool is_spelling(std::string_view word, std::string_view value, const EnumAs& as) {
  const std::string letters = letters_of(word);
  if (letters == letters_of(value)) return true;
  const auto national = as.to_national.find(value);
  return national != as.to_national.end() && letters == letters_of(national->second);
}

// A word that states what the value is against it. What was said is kept beside the record (/extensions), so
// it must stand alone there: a list of words has no place for each.
Result<void> near_word(std::string_view word, const JsonValue& given, const JsonValue& rule, const Ends& ends,
                       EnumAs& as) {
  const std::string folded = fold_code(word);
  const std::string_view value = text_at(given, "value");
  const auto fate = fate_of_relation(text_at(given, "relation"));
  if (!fate) return wrong("near", "relation_unknown", text_at(given, "relation"));
  if (*fate != Fate::carried && text_at(rule, "canonical").ends_with("/*"))
    return wrong("near", "word_not_kept", word);
  if (as.to_canonical.count(folded) > 0 || as.unmapped.count(folded) > 0)
    return wrong("near", "word_twice", word);
  if (*fate == Fate::dropped) {
    if (text_at(given, "reason").empty()) return wrong("near", "reason_missing", word);
    as.unmapped.emplace(folded, text_at(given, "reason"));
    return {};
  }
  if (value.empty() || !may_stand(ends.canonical, value)) return wrong("near", "value_not_canonical", value);
  as.to_canonical.emplace(folded, value);
  if (*fate != Fate::carried) as.relations.emplace(folded, *fate);
  return {};
}

// Other words for a value: mere spellings, or such as state their relation.
Result<void> other_words(const JsonValue& rule, const Ends& ends, EnumAs& as) {
  if (const JsonValue* also = member(rule, "also"); also != nullptr && also->IsObject())
    for (const auto& one : also->GetObject()) {
      const std::string_view word = as_text(one.name), value = as_text(one.value);
      if (!may_stand(ends.canonical, value)) return wrong("also", "value_not_canonical", value);
      if (!is_spelling(word, value, as)) return incomplete("also", "word_without_relation", word);
      if (!as.to_canonical.emplace(fold_code(word), value).second) return wrong("also", "word_twice", word);
    }
  if (const JsonValue* near = member(rule, "near"); near != nullptr && near->IsObject())
    for (const auto& one : near->GetObject())
      if (auto fits = near_word(as_text(one.name), one.value, rule, ends, as); !fits) return fits;
  return {};
}

// Every value of the canonical enum has a word or a reason; no word stands for two values.
Made enumeration(const JsonValue& rule, const Ends& ends) {
  EnumAs as;
  const JsonValue* values = member(rule, "values");
  if (values == nullptr || !values->IsObject()) return wrong("values");
  for (const auto& one : values->GetObject()) {
    const std::string national(as_text(one.value));
    if (national.empty() || !may_stand(ends.national, national))
      return wrong("values", "value_not_in_schema", national);
    if (!may_stand(ends.canonical, as_text(one.name)))
      return wrong("values", "value_not_canonical", as_text(one.name));
    if (!as.to_canonical.emplace(fold_code(national), as_text(one.name)).second)
      return wrong("values", "word_twice", national);
    as.to_national.emplace(as_text(one.name), national);
  }
  if (auto fits = other_words(rule, ends, as); !fits) return tl::make_unexpected(fits.error());
  if (const JsonValue* none = member(rule, "unsupported"); none != nullptr && none->IsObject())
    for (const auto& one : none->GetObject()) as.unsupported.emplace(as_text(one.name), as_text(one.value));
  if (ends.canonical != nullptr)
    for (const std::string& value : ends.canonical->allowed())
      if (as.to_national.count(value) == 0 && as.unsupported.count(value) == 0)
        return incomplete("values", "value_without_word", value);
  if (ends.national != nullptr)
    for (const std::string& value : ends.national->allowed())
      if (as.to_canonical.count(fold_code(value)) == 0 && as.unmapped.count(fold_code(value)) == 0)
        return incomplete("values", "national_value_unknown", value);
  as.index();
  return Converter(std::move(as));
}

// The name of a member, or a pointer to it.
Below below(std::string_view name) {
  if (name.empty()) return {};
  const std::string pointer = name.front() == '/' ? std::string(name) : pointer_join("", name);
  return {pointer, split_pointer(pointer)};
}

Labelled read_labelled(const JsonValue& rule) {
  Labelled labelled{below(text_at(rule, "code_member")), {}, {}};
  if (const JsonValue* labels = member(rule, "labels"); labels != nullptr && labels->IsObject())
    for (const auto& one : labels->GetObject())
      labelled.labels.emplace_back(below(as_text(one.name)), as_text(one.value));
  if (const JsonValue* with = member(rule, "with"); with != nullptr && with->IsObject())
    for (const auto& one : with->GetObject())
      labelled.with.emplace_back(below(as_text(one.name)), literal_of(one.value));
  return labelled;
}

std::shared_ptr<const WordTable> find_table(const JsonValue& rule, const ProfileData& data) {
  const auto found = data.tables.find(text_at(rule, "table"));
  return found == data.tables.end() ? nullptr : found->second;
}

Made table(const JsonValue& rule, const ProfileData& data, const Ends& ends) {
  TableAs as{find_table(rule, data), read_labelled(rule),
             ends.canonical == nullptr ? std::string() : ends.canonical->labels().format};
  if (as.table == nullptr) return wrong("table", "table_missing", text_at(rule, "table"));
  return Converter(std::move(as));
}

Made code(const JsonValue& rule, const ProfileData& data, const Ends& ends) {
  const auto found = data.codes.find(text_at(rule, "codes"));
  if (found == data.codes.end()) return wrong("codes", "codes_missing", text_at(rule, "codes"));
  if (ends.canonical != nullptr &&
      (!ends.canonical->is_coded() || ends.canonical->labels().codes != found->first))
    return wrong("codes", "codes_differ", ends.canonical->labels().codes);
  CodeAs as{found->second, read_labelled(rule)};
  as.own_system = data.id + ":" + found->first;
  as.closed = ends.canonical != nullptr && ends.canonical->labels().closed;
  const SchemaNode* place = ends.national;
  for (const std::string& token : as.labelled.code.tokens)
    if (place != nullptr) place = token == "0" ? place->items() : place->property(token);
  as.any = place == nullptr || place->allowed().empty();
  if (as.any) return Converter(std::move(as));
  for (const NationalCode& one : as.map->all())
    if (!may_stand(place, one.code)) return incomplete("codes", "value_not_in_schema", one.code);
  for (const std::string& one : place->allowed())
    if (as.map->national(one) == nullptr) return incomplete("codes", "national_value_unknown", one);
  return Converter(std::move(as));
}

Made said(const JsonValue& rule, const ProfileData& data) {
  SaidAs as{std::string(text_at(rule, "language_at")), std::string(text_at(rule, "language")),
            find_table(rule, data)};
  if (as.language_at.empty() && as.language.empty()) return wrong("language_at");
  if (member(rule, "table") != nullptr && as.table == nullptr)
    return wrong("table", "table_missing", text_at(rule, "table"));
  return Converter(std::move(as));
}

// Every part is a coded field of the canonical record.
Made summary(const JsonValue& rule, const Ends& ends) {
  if (ends.national == nullptr) return wrong("national");
  SummaryAs as{{}, static_cast<std::size_t>(ends.national->max_size())};
  for (const std::string& path : texts(rule, "of")) {
    const SchemaNode* node = ends.canonical;
    SummaryPart part{split_pointer(path), nullptr, {}};
    for (const std::string& token : part.tokens) {
      if (node == nullptr) break;
      node = token == "*" ? node->items() : node->property(token);
      if (token != "*") part.field = node;
    }
    if (node == nullptr || !node->is_coded() || part.field == nullptr) return wrong("of");
    part.system = node->labels().codes;
    as.parts.push_back(std::move(part));
  }
  if (as.parts.empty()) return wrong("of");
  return Converter(std::move(as));
}

Made surnames(const JsonValue& rule) {
  SurnamesAs as{std::string(text_at(rule, "first")), std::string(text_at(rule, "second")),
                std::string(text_at(rule, "second_at"))};
  if (as.first.empty() || as.second.empty() || as.second_at.empty()) return wrong("second_at");
  return Converter(std::move(as));
}

}  // namespace

YesNo read_yes_no(const JsonValue& rule) {
  return {std::string(text_at(rule, "true")), std::string(text_at(rule, "false")), texts(rule, "also_true"),
          texts(rule, "also_false")};
}

Result<Converter> read_converter(const JsonValue& rule, const ProfileData& data, const Ends& ends) {
  const std::string_view as = text_at(rule, "as", "text");
  if (as == "text") {
    return Converter(TextAs{});
  }
  if (as == "integer") {
    return Converter(IntegerAs{flag_at(rule, "text")});
  }
  if (as == "boolean")
    return yes_no_words(read_yes_no(rule), ends.national,
                        [](YesNo words) { return BooleanAs{std::move(words)}; });
  if (as == "presence")
    return yes_no_words(read_yes_no(rule), ends.national,
                        [](YesNo words) { return PresenceAs{std::move(words)}; });
  if (as == "is_one_of")
    return yes_no_words(read_yes_no(rule), ends.national, [&](YesNo words) {
      return IsOneOfAs{texts(rule, "of"), std::move(words)};
    });
  if (as == "date") return date(rule, data);
  if (as == "instant") return instant(rule);
  if (as == "phone") return phone(rule, data);
  if (as == "decimal") return decimal(rule);
  if (as == "enum") return enumeration(rule, ends);
  if (as == "table") return table(rule, data, ends);
  if (as == "code") return code(rule, data, ends);
  if (as == "summary") return summary(rule, ends);
  if (as == "said") return said(rule, data);
  if (as == "surnames") return surnames(rule);
  return wrong("as", "as_unknown", as);
}

}  // namespace hotline
