#include "adapters/form/cell.h"

#include <algorithm>
#include <charconv>

#include "i18n/base/utf8.h"

namespace hotline {

namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

bool formula_start(char c) {
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

// '=1 and ''=1: what safe_cell() makes, one apostrophe more than there was.
bool is_guarded(std::string_view text) {
  while (text.size() > 2 && text[0] == '\'' && text[1] == '\'') text.remove_prefix(1);
  return text.size() > 1 && text[0] == '\'' && formula_start(text[1]);
}

// 5.55E+9: a spreadsheet has taken digits for a number and thrown some of them away.
bool is_mangled_number(std::string_view text) {
  const auto e = text.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && e + 2 < text.size() && text[e + 1] == '+' &&
         all_digits(text.substr(e + 2)) &&
         text.substr(0, e).find_first_not_of("0123456789.,") == std::string_view::npos;
}

int number(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string two(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

class Reading {
 public:
  Reading(const Column& column, std::string_view country, Json::AllocatorType& allocator)
      : column_(column), country_(country), allocator_(allocator) {}

  Result<CellRead> read(std::string_view text) {
    if (first_invalid_utf8(text) < text.size())
      return fail(ErrorCode::json_not_utf8, "", "save_as_csv_utf_8");
    if (!is_clean_text(text)) return fail(ErrorCode::text_not_allowed, "", "no_control_characters");
    text = trim(text);
    if (is_guarded(text)) {
      text.remove_prefix(1);
      note("apostrophe_removed");
    }
    if (text.empty()) return std::move(made_);
    auto value = typed(text);
    if (!value) return fail(std::move(value.error()));
    made_.value = std::move(*value);
    return std::move(made_);
  }

 private:
  using Value = Result<JsonValue>;
  void note(std::string what) { made_.notes.push_back(std::move(what)); }
  JsonValue text(std::string_view value) { return make_text(value, allocator_); }

  Value typed(std::string_view value) {
    switch (column_.kind) {
      case Column::Kind::text:
      case Column::Kind::known:
      case Column::Kind::said:
      case Column::Kind::review:
        return text(value);
      case Column::Kind::list:
        return list(value);
      case Column::Kind::date:
        return date(value);
      case Column::Kind::integer:
        return integer(value);
      case Column::Kind::boolean:
        return boolean(value);
      case Column::Kind::phone:
        return phone(value);
      case Column::Kind::postal:
        return postal(value);
    }
    return text(value);
  }

  // 20/11/2026 can only be read one way, 05/04/2026 two ways; a serial number counts from 1900 or from 1904.
  Value date(std::string_view value) {
    const auto wrong = [](const char* why = "date_form") {
      return fail(ErrorCode::date_impossible, "", why);
    };
    if (value.size() == 19 && (value[10] == ' ' || value[10] == 'T') && value.substr(11) == "00:00:00") {
      value = value.substr(0, 10);
      note("midnight_removed");
    }
    std::string_view parts[3];
    std::size_t count = 0;
    const auto slash = value.find_first_of("/.");
    if (slash == std::string_view::npos) {
      // The mapping knows YYYY-MM-DD, YYYY-MM and YYYY; five digits are a spreadsheet's serial number.
      if (all_digits(value) && value.size() != 4)
        return wrong(value.size() == 5 ? "excel_number" : "date_form");
      return text(value);
    }
    for (std::string_view rest = value; count < 3; ++count) {
      const auto end = std::min(rest.find(value[slash]), rest.size());
      parts[count] = rest.substr(0, end);
      if (!all_digits(parts[count])) return wrong();
      if (end == rest.size()) {
        if (count != 2) return wrong();
        break;
      }
      if (count == 2) return wrong();
      rest.remove_prefix(end + 1);
    }
    int year = 0, month = 0, day = 0;
    if (parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2) {
      year = number(parts[0]), month = number(parts[1]), day = number(parts[2]);
    } else if (parts[2].size() == 4 && parts[0].size() <= 2 && parts[1].size() <= 2) {
      year = number(parts[2]);
      const int a = number(parts[0]), b = number(parts[1]);
      if (a <= 12 && b <= 12 && a != b) return wrong("two_ways");
      day = a > 12 ? a : b;
      month = a > 12 ? b : a;
    } else {
      return wrong();
    }
    note("date_reordered");
    return text(std::to_string(year) + "-" + two(month) + "-" + two(day));
  }

  Value integer(std::string_view value) {
    if (const auto point = value.find('.');
        point != std::string_view::npos && point > 0 &&
        value.substr(point + 1).find_first_not_of('0') == std::string_view::npos) {
      value = value.substr(0, point);
      note("decimals_removed");
    }
    if (!all_digits(value) || value.size() > 9) return fail(ErrorCode::type_mismatch, "", "integer");
    return JsonValue(number(value));
  }

  Value boolean(std::string_view value) {
    const std::string word = fold_name(value);
    for (const char* yes : {"true", "1", "yes", "oui", "si", "s\xC3\xAD", "vrai", "verdadero", "x"})
      if (word == yes) return JsonValue(true);
    for (const char* no : {"false", "0", "no", "non", "faux", "falso"})
      if (word == no) return JsonValue(false);
    return fail(ErrorCode::type_mismatch, "", "boolean");
  }

  // The published pattern has an optional +, so that eleven digits and more are a whole international number.
  // Fewer may be a national number of any country.
  Value phone(std::string_view value) {
    if (is_mangled_number(value)) return fail(ErrorCode::phone_invalid, "", "+countrycode_number");
    std::string digits;
    for (const char c : value)
      if (std::string_view(" ()-.").find(c) == std::string_view::npos) digits += c;
    if (!all_digits(digits)) return text(value);
    if (digits[0] == '0' || digits.size() < 11)
      return fail(ErrorCode::phone_invalid, "", "+countrycode_number");
    note("plus_added");
    return text("+" + digits);
  }

  // Five digits in both countries; a spreadsheet that took them for a number has dropped the zeros in front.
  Value postal(std::string_view value) {
    const bool five = country_ == "US" || country_ == "MX";
    if (is_mangled_number(value)) return fail(ErrorCode::value_not_allowed, "", "text");
    if (!five || !all_digits(value) || value.size() < 3 || value.size() > 4) return text(value);
    note("leading_zero_restored");
    return text(std::string(5 - value.size(), '0') + std::string(value));
  }

  bool known(std::string_view word) const { return column_.words.count(fold_name(word)) > 0; }

  // Semicolons, bars and line breaks divide; so do commas and, as in XLSForm, spaces, where the words
  // between are known ones: labels have commas and spaces of their own.
  Value list(std::string_view value) {
    JsonValue all(rapidjson::kArrayType);
    if (known(value)) {
      all.PushBack(text(value), allocator_);
      return all;
    }
    auto words = split(value, ";|\n");
    if (words.size() == 1) {
      for (const char* divider : {",", " "}) {
        auto fewer = split(value, divider);
        const auto told = static_cast<std::size_t>(
            std::count_if(fewer.begin(), fewer.end(), [&](const auto& word) { return known(word); }));
        if (fewer.size() < 2 || told == 0 || (*divider == ' ' && told < fewer.size())) continue;
        words = std::move(fewer);
        note(*divider == ' ' ? "divided_at_spaces" : "divided_at_commas");
        break;
      }
    }
    for (const std::string_view word : words) all.PushBack(text(word), allocator_);
    return all;
  }

  static std::vector<std::string_view> split(std::string_view value, std::string_view dividers) {
    std::vector<std::string_view> words;
    while (!value.empty()) {
      const auto end = std::min(value.find_first_of(dividers), value.size());
      if (const auto word = trim(value.substr(0, end)); !word.empty()) words.push_back(word);
      value.remove_prefix(std::min(value.size(), end + 1));
    }
    return words;
  }

  const Column& column_;
  std::string_view country_;
  Json::AllocatorType& allocator_;
  CellRead made_;
};

}  // namespace

Result<CellRead> read_cell(const Column& column, std::string_view text, std::string_view country,
                           Json::AllocatorType& allocator) {
  return Reading(column, country, allocator).read(text);
}

std::string safe_cell(std::string_view text) {
  if (text.empty() || !(formula_start(text[0]) || is_guarded(text))) return std::string(text);
  const bool phone = text[0] == '+' && text.size() <= 16 && all_digits(text.substr(1));
  return phone ? std::string(text) : "'" + std::string(text);
}

}  // namespace hotline
