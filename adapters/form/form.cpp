#include "adapters/form/form.h"

#include <filesystem>

#include "adapters/form/columns.h"
#include "adapters/form/csv_form.h"
#include "adapters/form/fhir_bundle.h"
#include "i18n/base/data_fault.h"

namespace hotline {

namespace {

class JsonForm final : public Form {
 public:
  std::string_view name() const override { return "json"; }
  Result<std::optional<Shaped>> take(const JsonValue&) const override { return std::nullopt; }
  std::optional<Shaped> give(const JsonValue&) const override { return std::nullopt; }
};

}  // namespace

Result<Shaped> Form::read(std::string_view text) const {
  auto document = parse_json(text);
  if (!document) return fail(std::move(document.error()));
  auto shaped = take(*document);
  if (!shaped) return fail(std::move(shaped.error()));
  if (*shaped) return std::move(**shaped);
  return Shaped{std::move(*document), {}, {}};
}

std::string Form::write(const JsonValue& given_out) const {
  return to_pretty(given_out) + "\n";
}

std::unique_ptr<const Form> make_json_form() {
  return std::make_unique<const JsonForm>();
}

Result<std::shared_ptr<const Form>> make_form(const std::string& folder, std::string_view name,
                                              const Schema& national) {
  if (name.empty() || name == "json") return std::shared_ptr<const Form>(make_json_form());
  if (name == "csv") {
    if (auto known = columns_in_schema(folder, national); !known) return fail(std::move(known.error()));
    return CsvForm::make(folder);
  }
  if (name == "fhir_bundle") return FhirBundleForm::load(folder);
  const std::string file = std::filesystem::path(folder).filename().string() + "/profile.json";
  return bad_data("/form", file, "form_unknown", name);
}

}  // namespace hotline
