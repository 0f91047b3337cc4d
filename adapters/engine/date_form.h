// One written form of a calendar date, e.g. MM/DD/YYYY or "D de MMMM de YYYY" (adapters/README.md, `date`).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/clock.h"

namespace hotline {

class DateForm {
 public:
  // Nothing for a pattern without a year, with a part twice, or with MMMM when `months` has not twelve names.
  static std::optional<DateForm> parse(std::string_view pattern, const std::vector<std::string>& months);

  // Nothing when the text has not this form. The parts are not checked against the calendar here:
  // parse_civil_date does.
  std::optional<CivilDate> read(std::string_view text) const;
  std::string write(const CivilDate& date) const;
  // Whether this form says just what the date says: day, month or year alone.
  bool fits(const CivilDate& date) const {
    return has_day_ == (date.day != 0) && has_month_ == (date.month != 0);
  }

 private:
  enum class Part { year, month, month_short, month_name, day, day_short, literal };
  struct Token {
    Part part;
    std::string text;  // of a literal
  };
  std::optional<int> read_month_name(std::string_view text, std::size_t& at) const;

  std::vector<Token> tokens_;
  std::vector<std::string> months_;
  bool has_month_ = false, has_day_ = false;
};

}  // namespace hotline
