#include "adapters/engine/date_form.h"

#include <algorithm>

#include "adapters/engine/code_map.h"

namespace hotline {

namespace {

// Reads between `least` and `most` digits.
std::optional<int> read_digits(std::string_view text, std::size_t& at, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (count < most && at < text.size() && text[at] >= '0' && text[at] <= '9') {
    value = value * 10 + (text[at++] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  return value;
}

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

std::optional<DateForm> DateForm::parse(std::string_view pattern, const std::vector<std::string>& months) {
  static constexpr std::pair<std::string_view, Part> kParts[] = {
      {"YYYY", Part::year},     {"MMMM", Part::month_name}, {"MM", Part::month},
      {"M", Part::month_short}, {"DD", Part::day},          {"D", Part::day_short}};
  DateForm form;
  form.months_ = months;
  int years = 0, month_parts = 0, days = 0;
  while (!pattern.empty()) {
    const auto* part = std::find_if(std::begin(kParts), std::end(kParts), [&](const auto& one) {
      return pattern.substr(0, one.first.size()) == one.first;
    });
    if (part == std::end(kParts)) {
      if (form.tokens_.empty() || form.tokens_.back().part != Part::literal)
        form.tokens_.push_back({Part::literal, ""});
      form.tokens_.back().text += pattern.front();
      pattern.remove_prefix(1);
      continue;
    }
    if (part->second == Part::month_name && months.size() != 12) return std::nullopt;
    years += part->second == Part::year;
    month_parts +=
        part->second == Part::month || part->second == Part::month_short || part->second == Part::month_name;
    days += part->second == Part::day || part->second == Part::day_short;
    form.tokens_.push_back({part->second, ""});
    pattern.remove_prefix(part->first.size());
  }
  if (years != 1 || month_parts > 1 || days > 1 || (days == 1 && month_parts == 0)) return std::nullopt;
  form.has_month_ = month_parts == 1;
  form.has_day_ = days == 1;
  return form;
}

std::optional<int> DateForm::read_month_name(std::string_view text, std::size_t& at) const {
  for (std::size_t i = 0; i < months_.size(); ++i) {
    const std::string_view word = text.substr(at, months_[i].size());
    if (fold_code(word) != fold_code(months_[i])) continue;
    at += months_[i].size();
    return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::optional<CivilDate> DateForm::read(std::string_view text) const {
  text = trimmed(text);
  CivilDate date;
  std::size_t at = 0;
  for (const Token& token : tokens_) {
    std::optional<int> value;
    switch (token.part) {
      case Part::literal:
        if (text.substr(at, token.text.size()) != token.text) return std::nullopt;
        at += token.text.size();
        continue;
      case Part::year:
        value = read_digits(text, at, 4, 4);
        break;
      case Part::month:
      case Part::day:
        value = read_digits(text, at, 2, 2);
        break;
      case Part::month_short:
      case Part::day_short:
        value = read_digits(text, at, 1, 2);
        break;
      case Part::month_name:
        value = read_month_name(text, at);
        break;
    }
    if (!value) return std::nullopt;
    if (token.part == Part::year)
      date.year = *value;
    else if (token.part == Part::day || token.part == Part::day_short)
      date.day = *value;
    else
      date.month = *value;
  }
  if (at != text.size()) return std::nullopt;
  return date;
}

std::string DateForm::write(const CivilDate& date) const {
  std::string text;
  for (const Token& token : tokens_) switch (token.part) {
      case Part::literal:
        text += token.text;
        break;
      case Part::year:
        text += padded(date.year, 4);
        break;
      case Part::month:
        text += padded(date.month, 2);
        break;
      case Part::month_short:
        text += std::to_string(date.month);
        break;
      case Part::month_name:
        text += months_[static_cast<std::size_t>(date.month - 1)];
        break;
      case Part::day:
        text += padded(date.day, 2);
        break;
      case Part::day_short:
        text += std::to_string(date.day);
        break;
    }
  return text;
}

}  // namespace hotline
