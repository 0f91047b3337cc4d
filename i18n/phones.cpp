#include "i18n/phones.h"

#include <phonenumbers/phonenumberutil.h>

#include <optional>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"
#include "i18n/fold.h"

namespace hotline {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& numbers() {
  return *PhoneNumberUtil::GetInstance();
}

tl::unexpected<Error> no_number() {
  return fail(ErrorCode::phone_invalid, {}, "E.164");
}

bool at_least_two(char c) {
  return c >= '2' && c <= '9';
}

bool is_nanp(std::string_view ten) {
  return ten.size() == 10 && at_least_two(ten[0]) && at_least_two(ten[3]);
}

bool is_mexican(std::string_view ten) {
  return ten.size() == 10 && at_least_two(ten[0]);
}

// Mexico's trunk and mobile prefixes, ended in 2019 and 2020 and still written.
std::string_view without_old_prefix(std::string_view digits) {
  for (const std::string_view prefix : {"01", "044", "045", "1"}) {
    if (digits.starts_with(prefix) && digits.size() == prefix.size() + 10)
      return digits.substr(prefix.size());
  }
  return digits;
}

// E.164 of digits after a plus sign, "" when the country's own rule refuses them.
std::string international(std::string_view digits) {
  if (digits.starts_with("1")) return is_nanp(digits.substr(1)) ? '+' + std::string(digits) : std::string{};
  if (digits.starts_with("52")) {
    const auto national = without_old_prefix(digits.substr(2));
    return is_mexican(national) ? "+52" + std::string(national) : std::string{};
  }
  PhoneNumber number;
  const auto outcome = numbers().Parse('+' + std::string(digits), "ZZ", &number);
  if (outcome != PhoneNumberUtil::NO_PARSING_ERROR || !numbers().IsPossibleNumber(number)) return {};
  std::string text;
  numbers().Format(number, PhoneNumberUtil::E164, &text);
  return text;
}

// E.164 of digits as dialled inside `region`, "" when they are no full number there.
std::string dialled(std::string_view digits, std::string_view region) {
  for (const std::string_view exit : {"011", "00"}) {
    if (digits.starts_with(exit) && digits.size() > exit.size() + 9)
      return international(digits.substr(exit.size()));
  }
  const bool north_america = region == "US" || region == "CA";
  if (north_america && is_nanp(digits)) return "+1" + std::string(digits);
  if (region == "MX" && is_mexican(without_old_prefix(digits)))
    return "+52" + std::string(without_old_prefix(digits));
  if (digits.size() == 11 && digits[0] == '1' && is_nanp(digits.substr(1))) return '+' + std::string(digits);
  if (digits.size() >= 12 && digits.starts_with("52")) return international(digits);
  // Somebody else's national form: written beside others in the same text.
  const auto mexican = without_old_prefix(digits);
  if (digits.size() > 10 && digits[0] == '0' && is_mexican(mexican)) return "+52" + std::string(mexican);
  if (is_nanp(digits) && region != "MX") return "+1" + std::string(digits);
  if (is_mexican(digits)) return "+52" + std::string(digits);
  return {};
}

// North America and Mexico have rules of their own above; every other country's are libphonenumber's.
bool has_own_rules(std::string_view region) {
  return region == "US" || region == "CA" || region == "MX";
}

// E.164 of digits that are a number within `region`, "" otherwise; `surely` asks for one that is in use
// there.
std::string within(std::string_view digits, std::string_view region, bool surely) {
  PhoneNumber number;
  const std::string country(region);
  if (numbers().Parse(std::string(digits), country, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return {};
  if (surely ? !numbers().IsValidNumberForRegion(number, country) : !numbers().IsPossibleNumber(number))
    return {};
  std::string text;
  numbers().Format(number, PhoneNumberUtil::E164, &text);
  return text;
}

bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_separator(char32_t c) {
  return c == U' ' || c == U'-' || c == U'.' || c == U'/' || c == U'(' || c == U')' || c == U'\u00B7' ||
         c == U'*';
}

struct Group {
  std::size_t begin;  // indices into the folded text
  std::size_t end;
  std::size_t size() const { return end - begin; }
};

constexpr std::size_t kMostGroups = 16;
constexpr std::size_t kMostDigits = 15;  // E.164

// The ways in which people write ten digits. A list, not any way: "2024-03-05 10" has ten digits too.
bool usual_grouping(const std::vector<std::size_t>& sizes) {
  static const std::vector<std::vector<std::size_t>> kUsual = {
      {10},         {3, 3, 4},    {3, 7}, {6, 4},    {2, 8},    {2, 4, 4},    {3, 3, 2, 2}, {2, 2, 2, 2, 2},
      {2, 4, 2, 2}, {3, 2, 2, 3}, {5, 5}, {3, 4, 3}, {2, 3, 5}, {2, 3, 3, 2}, {4, 3, 3},    {4, 6}};
  if (sizes.size() == 10) return true;  // digit by digit
  return std::find(kUsual.begin(), kUsual.end(), sizes) != kUsual.end();
}

struct Reading {
  std::string e164;
  bool certain = false;
};

// Takes `prefix` digits off the front of the group sizes; false when it ends inside a longer group than
// itself.
bool drop_prefix(std::vector<std::size_t>& sizes, std::size_t prefix) {
  while (prefix > 0 && !sizes.empty()) {
    const std::size_t taken = std::min(prefix, sizes.front());
    sizes.front() -= taken;
    prefix -= taken;
    if (sizes.front() == 0) sizes.erase(sizes.begin());
  }
  return prefix == 0;
}

std::optional<Reading> read_groups(const std::string& digits, std::vector<std::size_t> sizes, bool plus,
                                   std::string_view region) {
  if (plus) {
    if (digits.size() < 7) return std::nullopt;
    return Reading{international(digits), true};
  }
  if (digits.size() >= 10) {
    std::string e164 = dialled(digits, region);
    if (e164.empty()) return std::nullopt;
    const bool ours = e164.starts_with("+1") || e164.starts_with("+52");
    if (ours && (!drop_prefix(sizes, digits.size() - 10) || !usual_grouping(sizes))) return std::nullopt;
    return Reading{std::move(e164), true};
  }
  const bool seven = sizes == std::vector<std::size_t>{3, 4};
  const bool eight = sizes == std::vector<std::size_t>{4, 4};
  const auto is_year = [](std::string_view four) { return four.starts_with("19") || four.starts_with("20"); };
  const bool years = eight && is_year(digits) && is_year(std::string_view(digits).substr(4));
  if (years) return std::nullopt;
  if (!has_own_rules(region) && digits.size() >= 7 && sizes.size() <= 4)
    if (std::string e164 = within(digits, region, true); !e164.empty()) return Reading{std::move(e164), true};
  if (!seven && !eight) return std::nullopt;
  return Reading{};
}

class Finder {
 public:
  Finder(const FoldedText& folded, std::string_view region) : folded_(folded), region_(region) {}

  std::vector<PhoneSpan> run() {
    for (std::size_t at = 0; at < folded_.text.size();) {
      if (!is_ascii_digit(folded_.text[at])) {
        ++at;
        continue;
      }
      at = take_chain(at);
    }
    return std::move(found_);
  }

 private:
  // Reads the whole chain that starts at `at`; returns where it ends.
  std::size_t take_chain(std::size_t at) {
    const auto& text = folded_.text;
    std::vector<Group> groups;
    std::size_t end = at;
    while (at < text.size() && is_ascii_digit(text[at])) {
      const std::size_t begin = at;
      while (at < text.size() && is_ascii_digit(text[at])) ++at;
      groups.push_back({begin, at});
      end = at;
      while (at < text.size() && at - end < 4 && is_separator(text[at])) ++at;
    }
    read_chain(groups);
    return end;
  }

  // Digit groups that only separators part, three signs at most between two of them.
  void read_chain(const std::vector<Group>& groups) {
    for (std::size_t first = 0; first < groups.size();) first = take_number(groups, first);
  }

  bool stands_alone(const Group& first, const Group& last) const {
    const auto letter = [&](std::size_t i) {
      return is_word_character(folded_.text[i]) && !is_ascii_digit(folded_.text[i]);
    };
    if (first.begin > 0 && letter(first.begin - 1)) return false;
    const bool extension = last.end < folded_.text.size() && folded_.text[last.end] == U'x';
    return last.end >= folded_.text.size() || !letter(last.end) || extension;
  }

  // The longest number that starts with this group; returns the group to go on with.
  std::size_t take_number(const std::vector<Group>& groups, std::size_t first) {
    std::size_t start = groups[first].begin;
    const auto& text = folded_.text;
    if (start > 0 && text[start - 1] == U'(') --start;
    const bool plus = start > 0 && text[start - 1] == U'+';
    if (plus) --start;
    for (std::size_t last = std::min(groups.size(), first + kMostGroups); last-- > first;) {
      std::string digits;
      std::vector<std::size_t> sizes;
      for (std::size_t i = first; i <= last && digits.size() <= kMostDigits; ++i) {
        sizes.push_back(groups[i].size());
        for (std::size_t k = groups[i].begin; k < std::min(groups[i].end, groups[i].begin + kMostDigits + 1);
             ++k) {
          digits += static_cast<char>(text[k]);
        }
      }
      if (digits.size() > kMostDigits || !stands_alone(groups[first], groups[last])) continue;
      auto reading = read_groups(digits, sizes, plus, region_);
      if (!reading || (plus && reading->e164.empty() && last > first)) continue;
      found_.push_back({folded_.begin[start], folded_.end[groups[last].end - 1], std::move(reading->e164),
                        reading->certain});
      return last + 1;
    }
    return first + 1;
  }

  const FoldedText& folded_;
  std::string_view region_;
  std::vector<PhoneSpan> found_;
};

std::string only_digits(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// The number proper, and what follows it: "x45", "ext. 45", ";ext=45", "#45".
std::pair<std::string_view, std::string_view> without_extension(std::string_view folded) {
  if (folded.starts_with("tel:")) folded.remove_prefix(4);
  const std::size_t end = std::min(folded.find_first_of("x;#e"), folded.size());
  return {folded.substr(0, end), folded.substr(end)};
}

}  // namespace

std::string phone_extension(std::string_view text) {
  if (text.size() > 100 || text.find_first_of("xXeE;#") == std::string_view::npos) return {};
  return only_digits(without_extension(fold_for_search(text)).second);
}

Result<std::string> parse_phone(std::string_view text, std::string_view region) {
  if (text.size() > 100) return no_number();
  const std::string folded = fold_for_search(text);
  const std::string_view number = without_extension(folded).first;
  std::string digits;
  bool plus = false;
  for (char c : number) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '+' && digits.empty() && !plus) {
      plus = true;
    } else if (!is_separator(static_cast<unsigned char>(c))) {
      return no_number();
    }
  }
  if (digits.size() < 7 || digits.size() > kMostDigits + 3) return no_number();
  std::string e164 = plus ? international(digits) : dialled(digits, region);
  if (e164.empty() && !plus && !has_own_rules(region)) e164 = within(digits, region, false);
  if (e164.empty()) return no_number();
  return e164;
}

namespace {

// As libphonenumber writes North American and Mexican numbers, without asking it: nearly all of ours, and
// half the time that translating a record would take.
std::string north_american(std::string_view ten, bool at_home) {
  const std::string area(ten.substr(0, 3)),
      rest = std::string(ten.substr(3, 3)).append("-").append(ten.substr(6));
  return at_home ? '(' + area + ") " + rest : "+1 " + area + '-' + rest;
}

std::string mexican(std::string_view ten, bool at_home) {
  const bool large_city =
      ten.starts_with("33") || ten.starts_with("55") || ten.starts_with("56") || ten.starts_with("81");
  const std::size_t area = large_city ? 2 : 3;
  std::string text = at_home ? "" : "+52 ";
  text.append(ten.substr(0, area)).append(" ").append(ten.substr(area, 6 - area)).append(" ");
  return text.append(ten.substr(6));
}

// Nothing for a number that only libphonenumber can write.
std::optional<std::string> well_known(std::string_view e164, std::string_view reader_region) {
  if (!std::all_of(e164.begin() + 1, e164.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  const bool american_reader = reader_region == "US" || reader_region == "CA";
  const bool known_reader = american_reader || reader_region == "MX" || reader_region == "ZZ";
  if (!known_reader) return std::nullopt;
  if (e164.starts_with("+1") && is_nanp(e164.substr(2)))
    return north_american(e164.substr(2), american_reader);
  if (e164.starts_with("+52") && is_mexican(e164.substr(3)))
    return mexican(e164.substr(3), reader_region == "MX");
  return std::nullopt;
}

// Everything else, by libphonenumber.
std::string format_any_phone(std::string_view e164, std::string_view reader_region) {
  PhoneNumber number;
  if (!e164.starts_with('+') ||
      numbers().Parse(std::string(e164), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return std::string(e164);
  }
  const bool at_home = numbers().GetCountryCodeForRegion(std::string(reader_region)) == number.country_code();
  std::string text;
  numbers().Format(number, at_home ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &text);
  return text.empty() ? std::string(e164) : text;
}

}  // namespace

std::string format_phone(std::string_view e164, std::string_view reader_region) {
  if (!e164.starts_with('+')) return std::string(e164);
  if (auto text = well_known(e164, reader_region)) return std::move(*text);
  return format_any_phone(e164, reader_region);
}

std::vector<PhoneSpan> find_phones(std::string_view utf8, std::string_view region) {
  const FoldedText folded = fold_with_offsets(utf8);
  return Finder(folded, region).run();
}

Result<HotlineNumbers> HotlineNumbers::load(const std::string& root) {
  const auto document = read_json_file(root + "/i18n/data/hotline_numbers.json");
  if (!document) return fail(document.error());
  const JsonValue* list = member(*document, "numbers");
  if (list == nullptr || !list->IsArray())
    return fail(ErrorCode::data_invalid, "/numbers", "hotline_numbers.json");
  HotlineNumbers known;
  for (const auto& entry : list->GetArray()) {
    known.numbers_.insert(only_digits(text_at(entry, "number")));
    const JsonValue* also = member(entry, "also");
    if (also == nullptr || !also->IsArray()) continue;
    for (const auto& each : also->GetArray()) known.numbers_.insert(only_digits(as_text(each)));
  }
  known.numbers_.erase("");
  return known;
}

bool HotlineNumbers::contains(std::string_view number) const {
  const std::string digits = only_digits(fold_for_search(number));
  if (numbers_.contains(digits)) return true;
  return digits.size() == 11 && digits[0] == '1' && numbers_.contains(digits.substr(1));
}

}  // namespace hotline
