#include "consent/statements.h"

#include <algorithm>
#include <filesystem>

#include "i18n/base/json.h"
#include "i18n/base/utf8.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

constexpr const char* kFolder = "consent/statements";
constexpr std::size_t kMostWords = 14;  // of a sentence: plain-language principle 1, "under 15 words"

std::vector<std::string> files_of(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code ignored;
  for (const auto& each : fs::directory_iterator(fs::path(root) / kFolder, ignored)) {
    if (each.path().extension() == ".json")
      files.push_back(std::string(kFolder) + "/" + each.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<Statement> read_text(const JsonValue& text, const Statement& of) {
  Statement statement = of;
  for (const auto& [name, into] : {std::pair<const char*, std::string*>{"text", &statement.text},
                                   {"sha256", &statement.sha256},
                                   {"status", &statement.status}}) {
    *into = std::string(text_at(text, name));
    if (into->empty()) return fail(ErrorCode::data_invalid, "/" + std::string(name), "text");
  }
  const auto language = parse_language(text_at(text, "language"));
  if (!language) return fail(ErrorCode::data_invalid, "/language", "BCP 47");
  statement.language = *language;
  return statement;
}

Result<std::vector<Statement>> read_statements(const std::string& path) {
  const auto file = read_json_file(path);
  if (!file) return fail(file.error());
  Statement common;
  common.id = std::string(text_at(*file, "id"));
  common.version = std::string(text_at(*file, "version"));
  if (common.id.empty()) return fail(ErrorCode::data_invalid, "/id", "text");
  if (common.version.empty()) return fail(ErrorCode::data_invalid, "/version", "text");
  const JsonValue* texts = member(*file, "texts");
  if (texts == nullptr || !texts->IsArray() || texts->Empty())
    return fail(ErrorCode::data_invalid, "/texts", "array");
  std::vector<Statement> out;
  for (rapidjson::SizeType i = 0; i < texts->Size(); ++i) {
    auto statement = read_text((*texts)[i], common);
    if (!statement)
      return fail(ErrorCode::data_invalid, "/texts/" + std::to_string(i) + statement.error().pointer,
                  statement.error().expected);
    out.push_back(std::move(*statement));
  }
  return out;
}

bool ends_sentence(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == U'\n';
}

// The words of the longest sentence. Good enough for a lint: a full stop inside a number ends one too early.
std::size_t longest_sentence(std::string_view text) {
  std::size_t longest = 0, words = 0;
  bool in_word = false;
  for (const char32_t c : to_utf32(text)) {
    const bool blank = c == U' ' || c == U'\n' || c == U'\u00a0';
    if (!blank && !in_word) ++words;
    in_word = !blank;
    longest = std::max(longest, words);
    if (ends_sentence(c)) words = 0;
  }
  return longest;
}

class Lint {
 public:
  Lint(const std::vector<std::string>& languages,
       const std::function<std::string(std::string_view)>& sha256_hex)
      : languages_(languages), sha256_hex_(sha256_hex) {}

  void file(const std::string& root, const std::string& name) {
    const auto statements = read_statements(root + "/" + name);
    if (!statements) return fault(name + "#" + statements.error().pointer, statements.error().expected);
    for (std::size_t i = 0; i < statements->size(); ++i)
      text(name + "#/texts/" + std::to_string(i), (*statements)[i]);
    for (const std::string& wanted : languages_) {
      const bool there = std::any_of(statements->begin(), statements->end(), [&](const Statement& each) {
        return base_language(each.language) == wanted;
      });
      if (!there) fault(name + "#/texts", "statement_language " + wanted);
    }
  }

  void fault(std::string place, std::string expected) {
    faults_.push_back({ErrorCode::data_invalid, std::move(place), std::move(expected)});
  }
  std::vector<Fault> take() { return std::move(faults_); }

 private:
  void text(const std::string& place, const Statement& statement) {
    const std::string name = statement.id + " " + statement.version + " " + statement.language.get();
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) fault(place, "statement_twice");
    seen_.push_back(name);
    if (sha256_hex_(statement.text) != statement.sha256) fault(place + "/sha256", "statement_hash");
    if (statement.status != "draft" && statement.status != "reviewed")
      fault(place + "/status", "draft, reviewed");
    if (!is_clean_text(statement.text)) fault(place + "/text", "text");
    if (longest_sentence(statement.text) > kMostWords)
      fault(place + "/text", "sentence_long " + std::to_string(kMostWords));
  }

  const std::vector<std::string>& languages_;
  const std::function<std::string(std::string_view)>& sha256_hex_;
  std::vector<std::string> seen_;
  std::vector<Fault> faults_;
};

}  // namespace

Result<Statements> Statements::load(const std::string& root) {
  Statements statements;
  for (const std::string& name : files_of(root)) {
    auto read = read_statements(root + "/" + name);
    if (!read) return fail(ErrorCode::data_invalid, name + "#" + read.error().pointer, read.error().expected);
    std::move(read->begin(), read->end(), std::back_inserter(statements.all_));
  }
  if (statements.all_.empty()) return fail(ErrorCode::data_invalid, kFolder, "statements");
  return statements;
}

bool Statements::holds(std::string_view id, std::string_view version, const LanguageTag& language,
                       std::string_view sha256) const {
  const std::string base = base_language(language);
  return std::any_of(all_.begin(), all_.end(), [&](const Statement& each) {
    return each.sha256 == sha256 && each.id == id && each.version == version &&
           base_language(each.language) == base;
  });
}

const Statement* Statements::find(std::string_view id, std::string_view version,
                                  const LanguageTag& language) const {
  const std::string base = base_language(language);
  for (const Statement& each : all_) {
    if (each.id == id && each.version == version && base_language(each.language) == base) return &each;
  }
  return nullptr;
}

std::vector<Fault> check_statements(const std::string& root, const std::vector<std::string>& languages,
                                    const std::function<std::string(std::string_view)>& sha256_hex) {
  Lint lint(languages, sha256_hex);
  const auto files = files_of(root);
  if (files.empty()) lint.fault(kFolder, "statements");
  for (const std::string& name : files) lint.file(root, name);
  return lint.take();
}

}  // namespace hotline
