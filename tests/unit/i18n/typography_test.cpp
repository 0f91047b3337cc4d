// The signs of our own words in three languages, as every catalog and every label now has them: curly quotes
// and apostrophes; French of Canada with « » and no-break spaces inside them and before a colon, none before
// ; ! ?; Spanish with both halves of ¿? and ¡!; no space too many.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "i18n/base/json.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNoBreak = "\xC2\xA0";

std::size_t count(std::string_view text, std::string_view sign) {
  std::size_t times = 0;
  for (std::size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size()))
    ++times;
  return times;
}

// Every `sign` for which `is_wrong` of what stands before and after it.
bool anywhere(std::string_view text, std::string_view sign,
              const std::function<bool(std::string_view before, std::string_view after)>& is_wrong) {
  for (std::size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size()))
    if (is_wrong(text.substr(0, at), text.substr(at + sign.size()))) return true;
  return false;
}

std::string fault_of_french(std::string_view text) {
  const auto spaced = [](std::string_view before, std::string_view) {
    return before.ends_with(' ') || before.ends_with(kNoBreak);
  };
  for (const std::string_view sign : {";", "!", "?"})
    if (anywhere(text, sign, spaced)) return "a space before " + std::string(sign);
  if (anywhere(text, ":", [](std::string_view before, std::string_view after) {
        return (after.empty() || after.starts_with(' ')) && !before.ends_with(kNoBreak);
      }))
    return "no no-break space before :";
  if (anywhere(text, "«",
               [](std::string_view, std::string_view after) { return !after.starts_with(kNoBreak); }))
    return "no no-break space after «";
  if (anywhere(text, "»",
               [](std::string_view before, std::string_view) { return !before.ends_with(kNoBreak); }))
    return "no no-break space before »";
  if (count(text, "«") != count(text, "»")) return "half of « »";
  if (count(text, "“") + count(text, "”") > 0) return "quotes of another language";
  return {};
}

// What is wrong, or "".
std::string fault_of(std::string_view language, std::string_view text) {
  if (text.find("  ") != std::string_view::npos) return "two spaces";
  if (text.starts_with(' ') || text.ends_with(' ')) return "a space at the edge";
  if (text.find('"') != std::string_view::npos) return "a straight quote";
  if (text.find('\'') != std::string_view::npos) return "a straight apostrophe";
  if (text.find("...") != std::string_view::npos) return "three points";
  if (language == "fr") return fault_of_french(text);
  if (count(text, "“") != count(text, "”")) return "half of “ ”";
  if (language == "es" && count(text, "?") != count(text, "¿")) return "half of ¿ ?";
  if (language == "es" && count(text, "!") != count(text, "¡")) return "half of ¡ !";
  return {};
}

using Visit = std::function<void(std::string_view language, const std::string& place, std::string_view text)>;

// Members that are named after a language hold a text of it.
void labels_in(const JsonValue& value, const std::string& place, const Visit& each) {
  if (value.IsObject())
    for (const auto& one : value.GetObject()) {
      const std::string_view name = as_text(one.name);
      const bool label = one.value.IsString() && (name == "en" || name == "fr" || name == "es");
      const std::string below = pointer_join(place, name);
      label ? each(name, below, as_text(one.value)) : labels_in(one.value, below, each);
    }
  if (value.IsArray())
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) labels_in(value[i], pointer_join(place, i), each);
}

void each_file(const std::string& folder, const std::function<void(const fs::path&, const Json&)>& visit) {
  for (const auto& one : fs::recursive_directory_iterator(std::string(HOTLINE_ROOT) + "/" + folder)) {
    if (one.path().extension() != ".json" || one.path().string().find("/cases/") != std::string::npos)
      continue;
    if (const auto document = read_json_file(one.path().string())) visit(one.path(), *document);
  }
}

TEST(Typography, knows_the_faults_it_looks_for) {
  const std::vector<std::pair<std::string, std::string>> wrong{{"en", "two  spaces"},
                                                               {"en", "ends "},
                                                               {"en", "it's"},
                                                               {"en", "a \"quote\""},
                                                               {"en", "wait..."},
                                                               {"en", "“half"},
                                                               {"es", "Que pasa?"},
                                                               {"es", "Alto!"},
                                                               {"es", " borde"},
                                                               {"fr", "Prêt ?"},
                                                               {"fr", "Vite\u00a0!"},
                                                               {"fr", "Ici ; là"},
                                                               {"fr", "Ville: Québec"},
                                                               {"fr", "Ville : Québec"},
                                                               {"fr", "« mot »"},
                                                               {"fr", "«\u00a0mot"},
                                                               {"fr", "“\u00a0mot\u00a0”"},
                                                               {"fr", "l'aide"},
                                                               {"fr", "Ville\u00a0: “x”"}};
  for (const auto& [language, text] : wrong)
    EXPECT_NE(fault_of(language, text), "") << language << " " << text;
  const std::vector<std::pair<std::string, std::string>> right{{"en", "it’s a “quote”: yes"},
                                                               {"es", "¿Qué pasa? ¡Alto!"},
                                                               {"fr", "Ville\u00a0: Québec; à 10:30"},
                                                               {"fr", "Dites «\u00a0oui\u00a0», d’accord?"}};
  for (const auto& [language, text] : right)
    EXPECT_EQ(fault_of(language, text), "") << language << " " << text;
}

TEST(Typography, of_the_catalogs) {
  std::size_t texts = 0;
  each_file("i18n/catalogs", [&](const fs::path& file, const Json& catalog) {
    const std::string language = file.filename().string().substr(0, 2);
    for (const auto& one : catalog.GetObject()) {
      std::string_view text = text_at(one.value, "text");
      if (text.empty()) continue;
      if (text.starts_with("  ")) text.remove_prefix(2);  // a line that stands indented below another
      ++texts;
      EXPECT_EQ(fault_of(language, text), "") << file.filename() << " " << as_text(one.name);
    }
  });
  EXPECT_GT(texts, 300u);
}

TEST(Typography, of_the_labels) {
  std::size_t texts = 0;
  for (const char* folder : {"i18n", "config", "adapters"})
    each_file(folder, [&](const fs::path& file, const Json& document) {
      labels_in(document, "",
                [&](std::string_view language, const std::string& place, std::string_view text) {
                  // What a hotline calls a thing in English, and names of languages, stand as they are
                  // published.
                  const bool as_published = folder == std::string("adapters") && language == "en";
                  std::string fault = fault_of(language, text);
                  if (as_published && fault == "a straight apostrophe") fault.clear();
                  ++texts;
                  EXPECT_EQ(fault, "") << file.string() << " " << place << ": " << text;
                });
    });
  EXPECT_GT(texts, 3000u);
}

}  // namespace
}  // namespace hotline
