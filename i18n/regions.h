// Countries (ISO 3166-1 alpha-2) and the states, provinces and territories of the three countries (ISO
// 3166-2).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

bool is_country(std::string_view alpha2);  // assigned codes only, upper case
std::string country_name(std::string_view alpha2, const LanguageTag& language);
// By code, or by its name in en, fr or es ("Estados Unidos", "Haïti"), folded.
std::optional<std::string> parse_country(std::string_view text);

class Regions {
 public:
  static Result<Regions> load(const std::string& root);  // i18n/regions/<country>.json

  bool has(std::string_view code) const;                                       // "MX-OAX"
  std::string name(std::string_view code, const LanguageTag& language) const;  // the code when unknown
  std::string abbreviation(std::string_view code) const;  // as written in that country: "Ont.", "Oax.", "FL"
  // By ISO code with or without the country, abbreviation, name in any language, or an older form (MX-DIF,
  // QUE, PQ). Only ever within `country`: "CA" is California or Canada, "BC" one of two.
  Result<std::string> parse_subdivision(std::string_view text,
                                        std::string_view country) const;  // code_unknown
  std::vector<std::string> codes(std::string_view country) const;

 private:
  struct Subdivision {
    std::map<std::string, std::string, std::less<>> names;
    std::string abbreviation;
  };
  Result<void> read(const std::string& path);
  std::map<std::string, Subdivision, std::less<>> subdivisions_;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>
      inputs_;  // country -> folded
};

}  // namespace hotline
