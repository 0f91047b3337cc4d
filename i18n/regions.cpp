#include "i18n/regions.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <bitset>
#include <filesystem>

#include "i18n/base/json.h"
#include "i18n/fold.h"
#include "i18n/language_tag.h"
#include "i18n/unicode.h"

namespace hotline {
namespace {

// Letters and digits only, one space between words: "C.-B." and "c b" are the same input.
std::string input_form(std::string_view text) {
  const std::u32string folded = fold_to_utf32(text);
  std::u32string joined;
  for (const auto& word : words(folded)) {
    if (!joined.empty()) joined += U' ';
    joined += folded.substr(word.begin, word.end - word.begin);
  }
  return to_utf8(joined);
}

// "D.F." is also typed "DF".
std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

using CountryNames = std::map<std::string, std::string, std::less<>>;

const CountryNames& country_inputs() {
  static const CountryNames inputs = [] {
    CountryNames names = {{"usa", "US"},
                          {"u s", "US"},
                          {"u s a", "US"},
                          {"eeuu", "US"},
                          {"ee uu", "US"},
                          {"eua", "US"},
                          {"e u", "US"},
                          {"us", "US"},
                          {"etats unis d amerique", "US"},
                          {"united states of america", "US"},
                          {"estados unidos de america", "US"}};
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
      names.emplace(input_form(*code), *code);
      for (const char* language : {"en", "fr", "es"}) {
        names.emplace(input_form(country_name(*code, LanguageTag{language})), *code);
      }
    }
    return names;
  }();
  return inputs;
}

constexpr std::size_t kLetters = 26;
constexpr std::size_t kPairs = kLetters * kLetters;

// Of two capital letters among all such pairs.
std::optional<std::size_t> index_of_letters(std::string_view pair) {
  const auto place = [](char letter) { return static_cast<std::size_t>(letter - 'A'); };
  if (pair.size() != 2 || pair[0] < 'A' || pair[0] > 'Z' || pair[1] < 'A' || pair[1] > 'Z')
    return std::nullopt;
  return place(pair[0]) * kLetters + place(pair[1]);
}

}  // namespace

bool is_country(std::string_view alpha2) {
  static const std::bitset<kPairs> known = [] {
    std::bitset<kPairs> codes;
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code)
      if (const auto index = index_of_letters(*code)) codes.set(*index);
    return codes;
  }();
  const auto index = index_of_letters(alpha2);
  return index && known.test(*index);
}

std::string country_name(std::string_view alpha2, const LanguageTag& language) {
  icu::UnicodeString name;
  icu::Locale("", std::string(alpha2).c_str()).getDisplayCountry(to_locale(language), name);
  return name.isEmpty() ? std::string(alpha2) : from_utf16(name);
}

std::optional<std::string> parse_country(std::string_view text) {
  const auto found = country_inputs().find(input_form(text));
  if (found == country_inputs().end()) return std::nullopt;
  return found->second;
}

// A file for each country, named by its code in small letters.
Result<void> Regions::read(const std::string& path) {
  const auto document = read_json_file(path);
  if (!document) return fail(document.error());
  const JsonValue* list = member(*document, "subdivisions");
  const std::string country(text_at(*document, "country"));
  if (!is_country(country) || list == nullptr || !list->IsArray()) {
    return fail(ErrorCode::data_invalid, "/subdivisions", path.substr(path.find_last_of('/') + 1));
  }
  auto& inputs = inputs_[country];
  // First come, first served: codes and names before abbreviations and older forms.
  const auto accept = [&](std::string_view input, const std::string& code) {
    const std::string form = input_form(input);
    inputs.emplace(form, code);
    inputs.emplace(without_spaces(form), code);
  };
  for (const auto& entry : list->GetArray()) {
    const std::string code(text_at(entry, "code"));
    const JsonValue* names = member(entry, "names");
    if (code.size() < 5 || names == nullptr || !names->IsObject()) {
      return fail(ErrorCode::data_invalid, "/subdivisions", path.substr(path.find_last_of('/') + 1));
    }
    Subdivision subdivision;
    for (const auto& name : names->GetObject()) {
      subdivision.names.emplace(as_text(name.name), as_text(name.value));
    }
    subdivision.abbreviation = text_at(entry, "abbreviation");
    accept(code, code);
    accept(code.substr(3), code);
    for (const auto& name : subdivision.names) accept(name.second, code);
    subdivisions_.emplace(code, std::move(subdivision));
  }
  for (const auto& entry : list->GetArray()) {
    const std::string code(text_at(entry, "code"));
    accept(text_at(entry, "abbreviation"), code);
    const JsonValue* also = member(entry, "also");
    if (also == nullptr || !also->IsArray()) continue;
    for (const auto& each : also->GetArray()) accept(as_text(each), code);
  }
  return {};
}

Result<Regions> Regions::load(const std::string& root) {
  Regions regions;
  std::vector<std::string> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(root + "/i18n/regions", failed))
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  if (failed || files.empty()) return fail(ErrorCode::data_invalid, "", "i18n/regions");
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    if (auto done = regions.read(file); !done) return fail(done.error());
  }
  return regions;
}

bool Regions::has(std::string_view code) const {
  return subdivisions_.contains(code);
}

std::string Regions::name(std::string_view code, const LanguageTag& language) const {
  const auto found = subdivisions_.find(code);
  if (found == subdivisions_.end()) return std::string(code);
  for (const auto& tag : fallback_chain(language)) {
    if (const auto name = found->second.names.find(tag.get()); name != found->second.names.end())
      return name->second;
  }
  return std::string(code);
}

std::string Regions::abbreviation(std::string_view code) const {
  const auto found = subdivisions_.find(code);
  return found == subdivisions_.end() ? std::string(code) : found->second.abbreviation;
}

Result<std::string> Regions::parse_subdivision(std::string_view text, std::string_view country) const {
  const auto in = inputs_.find(country);
  if (in != inputs_.end()) {
    if (const auto found = in->second.find(input_form(text)); found != in->second.end()) return found->second;
  }
  return fail(ErrorCode::code_unknown, {}, "ISO 3166-2");
}

std::vector<std::string> Regions::codes(std::string_view country) const {
  std::vector<std::string> found;
  for (const auto& each : subdivisions_) {
    if (std::string_view(each.first).substr(0, 2) == country) found.push_back(each.first);
  }
  return found;
}

}  // namespace hotline
