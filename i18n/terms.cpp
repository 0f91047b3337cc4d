#include "i18n/terms.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"
#include "i18n/fold.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

constexpr std::size_t kMostForms = 200;  // of one pattern: more is a mistake in the data

// "rescue{,s,d}" is rescue, rescues, rescued. Nothing when a brace does not close, or stands in another.
std::optional<std::vector<std::string>> expanded(std::string_view pattern) {
  std::vector<std::string> forms{""};
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    for (std::string& each : forms) each += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = pattern.find('}');
    if (close == pattern.npos || pattern.find('{', 1) < close) return std::nullopt;
    std::string_view choices = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    std::vector<std::string> longer;
    for (bool last = false; !last;) {
      const std::size_t comma = std::min(choices.find(','), choices.size());
      for (const std::string& each : forms) longer.push_back(each + std::string(choices.substr(0, comma)));
      last = comma == choices.size();
      choices.remove_prefix(last ? comma : comma + 1);
    }
    if (longer.size() > kMostForms) return std::nullopt;
    forms = std::move(longer);
  }
  return forms;
}

std::u32string_view slice(const std::u32string& text, const Word& word) {
  return std::u32string_view(text).substr(word.begin, word.end - word.begin);
}

// Which bytes stand in quotation marks; asked from left to right. A mark that opens and never closes quotes
// nothing. The straight apostrophe is no mark: it stands in words.
class Quoted {
 public:
  explicit Quoted(std::string_view text) {
    static constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
        {"\"", "\""}, {"“", "”"}, {"«", "»"}, {"„", "“"}};
    for (const auto& [open, close] : kMarks) {
      for (std::size_t at = text.find(open); at != text.npos;) {
        const std::size_t end = text.find(close, at + open.size());
        if (end == text.npos) break;
        ranges_.emplace_back(at, end + close.size());
        at = text.find(open, end + close.size());
      }
    }
    std::sort(ranges_.begin(), ranges_.end());
  }
  bool holds(std::size_t byte) {
    for (; next_ < ranges_.size() && ranges_[next_].first <= byte; ++next_)
      until_ = std::max(until_, ranges_[next_].second);
    return byte < until_;
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;
  std::size_t next_ = 0, until_ = 0;
};

// Code points before a byte; asked from left to right.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}
  std::size_t before(std::size_t byte) {
    count_ += code_point_index(text_.substr(at_), byte - at_);
    at_ = byte;
    return count_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0, count_ = 0;
};

}  // namespace

void Terms::Language::add(std::string_view text, Phrase phrase) {
  const std::u32string folded = fold_to_utf32(text);
  std::size_t at = 0;
  for (const Word& word : words(folded)) {
    const std::u32string key(slice(folded, word));
    const auto known = nodes[at].next.find(key);
    if (known != nodes[at].next.end()) {
      at = known->second;
      continue;
    }
    nodes.emplace_back();
    nodes[at].next.emplace(key, nodes.size() - 1);
    at = nodes.size() - 1;
  }
  if (at == 0) return;
  if (nodes[at].found >= 0 && phrases[static_cast<std::size_t>(nodes[at].found)].use <= phrase.use) return;
  nodes[at].found = static_cast<int>(phrases.size());
  phrases.push_back(phrase);
}

