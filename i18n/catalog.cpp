#include "i18n/catalog.h"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <filesystem>
#include <optional>
#include <set>

#include "i18n/base/data_fault.h"
#include "i18n/base/json.h"
#include "i18n/language_tag.h"
#include "i18n/unicode.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

std::optional<std::vector<std::string>> argument_names(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  icu::MessagePattern pattern(to_utf16(text), &where, status);
  if (U_FAILURE(status)) return std::nullopt;
  std::set<std::string> names;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) return std::nullopt;  // arguments have names here
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) names.insert(from_utf16(pattern.getSubstring(part)));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

bool compiles(const std::string& text, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  const icu::MessageFormat format(to_utf16(text), icu::Locale(language.c_str()), where, status);
  return U_SUCCESS(status) != 0;
}

std::string formatted(const std::string& text, const std::string& language, const Args& args) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  const icu::MessageFormat format(to_utf16(text), icu::Locale(language.c_str()), where, status);
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& arg : args) {
    names.push_back(to_utf16(arg.name));
    if (const auto* number = std::get_if<std::int64_t>(&arg.value)) {
      values.emplace_back(*number);
    } else {
      values.emplace_back(to_utf16(std::get<std::string>(arg.value)));
    }
  }
  icu::UnicodeString out;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(args.size()), out, status);
  return U_SUCCESS(status) ? from_utf16(out) : text;
}

}  // namespace

Result<void> Catalog::merge(const std::string& path, const std::string& language) {
  const std::string file = "i18n/catalogs/" + fs::path(path).filename().string();
  auto document = read_json_file(path);
  if (!document) return bad_file(std::move(document.error()), file);
  if (!document->IsObject()) return bad_data({}, file, "rule_not_understood");
  auto& messages = messages_[language];
  for (const auto& entry : document->GetObject()) {
    const std::string key(as_text(entry.name));
    Message message;
    message.text = text_at(entry.value, "text");
    message.status = text_at(entry.value, "status");
    const auto arguments = argument_names(message.text);
    if (message.text.empty()) return bad_data(pointer_join("", key), file, "text_missing", key);
    if (!arguments || !compiles(message.text, language))
      return bad_data(pointer_join("", key), file, "message_not_understood");
    if (messages.contains(key)) return bad_data(pointer_join("", key), file, "key_twice", key);
    message.file = file;
    message.arguments = *arguments;
    message.plain = message.arguments.empty() && message.text.find_first_of("'{}") == std::string::npos;
    messages.emplace(key, std::move(message));
  }
  return {};
}

Result<Catalog> Catalog::load(const std::string& root) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(root + "/i18n/catalogs", error)) {
    if (file.path().extension() == ".json") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  Catalog catalog;
  for (const auto& file : files) {
    const std::string name = file.filename().string();
    const auto merged = catalog.merge(file.string(), name.substr(0, name.find('.')));
    if (!merged) return fail(merged.error());
  }
  if (error || !catalog.messages_.contains("en")) return fail(ErrorCode::data_invalid, {}, "i18n/catalogs");
  return catalog;
}

const Catalog::Message* Catalog::find(std::string_view key, const std::string& language) const {
  const auto in = messages_.find(language);
  if (in == messages_.end()) return nullptr;
  const auto found = in->second.find(key);
  return found == in->second.end() ? nullptr : &found->second;
}

std::string Catalog::text(std::string_view key, const LanguageTag& language, const Args& args) const {
  for (const auto& tag : fallback_chain(language)) {
    const Message* message = find(key, tag.get());
    if (message == nullptr) continue;
    return message->plain ? message->text : formatted(message->text, tag.get(), args);
  }
  return std::string(key);
}

bool Catalog::has(std::string_view key, const LanguageTag& language) const {
  return find(key, language.get()) != nullptr || find(key, base_language(language)) != nullptr;
}

std::vector<std::string> Catalog::keys() const {
  std::set<std::string> all;
  for (const auto& [language, messages] : messages_) {
    for (const auto& each : messages) all.insert(each.first);
  }
  return {all.begin(), all.end()};
}

std::vector<LanguageTag> Catalog::languages() const {
  std::vector<LanguageTag> tags;
  for (const auto& each : messages_) tags.emplace_back(each.first);
  return tags;
}

std::vector<Fault> Catalog::lint() const {
  std::vector<Fault> faults;
  const auto wrong = [&](const std::string& file, const std::string& key, const char* what) {
    faults.push_back({ErrorCode::data_invalid, pointer_join("", key), file + ' ' + what});
  };
  // Where a text that is missing in one language belongs: beside its English one.
  const auto file_for = [](const std::string& language, const Message* model) {
    const std::string name = model == nullptr ? "en.json" : model->file.substr(model->file.rfind('/') + 1);
    return "i18n/catalogs/" + language + name.substr(name.find('.'));
  };
  auto wanted = keys();
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const std::string name = "error." + std::string(to_string(static_cast<ErrorCode>(i)));
    wanted.push_back(name);
    wanted.push_back(name + ".detail");
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const auto& key : wanted) {
    const Message* model = find(key, "en");
    for (const char* language : {"en", "fr", "es"}) {
      const Message* message = find(key, language);
      if (message == nullptr) {
        faults.push_back({ErrorCode::data_invalid, {}, file_for(language, model) + " text_missing " + key});
        continue;
      }
      if (model != nullptr && message->arguments != model->arguments)
        wrong(message->file, key, "arguments_differ");
      if (message->status != "draft" && message->status != "reviewed")
        wrong(message->file, key, "status_missing");
      // ICU takes '{ for quoted text: the argument would be shown as it stands.
      if (message->text.find("'{") != std::string::npos)
        wrong(message->file, key, "apostrophe_before_argument");
    }
  }
  return faults;
}

ErrorText describe(const Catalog& catalog, ErrorCode code, std::string_view pointer,
                   std::string_view expected, const LanguageTag& language) {
  const std::string key = "error." + std::string(to_string(code));
  // Some situations have words of their own: error.store_unavailable.serve says that no gateway is running.
  // What follows the word is what they speak of.
  const std::string_view word = expected.substr(0, expected.find(' '));
  const std::string own = key + '.' + std::string(word);
  const bool situation = !word.empty() && catalog.has(own, language);
  if (situation) expected.remove_prefix(std::min(expected.size(), word.size() + 1));
  const Args args = {{"pointer", pointer},
                     {"expected", expected},
                     {"has_pointer", pointer.empty() ? "no" : "yes"},
                     {"has_expected", expected.empty() ? "no" : "yes"}};
  const std::string& found = situation ? own : key;
  return {catalog.text(found, language, args), catalog.text(found + ".detail", language, args)};
}

}  // namespace hotline
