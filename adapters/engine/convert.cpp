#include "adapters/engine/convert.h"

#include <algorithm>
#include <charconv>

#include "i18n/language_tag.h"
#include "i18n/phones.h"
#include "i18n/regions.h"

namespace hotline {

namespace {

using Allocator = Json::AllocatorType;
using Written = tl::expected<JsonValue, std::string_view>;

tl::unexpected<std::string_view> no(std::string_view why) {
  return tl::make_unexpected(why);
}

tl::unexpected<Error> refused(ErrorCode code, const char* expected) {
  return fail(code, "", expected);
}

Result<JsonValue> text_of(const JsonValue& value, Allocator& allocator) {
  if (!value.IsString()) return refused(ErrorCode::type_mismatch, "text");
  return make_text(as_text(value), allocator);
}

// What a table does not name is named by CLDR: a rare language should read as a name, not as zpv.
std::string name_of(std::string_view value, std::string_view format, const LanguageTag& language) {
  if (format == "country") return country_name(value, language);
  if (format != "language") return std::string(value);
  const auto tag = parse_language(value);
  return tag ? language_name(*tag, language) : std::string(value);
}

struct Reader {
  const JsonValue& national;
  Allocator& allocator;

  Result<JsonValue> operator()(const TextAs&) const { return text_of(national, allocator); }

  Result<JsonValue> operator()(const IntegerAs& as) const {
    if (national.IsInt64()) return JsonValue(national.GetInt64());
    const std::string_view text = trimmed(as_text(national));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!as.text || text.empty() || error != std::errc{} || end != text.data() + text.size())
      return refused(ErrorCode::type_mismatch, "integer");
    return JsonValue(value);
  }

  Result<JsonValue> operator()(const BooleanAs& as) const {
    if (auto value = as.words.read(national)) return JsonValue(*value);
    return refused(ErrorCode::value_not_allowed, "yes_or_no");
  }

  Result<JsonValue> operator()(const DateAs& as) const {
    for (const DateForm& form : as.forms)
      if (auto date = form.read(as_text(national))) {
        const std::string text = format_civil_date(*date);
        if (auto possible = parse_civil_date(text); !possible || *possible != *date)
          return refused(ErrorCode::date_impossible, "date");
        return make_text(text, allocator);
      }
    return refused(ErrorCode::date_impossible, "date_form");
  }

  Result<JsonValue> operator()(const InstantAs& as) const {
    std::string text(trimmed(as_text(national)));
    const std::size_t sign = text.size() >= 5 ? text.size() - 5 : 0;
    if (as.basic && text.size() > 20 && (text[sign] == '+' || text[sign] == '-'))
      text.insert(text.size() - 2, 1, ':');
    auto at = parse_instant(text);
    if (!at) return refused(ErrorCode::date_impossible, "instant");
    return make_text(format_instant(*at), allocator);
  }

  Result<JsonValue> operator()(const PhoneAs& as) const {
    auto number = parse_phone(as_text(national), as.region);
    if (!number) return refused(ErrorCode::phone_invalid, "phone");
    return make_text(*number, allocator);
  }

  // Digits with an optional sign and fraction remain; a group mark is only taken out before the point.
  Result<JsonValue> operator()(const DecimalAs& as) const {
    std::string plain;
    std::string_view text = trimmed(as_text(national));
    bool fraction = false, digits = false;
    while (!text.empty()) {
      const bool group =
          !as.group.empty() && !fraction && digits && text.substr(0, as.group.size()) == as.group;
      const bool point = !fraction && digits && text.substr(0, as.point.size()) == as.point;
      const bool digit = text.front() >= '0' && text.front() <= '9';
      if (!group && !point && !digit && !(plain.empty() && text.front() == '-'))
        return refused(ErrorCode::value_not_allowed, "decimal");
      if (point)
        plain += '.';
      else if (!group)
        plain += text.front();
      fraction = fraction || point;
      digits = digits || digit;
      text.remove_prefix(group ? as.group.size() : point ? as.point.size() : 1);
    }
    if (!digits || plain.back() == '.') return refused(ErrorCode::value_not_allowed, "decimal");
    return make_text(plain, allocator);
  }

  Result<JsonValue> operator()(const EnumAs& as) const {
    const std::string* value = as.canonical(as_text(national));
    if (value == nullptr) return refused(ErrorCode::value_not_allowed, "enum");
    return make_text(*value, allocator);
  }

  Result<JsonValue> operator()(const TableAs& as) const {
    const std::string_view text = trimmed(plain_code(as.labelled, national));
    if (text.empty()) return refused(ErrorCode::type_mismatch, "text");
    const WordTable::Entry* entry = as.table->of_national(text);
    return make_text(entry != nullptr ? std::string_view(entry->canonical) : text, allocator);
  }

  template <class Other>
  Result<JsonValue> operator()(const Other&) const {
    return refused(ErrorCode::type_mismatch, "converter");
  }
};

std::string grouped(std::string_view amount, const DecimalAs& as) {
  const std::size_t point = std::min(amount.find('.'), amount.size());
  std::string text(amount.substr(0, point));
  const std::size_t first = !text.empty() && text.front() == '-' ? 1 : 0;
  if (!as.group.empty())
    for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, as.group);
  if (point < amount.size()) text += as.point + std::string(amount.substr(point + 1));
  return text;
}

struct Writer {
  const JsonValue& canonical;
  const LanguageTag& reader;
  Allocator& allocator;

  JsonValue text(std::string_view value) const { return make_text(value, allocator); }

  Written operator()(const TextAs&) const { return text(as_text(canonical)); }

