// The page for newcomers, config/schema/RECORD.md, says what the schema says: it is made from it here, and a
// page that lags behind is red. HOTLINE_UPDATE_GOLDEN=1 writes it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

#include "config/schema.h"
#include "i18n/base/text_files.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

constexpr const char* kSchema = HOTLINE_ROOT "/config/schema/referral.schema.json";
constexpr const char* kPage = HOTLINE_ROOT "/config/schema/RECORD.md";
constexpr const char* kHead = R"(# The canonical record, field by field

Made from `referral.schema.json` by a test; change it there. What an advocate reads stands in the schema in English, French
and Spanish (drafts); here in English. *Category* is the consent category: `structural` goes with the person, `source_only`
never leaves the hotline. *Generalised* is what is left when a consent allows only that. HTCDS is version 2.0, FHIR is R4;
a dash means that the standard has no element for it. Types in italics are described at the end.
)";

std::string list(const JsonValue& field, const char* keyword) {
  const JsonValue& said = *member(field, keyword);
  std::string text;
  if (said.IsString()) return as_text(said) == "none" ? "–" : std::string(as_text(said));
  for (const JsonValue& each : said.GetArray())
    text += (text.empty() ? "" : ", ") + std::string(as_text(each));
  return text;
}

std::string english(const JsonValue& field, const char* keyword) {
  return std::string(text_at(*member(field, keyword), "en"));
}

std::string word(Generaliser generalise) {
  switch (generalise) {
    case Generaliser::keep:
      return "kept";
    case Generaliser::month:
      return "month";
    case Generaliser::age_band:
      return "age group";
    case Generaliser::masked_text:
      return "masked text";
    case Generaliser::drop:
      break;
  }
  return "dropped";
}

class Page {
 public:
  Page(const JsonValue& document, const Schema& schema) : document_(document), schema_(schema) {}

  std::string text() {
    const JsonValue& top = *member(document_, "properties");
    sections(top, "", "persons");
    out_ += "\n# Each person\n\n" + english(*member(top, "persons"), "x-description") + "\n";
    sections(*member(*member(*member(top, "persons"), "items"), "properties"), "/persons/*", "");
    out_ += "\n# Types\n";
    for (const auto& each : member(document_, "$defs")->GetObject()) {
      heading(as_text(each.name), each.value);
      columns();
      rows(each.value, "", "");
    }
    return kHead + out_;
  }

 private:
  void heading(std::string_view name, const JsonValue& field) {
    out_ += "\n## " + english(field, "x-title") + ": `" + std::string(name) + "`\n\n" +
            english(field, "x-description") + " HTCDS: " + list(field, "x-htcds") +
            ". FHIR: " + list(field, "x-fhir") + ".\n";
  }

  void columns() {
    pending_ =
        "\n| field | what it says | category | generalised | HTCDS | FHIR |\n| --- | --- | --- | --- | --- | "
        "--- |\n";
  }

  void sections(const JsonValue& fields, const std::string& path, std::string_view apart) {
    for (const auto& each : fields.GetObject()) {
      const std::string_view name = as_text(each.name);
      if (name == apart) continue;
      heading(name, each.value);
      columns();
      const std::string below = pointer_join(path, name);
      if (inside(each.value) == nullptr) row(each.value, std::string(name), below);
      rows(each.value, below, "");
    }
  }

  // The fields of an object, or of the objects of a list.
  static const JsonValue* inside(const JsonValue& value) {
    const JsonValue* items = member(value, "items");
    return items != nullptr ? inside(*items) : member(value, "properties");
  }

  static std::string stars(const JsonValue& value) {
    const JsonValue* items = member(value, "items");
    return items == nullptr ? "" : "/*" + stars(*items);
  }

  void rows(const JsonValue& value, const std::string& path, const std::string& name) {
    const JsonValue* fields = inside(value);
    if (fields == nullptr) return;
    const std::string element = stars(value);
    for (const auto& each : fields->GetObject()) {
      const std::string_view own = as_text(each.name);
      const std::string below = path.empty() ? "" : pointer_join(path + element, own);
      const std::string shown = name.empty() ? std::string(own) : name + '/' + std::string(own);
      row(each.value, shown, below);
      rows(each.value, below, shown);
    }
  }

  void row(const JsonValue& field, const std::string& name, const std::string& path) {
    out_ += std::exchange(pending_, "");
    const SchemaNode* node = path.empty() ? nullptr : schema_.at(path);
    const bool leaf = inside(field) == nullptr;
    const std::string category = node == nullptr ? "" : node->labels().category;
    const bool can_be = leaf && !category.empty() && category != "structural" && category != "source_only";
    out_ += "| `" + name + "`" + type(field) + " | **" + english(field, "x-title") +
            "**: " + english(field, "x-description") + " | " + category + " | " +
            (can_be ? word(node->labels().generalise) : "") + " | " + list(field, "x-htcds") + " | " +
            list(field, "x-fhir") + " |\n";
  }

  static std::string type(const JsonValue& field) {
    const JsonValue* items = member(field, "items");
    const std::string_view codes = text_at(field, "x-codes");
    if (!codes.empty()) return " *code of " + std::string(codes) + "*";
    const std::string_view ref = text_at(field, "$ref");
    if (!ref.empty()) return " *" + std::string(ref.substr(ref.rfind('/') + 1)) + "*";
    return items == nullptr ? "" : " (list)" + type(*items);
  }

  const JsonValue& document_;
  const Schema& schema_;
  std::string out_, pending_;
};

TEST(RecordPage, SaysWhatTheSchemaSays) {
  const CodeSystems codes = CodeSystems::load(HOTLINE_ROOT).value();
  const Json document = read_json_file(kSchema).value();
  const Schema schema = Schema::load(kSchema, &codes).value();
  const std::string page = Page(document, schema).text();
  if (std::getenv("HOTLINE_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file(kPage, page, 0644));
  }
  EXPECT_EQ(read_file(kPage).value(), page);
}

}  // namespace
}  // namespace hotline
