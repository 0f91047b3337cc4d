#include "i18n/language_tag.h"

#include <unicode/uloc.h>

#include <array>
#include <cstring>

#include "i18n/base/name_index.h"
#include "i18n/unicode.h"

namespace hotline {
namespace {

constexpr std::size_t kLongestTag = 35;  // RFC 5646 section 4.4.1
constexpr std::size_t kMostRanges = 32;  // of one Accept-Language header

// Where Spanish is that of es-419 (CLDR's parent locales): the one place where cutting off the last subtag is
// wrong.
constexpr std::array<std::string_view, 22> kLatinAmerica = {"AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU",
                                                            "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE",
                                                            "PR", "PY", "SV", "US", "UY", "VE"};

bool is_latin_american(std::string_view tag) {
  return tag.size() == 5 && tag.starts_with("es-") &&
         std::find(kLatinAmerica.begin(), kLatinAmerica.end(), tag.substr(3)) != kLatinAmerica.end();
}

bool listed(std::string_view code, const char* const* list) {
  for (; *list != nullptr; ++list) {
    if (code == *list) return true;
  }
  return false;
}

bool known_language(std::string_view language) {
  // ICU's list of three-letter codes is short of most Indigenous languages, so any of them is taken as it is.
  if (language.size() == 3) return language != "und";
  // Tagalog, which ICU keeps under fil only.
  return language.size() == 2 && (language == "tl" || listed(language, uloc_getISOLanguages()));
}

bool known_region(std::string_view region) {
  return region.empty() || region.size() == 3 || listed(region, uloc_getISOCountries());
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Range {
  std::string tag;  // canonical, or "*"
  int quality;      // thousandths
};

// "0.8" is 800; nothing readable is 1000, as if it were not there.
int quality_of(std::string_view parameter) {
  parameter = trimmed(parameter);
  if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=')
    return 1000;
  const std::string_view number = parameter.substr(2);
  if (number[0] != '0') return 1000;
  int value = 0;
  int scale = 100;
  for (char c : number.substr(std::min<std::size_t>(2, number.size()))) {
    if (c < '0' || c > '9' || scale == 0) break;
    value += (c - '0') * scale;
    scale /= 10;
  }
  return value;
}

std::vector<Range> ranges_of(std::string_view header) {
  std::vector<Range> ranges;
  while (!header.empty() && ranges.size() < kMostRanges) {
    const std::string_view part = header.substr(0, header.find(','));
    header.remove_prefix(std::min(part.size() + 1, header.size()));
    const auto semicolon = part.find(';');
    const std::string_view name = trimmed(part.substr(0, semicolon));
    const int quality = semicolon == std::string_view::npos ? 1000 : quality_of(part.substr(semicolon + 1));
    if (name == "*") {
      ranges.push_back({"*", quality});
    } else if (const auto tag = parse_language(name)) {
      ranges.push_back({tag->get(), quality});
    }
  }
  std::stable_sort(ranges.begin(), ranges.end(),
                   [](const Range& a, const Range& b) { return a.quality > b.quality; });
  return ranges;
}

bool excluded(const LanguageTag& tag, const std::vector<Range>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& r) {
    return r.quality == 0 && (r.tag == tag.get() || r.tag == base_language(tag));
  });
}

Result<LanguageTag> parse_any_tag(std::string_view text) {
  if (text.size() < 2 || text.size() > kLongestTag)
    return fail(ErrorCode::language_unknown, {}, "BCP 47 tag");
  std::string dashed(text);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  std::array<char, 96> locale{};
  std::array<char, 96> tag{};
  std::int32_t parsed = 0;
  UErrorCode status = U_ZERO_ERROR;
  uloc_forLanguageTag(dashed.c_str(), locale.data(), static_cast<std::int32_t>(locale.size()), &parsed,
                      &status);
  if (U_FAILURE(status) || static_cast<std::size_t>(parsed) != dashed.size()) {
    return fail(ErrorCode::language_unknown, {}, "BCP 47 tag");
  }
  uloc_toLanguageTag(locale.data(), tag.data(), static_cast<std::int32_t>(tag.size()), true, &status);
  LanguageTag canonical{std::string(tag.data())};
  if (U_FAILURE(status) || !known_language(base_language(canonical)) || !known_region(region_of(canonical))) {
    return fail(ErrorCode::language_unknown, {}, "BCP 47 tag");
  }
  return canonical;
}

// The tags of nearly every text, in canonical form, so that ICU takes each apart once and not in every
// record: ISO's languages alone and as they are spoken where our hotlines are.
const NameIndex& usual_tags() {
  static const NameIndex tags = [] {
    NameIndex usual;
    for (const char* const* language = uloc_getISOLanguages(); *language != nullptr; ++language)
      for (const char* region : {"", "-US", "-CA", "-MX"}) {
        const std::string tag = std::string(*language) + region;
        if (const auto known = parse_any_tag(tag); known && known->get() == tag) usual.add(tag, 0);
      }
    return usual;
  }();
  return tags;
}

}  // namespace