Result<Terms::Language> Terms::read(const std::string& path, const std::string& name) {
  const auto file = read_json_file(path);
  if (!file) return fail(file.error());
  Language language;
  const auto add_list = [&](const JsonValue& object, const char* list, const std::string& place,
                            Phrase phrase) -> Result<std::size_t> {
    const JsonValue* patterns = member(object, list);
    if (patterns == nullptr) return std::size_t{0};
    if (!patterns->IsArray()) return fail(ErrorCode::data_invalid, place + "/" + list, "array");
    for (rapidjson::SizeType i = 0; i < patterns->Size(); ++i) {
      const auto forms = expanded(as_text((*patterns)[i]));
      const std::string own = place + "/" + list + "/" + std::to_string(i);
      if (!forms || forms->front().empty()) return fail(ErrorCode::data_invalid, own, "words{,s}");
      for (const std::string& form : *forms) language.add(form, phrase);
    }
    return static_cast<std::size_t>(patterns->Size());
  };
  if (auto titles = add_list(*file, "titles", "", {title, 0}); !titles) return fail(titles.error());
  const JsonValue* entries = member(*file, "entries");
  if (entries == nullptr || !entries->IsArray()) return fail(ErrorCode::data_invalid, "/entries", "array");
  for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
    const JsonValue& entry = (*entries)[i];
    const std::string place = "/entries/" + std::to_string(i);
    language.entries.push_back({name + "/" + std::to_string(integer_at(entry, "id", 0)),
                                std::string(text_at(entry, "better")), std::string(text_at(entry, "class"))});
    if (language.entries.back().better.empty())
      return fail(ErrorCode::data_invalid, place + "/better", "text");
    std::size_t patterns = 0;
    for (const auto& [list, use] :
         {std::pair<const char*, Use>{"refuse", refuse}, {"suggest", suggest}, {"to_person", to_person}}) {
      const auto added = add_list(entry, list, place, {use, i});
      if (!added) return fail(added.error());
      patterns += *added;
    }
    if (patterns == 0) return fail(ErrorCode::data_invalid, place, "refuse, suggest, to_person");
  }
  return language;
}

Result<Terms> Terms::load(const std::string& root) {
  namespace fs = std::filesystem;
  Terms terms;
  std::error_code ignored;
  for (const auto& each : fs::directory_iterator(fs::path(root) / "i18n" / "terms", ignored)) {
    if (each.path().extension() != ".json") continue;
    const std::string name = each.path().stem().string();
    auto language = read(each.path().string(), name);
    if (!language)
      return fail(ErrorCode::data_invalid, "i18n/terms/" + name + ".json#" + language.error().pointer,
                  language.error().expected);
    terms.languages_.emplace(name, std::move(*language));
  }
  if (terms.languages_.empty()) return fail(ErrorCode::data_invalid, "i18n/terms", "terms");
  return terms;
}

bool Terms::counts(Use use, TermScope scope) {
  switch (use) {
    case title:
    case refuse:
      return true;
    case suggest:
      return scope == TermScope::free_text;
    case to_person:
      return scope == TermScope::to_person;
  }
  return false;
}

std::vector<TermHit> Terms::find(std::string_view text, const LanguageTag& language, TermScope scope) const {
  std::vector<TermHit> hits;
  const auto known = languages_.find(base_language(language));
  if (known == languages_.end()) return hits;
  const Language& own = known->second;
  const FoldedText folded = fold_with_offsets(text);
  const std::vector<Word> all = words(folded.text);
  Quoted quoted(text);
  CodePoints points(text);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t node = 0, longest = 0;
    const Phrase* found = nullptr;
    for (std::size_t j = i; j < all.size(); ++j) {
      const auto next = own.nodes[node].next.find(slice(folded.text, all[j]));
      if (next == own.nodes[node].next.end()) break;
      node = next->second;
      const int at = own.nodes[node].found;
      if (at < 0 || !counts(own.phrases[static_cast<std::size_t>(at)].use, scope)) continue;
      found = &own.phrases[static_cast<std::size_t>(at)];
      longest = j + 1 - i;
    }
    if (found == nullptr) {
      ++i;
      continue;
    }
    const std::size_t begin = folded.begin[all[i].begin];
    const std::size_t end = folded.end[all[i + longest - 1].end - 1];
    i += longest;
    if (found->use == title || quoted.holds(begin)) continue;
    const Entry& entry = own.entries[found->entry];
    const std::size_t start = points.before(begin);
    hits.push_back({start, points.before(end), entry.name, entry.better, entry.kind});
  }
  return hits;
}

std::vector<std::string> Terms::languages() const {
  std::vector<std::string> out;
  for (const auto& [name, language] : languages_) out.push_back(name);
  return out;
}

}  // namespace hotline
