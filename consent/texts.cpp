#include "consent/texts.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "i18n/base/json.h"
#include "i18n/codes.h"
#include "i18n/fold.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

Result<std::vector<std::string>> folded_list(const JsonValue& lexicon, const char* name) {
  std::vector<std::string> out;
  const JsonValue* list = member(lexicon, name);
  if (list == nullptr || !list->IsArray())
    return fail(ErrorCode::data_invalid, "/" + std::string(name), "array");
  for (const JsonValue& each : list->GetArray()) {
    if (as_text(each).empty()) return fail(ErrorCode::data_invalid, "/" + std::string(name), "string");
    out.push_back(fold_for_search(as_text(each)));
  }
  return out;
}

Result<void> read_lists(const JsonValue& file, Lexicon& lexicon) {
  const std::pair<const char*, std::vector<std::string>*> lists[] = {
      {"employer_heads", &lexicon.employer_heads},
      {"employer_tails", &lexicon.employer_tails},
      {"place_heads", &lexicon.place_heads},
      {"place_tails", &lexicon.place_tails},
      {"name_heads", &lexicon.name_heads},
      {"joiners", &lexicon.joiners},
      {"months", &lexicon.months},
      {"days", &lexicon.days},
      {"numbers", &lexicon.numbers},
      {"others", &lexicon.others}};
  for (const auto& [name, into] : lists) {
    auto list = folded_list(file, name);
    if (!list) return fail(list.error());
    *into = std::move(*list);
  }
  const JsonValue* categories = member(file, "categories");
  if (categories == nullptr || !categories->IsObject())
    return fail(ErrorCode::data_invalid, "/categories", "object");
  for (const auto& each : categories->GetObject()) {
    auto words = folded_list(*categories, each.name.GetString());
    if (!words) return fail(words.error());
    lexicon.categories[each.name.GetString()] = std::move(*words);
  }
  return {};
}

// "# of us" with every number in place of #.
std::vector<std::string> counted(const Lexicon& lexicon) {
  std::vector<std::string> out;
  for (const std::string& words : lexicon.others) {
    const std::size_t at = words.find('#');
    if (at == std::string::npos) {
      out.push_back(words);
      continue;
    }
    for (std::size_t i = 0; i < lexicon.numbers.size(); ++i) {
      for (const std::string& number : {lexicon.numbers[i], std::to_string(i + 2)})
        out.push_back(std::string(words).replace(at, 1, number));
    }
  }
  return out;
}

// Compiled once: a word that stands in two categories speaks of both; "word*" and "word" together are
// "word*".
void compile_topics(Lexicon& lexicon) {
  struct Topic {
    Fit fit = Fit::whole;
    std::set<std::string, std::less<>> categories;
  };
  std::map<std::u32string, Topic> topics;
  for (const auto& [category, words] : lexicon.categories) {
    for (const std::string& word : words) {
      Topic& topic = topics[squeeze(word)];
      if (word.back() == '*') topic.fit = Fit::prefix;
      topic.categories.insert(category);
    }
  }
  for (const std::string& words : counted(lexicon)) {
    Topic& topic = topics[squeeze(words)];
    if (words.back() == '*') topic.fit = Fit::prefix;
    topic.categories.insert(std::string(kOthers));
  }
  for (auto& [letters, topic] : topics) {
    lexicon.topics.add(letters, topic.fit, static_cast<int>(lexicon.topic_of.size()));
    lexicon.topic_of.push_back(std::move(topic.categories));
  }
  lexicon.topics.build();
}

Result<Lexicon> read_lexicon(const std::string& path) {
  auto file = read_json_file(path);
  if (!file) return fail(file.error());
  Lexicon lexicon;
  lexicon.language = std::string(text_at(*file, "language"));
  if (lexicon.language.empty()) return fail(ErrorCode::data_invalid, "/language", path);
  const JsonValue* tokens = member(*file, "tokens");
  if (tokens == nullptr || !tokens->IsObject()) return fail(ErrorCode::data_invalid, "/tokens", path);
  for (const auto& each : tokens->GetObject())
    lexicon.tokens[each.name.GetString()] = std::string(as_text(each.value));
  if (auto lists = read_lists(*file, lexicon); !lists) return fail(lists.error());
  compile_topics(lexicon);
  return lexicon;
}

// age_14_15 and age_60_plus; the unspecified ones hold no particular age.
std::vector<AgeBand> read_bands(const CodeSystems& codes) {
  std::vector<AgeBand> bands;
  for (const std::string& code : codes.codes("age_band")) {
    if (code.size() < 8 || code.compare(0, 4, "age_") != 0) continue;
    AgeBand band{code, 0, 0};
    std::from_chars(code.data() + 4, code.data() + 6, band.from);
    if (std::from_chars(code.data() + 7, code.data() + code.size(), band.to).ec != std::errc()) band.to = 200;
    bands.push_back(std::move(band));
  }
  return bands;
}

}  // namespace

Result<ConsentTexts> ConsentTexts::load(const std::string& root) {
  namespace fs = std::filesystem;
  ConsentTexts texts;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::path(root) / "consent" / "lexicon", ignored)) {
    if (entry.path().extension() != ".json") continue;
    auto lexicon = read_lexicon(entry.path().string());
    if (!lexicon) return fail(lexicon.error());
    texts.lexicons_.push_back(std::move(*lexicon));
  }
  std::sort(texts.lexicons_.begin(), texts.lexicons_.end(), [](const Lexicon& a, const Lexicon& b) {
    return std::pair(a.language != "en", a.language) < std::pair(b.language != "en", b.language);
  });
  if (texts.lexicons_.empty() || texts.lexicons_.front().language != "en") {
    return fail(ErrorCode::data_invalid, {}, "consent/lexicon/en.json");
  }
  for (const Lexicon& each : texts.lexicons_) {
    for (const auto* list :
         {&each.employer_heads, &each.employer_tails, &each.place_heads, &each.place_tails, &each.joiners}) {
      texts.common_.insert(list->begin(), list->end());
    }
  }
  const auto codes = CodeSystems::load(root);
  if (!codes) return fail(codes.error());
  texts.bands_ = read_bands(*codes);
  auto numbers = HotlineNumbers::load(root);
  if (!numbers) return fail(numbers.error());
  texts.public_numbers_ = std::make_shared<const HotlineNumbers>(std::move(*numbers));
  return texts;
}

std::vector<const Lexicon*> ConsentTexts::lexicons_for(const LanguageTag& language) const {
  const std::string base = base_language(language);
  std::vector<const Lexicon*> all;
  for (const Lexicon& each : lexicons_) {
    if (each.language == base) return {&each};
    all.push_back(&each);
  }
  return all;
}

const Lexicon& ConsentTexts::tokens_for(const LanguageTag& language) const {
  const auto found = lexicons_for(language);
  return *found.front();
}

std::string_view ConsentTexts::age_band(int years) const {
  for (const AgeBand& each : bands_) {
    if (each.from <= years && years <= each.to) return each.code;
  }
  return {};
}

}  // namespace hotline
