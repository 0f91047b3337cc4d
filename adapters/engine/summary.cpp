#include "adapters/engine/summary.h"

#include <algorithm>

#include "config/schema.h"
#include "i18n/base/utf8.h"
#include "i18n/language_tag.h"

namespace hotline {

namespace {

using Labels = std::vector<std::string>;

// Adds what a coded value is called, each name once.
void add_label(const std::string& system, const JsonValue& coded, const LanguageTag& reader,
               const CodeSystems& codes, Labels& labels) {
  const auto add = [&](std::string_view label) {
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.emplace_back(label);
  };
  const std::string_view code = text_at(coded, "code");
  if (const std::string_view label = codes.label_text(system, code, reader); !label.empty())
    return add(label);
  const JsonValue* original = member(coded, "original");
  std::string_view said = original == nullptr ? std::string_view() : text_at(*original, "label");
  if (said.empty() && original != nullptr) said = text_at(*original, "code");
  if (said.empty()) said = code;
  if (!said.empty()) add("\"" + std::string(said) + "\"");
}

void collect(const JsonValue& value, const SummaryPart& part, std::size_t at, const LanguageTag& reader,
             const CodeSystems& codes, Labels& labels) {
  if (at < part.tokens.size() && part.tokens[at] == "*") {
    if (!value.IsArray()) return;
    for (const JsonValue& each : value.GetArray()) collect(each, part, at + 1, reader, codes, labels);
  } else if (at < part.tokens.size()) {
    if (const JsonValue* below = member(value, part.tokens[at]))
      collect(*below, part, at + 1, reader, codes, labels);
  } else {
    add_label(part.system, value, reader, codes, labels);
  }
}

std::string line_of(const SummaryPart& part, const Labels& labels, const LanguageTag& reader) {
  std::string line(part.field->title(reader));
  // French sets a colon off by a space at which no line may break.
  if (!line.empty()) line += base_language(reader) == "fr" ? "\u00a0: " : ": ";
  for (std::size_t i = 0; i < labels.size(); ++i) line.append(i == 0 ? "" : "; ").append(labels[i]);
  return line;
}

}  // namespace

std::string summary_text(const SummaryAs& as, const JsonValue& element, const LanguageTag& reader,
                         const CodeSystems& codes) {
  std::string text;
  std::size_t used = 0;
  for (const SummaryPart& part : as.parts) {
    Labels labels;
    collect(element, part, 0, reader, codes, labels);
    if (labels.empty()) continue;
    const std::string line = (text.empty() ? "" : "\n") + line_of(part, labels, reader);
    used += code_point_index(line, line.size());
    if (used > as.limit) break;
    text += line;
  }
  return text;
}

}  // namespace hotline
