#include "config/annotations.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace hotline {
namespace {

constexpr std::array<std::string_view, 3> kLanguages = {"en", "fr", "es"};
constexpr std::array<std::string_view, 9> kHtcdsPrefixes = {"org_", "prs_", "vic_", "per_", "cas_",
                                                            "cco_", "hte_", "spl_", "con_"};
constexpr std::string_view kDefs = "#/$defs/";

bool is_htcds(std::string_view name) {
  return std::any_of(kHtcdsPrefixes.begin(), kHtcdsPrefixes.end(), [&](std::string_view prefix) {
    return name.size() > prefix.size() && name.starts_with(prefix);
  });
}

// Patient.name.family, Patient.extension:patient-citizenship, or a data type of its own such as date.
bool is_fhir(std::string_view path) {
  return !path.empty() && path.front() != '.' && path.back() != '.' &&
         std::all_of(path.begin(), path.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                  c == ':' || c == '-';
         });
}

class Annotations {
 public:
  explicit Annotations(const JsonValue& schema) : schema_(schema), defs_(member(schema, "$defs")) {}

  std::vector<Fault> run() {
    const std::string_view status = text_at(schema_, "x-text-status");
    if (status != "draft" && status != "reviewed") add("", "x-text-status", "draft|reviewed");
    fields(schema_, "");
    if (defs_ == nullptr || !defs_->IsObject()) return std::move(faults_);
    for (const auto& each : defs_->GetObject()) {
      const std::string place = pointer_join("/$defs", as_text(each.name));
      field(each.value, place);
    }
    generalised(schema_, "", {});
    return std::move(faults_);
  }

 private:
  void add(const std::string& pointer, std::string_view keyword, std::string expected) {
    faults_.push_back({ErrorCode::data_invalid, pointer_join(pointer, keyword), std::move(expected)});
  }

  void field(const JsonValue& value, const std::string& pointer) {
    texts(value, pointer, "x-title");
    texts(value, pointer, "x-description");
    names(value, pointer, "x-htcds", is_htcds, "HTCDS element|none");
    names(value, pointer, "x-fhir", is_fhir, "FHIR element|none");
    fields(value, pointer);
  }

  // The elements of a list are spoken of by the list.
  void fields(const JsonValue& value, const std::string& pointer) {
    if (const JsonValue* items = member(value, "items"))
      return fields(*items, pointer_join(pointer, "items"));
    const JsonValue* properties = member(value, "properties");
    if (properties == nullptr || !properties->IsObject()) return;
    const std::string place = pointer_join(pointer, "properties");
    for (const auto& each : properties->GetObject())
      field(each.value, pointer_join(place, as_text(each.name)));
  }

  void texts(const JsonValue& value, const std::string& pointer, std::string_view keyword) {
    const JsonValue* said = member(value, keyword);
    if (said == nullptr || !said->IsObject()) return add(pointer, keyword, "en, fr, es");
    for (const std::string_view language : kLanguages) {
      if (text_at(*said, language).empty()) add(pointer_join(pointer, keyword), language, "text");
    }
  }

  template <typename Known>
  void names(const JsonValue& value, const std::string& pointer, std::string_view keyword, Known known,
             const char* expected) {
    const JsonValue* said = member(value, keyword);
    const auto right = [&](const JsonValue& name) { return name.IsString() && known(as_text(name)); };
    const bool one = said != nullptr && said->IsString() && (as_text(*said) == "none" || right(*said));
    const bool several = said != nullptr && said->IsArray() && !said->Empty() &&
                         std::all_of(said->Begin(), said->End(), right);
    if (!one && !several) add(pointer, keyword, expected);
  }

  // What a field takes from above: its category, and whether anything was said of generalising.
  struct Above {
    std::string_view category;
    bool said = false;
  };

  void generalised(const JsonValue& value, const std::string& pointer, Above above) {
    const std::string_view ref = text_at(value, "$ref");
    const JsonValue* target =
        ref.starts_with(kDefs) && defs_ != nullptr ? member(*defs_, ref.substr(kDefs.size())) : nullptr;
    for (const JsonValue* each : {target, &value}) {  // what stands beside a $ref wins
      if (each == nullptr) continue;
      if (const auto category = text_at(*each, "x-category"); !category.empty()) above.category = category;
      above.said = above.said || member(*each, "x-generalise") != nullptr;
    }
    const JsonValue& whole = target != nullptr ? *target : value;
    if (const JsonValue* items = member(whole, "items"))
      return generalised(*items, pointer_join(pointer, "items"), above);
    const JsonValue* properties = member(whole, "properties");
    const bool coded = member(value, "x-codes") != nullptr;
    if (properties == nullptr || coded) return leaf(pointer, above);
    const std::string place = pointer_join(pointer, "properties");
    for (const auto& each : properties->GetObject())
      generalised(each.value, pointer_join(place, as_text(each.name)), above);
  }

  void leaf(const std::string& pointer, const Above& above) {
    if (above.category.empty()) return add(pointer, "x-category", "category");
    const bool can_be = above.category != "structural" && above.category != "source_only";
    if (can_be && !above.said) add(pointer, "x-generalise", "keep|drop|month|age_band|masked_text");
  }

  const JsonValue& schema_;
  const JsonValue* defs_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> annotation_faults(const JsonValue& schema) {
  return Annotations(schema).run();
}

}  // namespace hotline