Result<LanguageTag> parse_language(std::string_view text) {
  if (usual_tags().find(text) != NameIndex::kNone) return LanguageTag{std::string(text)};
  return parse_any_tag(text);
}

std::string_view first_fallback(const LanguageTag& tag, const std::function<bool(std::string_view)>& fits) {
  for (std::string_view text = tag.get(); !text.empty();) {
    if (fits(text)) return text;
    if (is_latin_american(text) && fits("es-419")) return "es-419";
    const auto dash = text.find_last_of('-');
    text = text.substr(0, dash == std::string_view::npos ? 0 : dash);
  }
  return fits("en") ? "en" : std::string_view{};
}

std::vector<LanguageTag> fallback_chain(const LanguageTag& tag) {
  std::vector<LanguageTag> chain;
  first_fallback(tag, [&](std::string_view text) {
    const auto same = [&](const LanguageTag& known) { return known.get() == text; };
    if (std::none_of(chain.begin(), chain.end(), same)) chain.emplace_back(std::string(text));
    return false;
  });
  return chain;
}

LanguageTag pick_language(std::string_view accept_language, const std::vector<LanguageTag>& supported) {
  const auto ranges = ranges_of(accept_language);
  const auto first_that = [&](const auto& fits) -> const LanguageTag* {
    for (const auto& tag : supported) {
      if (fits(tag) && !excluded(tag, ranges)) return &tag;
    }
    return nullptr;
  };
  for (const auto& range : ranges) {
    if (range.quality == 0) continue;
    if (range.tag == "*") {
      if (const auto* any = first_that([](const LanguageTag&) { return true; })) return *any;
      continue;
    }
    const LanguageTag wanted{range.tag};
    for (const auto& step : fallback_chain(wanted)) {
      // The chain's last resort is not what was asked for: the other ranges come first.
      if (base_language(step) != base_language(wanted)) break;
      if (const auto* exact = first_that([&](const LanguageTag& tag) { return tag == step; })) return *exact;
    }
    const auto* near =
        first_that([&](const LanguageTag& tag) { return base_language(tag) == base_language(wanted); });
    if (near != nullptr) return *near;
  }
  return supported.front();
}

std::string base_language(const LanguageTag& tag) {
  return tag.get().substr(0, tag.get().find('-'));
}

std::string region_of(const LanguageTag& tag) {
  std::string_view rest = tag.get();
  bool first = true;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('-'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (!first && part.size() == 1) break;  // extensions and private use follow
    const bool digits = part.size() == 3 && part[0] >= '0' && part[0] <= '9';
    if (!first && (part.size() == 2 || digits)) return std::string(part);
    first = false;
  }
  return {};
}

std::string language_name(const LanguageTag& of, const LanguageTag& in_language) {
  icu::UnicodeString name;
  to_locale(of).getDisplayName(to_locale(in_language), name);
  return name.isEmpty() ? of.get() : from_utf16(name);
}

}  // namespace hotline