  Written operator()(const IntegerAs& as) const {
    if (as.text) return text(std::to_string(canonical.IsInt64() ? canonical.GetInt64() : 0));
    return JsonValue(canonical.IsInt64() ? canonical.GetInt64() : 0);
  }

  Written operator()(const BooleanAs& as) const { return as.words.write(canonical.IsTrue(), allocator); }

  Written operator()(const DateAs& as) const {
    auto date = parse_civil_date(as_text(canonical));
    if (!date) return no("no_form");
    for (const DateForm& form : as.forms)
      if (form.fits(*date)) return text(form.write(*date));
    return no("no_form_for_precision");
  }

  Written operator()(const InstantAs& as) const {
    auto at = parse_instant(as_text(canonical));
    if (!at) return no("no_form");
    std::string plain = format_instant(*at);
    if (!as.basic) return text(plain);
    plain.pop_back();
    if (plain.find('.') == std::string::npos) plain += ".000";
    return text(plain + "+0000");
  }

  Written operator()(const PhoneAs& as) const {
    if (as.out == PhoneAs::Out::e164) return text(as_text(canonical));
    const bool national = as.out == PhoneAs::Out::national;
    return text(
        format_phone(as_text(canonical), national ? std::string_view(as.region) : std::string_view("ZZ")));
  }

  Written operator()(const DecimalAs& as) const { return text(grouped(as_text(canonical), as)); }

  Written operator()(const EnumAs& as) const {
    const std::string_view value = as_text(canonical);
    if (const std::string* word = as.national(value)) return text(*word);
    const auto why = as.unsupported.find(value);
    return no(why == as.unsupported.end() ? std::string_view("value_unsupported")
                                          : std::string_view(why->second));
  }

  Written operator()(const TableAs& as) const {
    const std::string_view value = as_text(canonical);
    const WordTable::Entry* entry = as.table->of_canonical(value);
    const std::string_view word = entry != nullptr ? std::string_view(entry->national) : value;
    std::string named;
    const auto label = [&](const std::string& language) -> std::string_view {
      const LanguageTag spoken = language == "reader" ? reader : LanguageTag(language);
      if (entry != nullptr) {
        const auto found = entry->labels.find(base_language(spoken));
        if (found != entry->labels.end()) return found->second;
      }
      named = name_of(value, as.format, spoken);
      return named;
    };
    return make_coded(as.labelled, word, label, allocator);
  }

  Written operator()(const IsOneOfAs& as) const {
    const std::string_view value = canonical.IsObject() ? text_at(canonical, "code") : as_text(canonical);
    if (value.empty()) return no("no_common_code");  // neither yes nor no
    return as.words.write(std::find(as.of.begin(), as.of.end(), value) != as.of.end(), allocator);
  }

  Written operator()(const PresenceAs& as) const { return as.words.write(true, allocator); }

  template <class Other>
  Written operator()(const Other&) const {
    return no("converter");
  }
};

bool among(const std::vector<std::string>& words, const std::string& folded) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return fold_code(word) == folded; });
}

}  // namespace

std::optional<bool> YesNo::read(const JsonValue& value) const {
  if (yes.empty()) return value.IsBool() ? std::optional<bool>(value.GetBool()) : std::nullopt;
  if (!value.IsString()) return std::nullopt;
  if (as_text(value) == yes) return true;
  if (as_text(value) == no) return false;
  const std::string folded = fold_code(as_text(value));
  if (folded == fold_code(yes) || among(also_yes, folded)) return true;
  if (folded == fold_code(no) || among(also_no, folded)) return false;
  return std::nullopt;
}

void EnumAs::index() {
  for (const auto& [value, word] : to_national) {
    const auto at = static_cast<std::uint32_t>(exact.size());
    exact.push_back({value, word});
    exact_values.add(value, at);
    exact_words.add(word, at);
  }
}

const std::string* EnumAs::national(std::string_view value) const {
  if (const std::uint32_t at = exact_values.find(value); at != NameIndex::kNone) return &exact[at].word;
  const auto found = to_national.find(value);
  return found == to_national.end() ? nullptr : &found->second;
}

const std::string* EnumAs::canonical(std::string_view word) const {
  if (const std::uint32_t at = exact_words.find(word); at != NameIndex::kNone) return &exact[at].value;
  const auto found = to_canonical.find(fold_code(word));
  return found == to_canonical.end() ? nullptr : &found->second;
}

Fate EnumAs::relation(std::string_view word) const {
  if (relations.empty()) return Fate::carried;
  const auto found = relations.find(fold_code(word));
  return found == relations.end() ? Fate::carried : found->second;
}

JsonValue YesNo::write(bool value, Json::AllocatorType& allocator) const {
  if (yes.empty()) return JsonValue(value);
  return make_text(value ? yes : no, allocator);
}

const Labelled* labelled_of(const Converter& converter) {
  if (const auto* code = std::get_if<CodeAs>(&converter)) return &code->labelled;
  const auto* table = std::get_if<TableAs>(&converter);
  return table == nullptr ? nullptr : &table->labelled;
}

bool is_labelled(const Converter& converter) {
  const Labelled* labelled = labelled_of(converter);
  return labelled != nullptr && !labelled->plain();
}

Result<JsonValue> read_value(const Converter& converter, const JsonValue& national,
                             Json::AllocatorType& allocator) {
  return std::visit(Reader{national, allocator}, converter);
}

tl::expected<JsonValue, std::string_view> write_value(const Converter& converter, const JsonValue& canonical,
                                                      const LanguageTag& reader,
                                                      Json::AllocatorType& allocator) {
  return std::visit(Writer{canonical, reader, allocator}, converter);
}

}  // namespace hotline
