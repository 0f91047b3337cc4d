#include "adapters/form/fhir_bundle.h"

#include <filesystem>

#include "adapters/form/fhir_give.h"
#include "adapters/form/fhir_take.h"
#include "i18n/base/data_fault.h"

namespace hotline {

namespace {

void note_read(const TreeNode& node, std::vector<FormNote>& notes) {
  for (const std::string& place : node.also) notes.push_back({place, "structure", false, true});
  if (node.came_empty && !node.empty() && node.origin)  // filled since, from elsewhere
    notes.push_back({*node.origin, "empty", true});
  for (const auto& [name, one] : node.members) note_read(one, notes);
  for (const TreeNode& one : node.items) note_read(one, notes);
}

}  // namespace

Result<std::shared_ptr<const Form>> FhirBundleForm::load(const std::string& folder) {
  const std::string file = std::filesystem::path(folder).filename().string() + "/form.json";
  auto data = read_json_file(folder + "/form.json");
  if (!data) return bad_file(std::move(data.error()), file);
  auto form = std::make_shared<FhirBundleForm>();
  form->words_.person_system = text_at(*data, "person_system");
  form->words_.referral_category = text_at(*data, "referral_category");
  const JsonValue* resources = member(*data, "resources");
  if (form->words_.person_system.empty() || form->words_.referral_category.empty() || resources == nullptr ||
      !resources->IsObject())
    return bad_data("", file, "list_missing", "person_system, referral_category, resources");
  for (const auto& one : resources->GetObject()) {
    const std::string type(as_text(one.name));
    auto shape = Shape::read(one.value);
    if (!shape)
      return bad_data(pointer_join("/resources", type) + shape.error().pointer, file, shape.error().expected);
    form->shapes_.emplace(type, std::move(*shape));
  }
  return std::shared_ptr<const Form>(std::move(form));
}

Result<std::optional<Shaped>> FhirBundleForm::take(const JsonValue& given) const {
  if (!given.IsObject()) return fail(ErrorCode::type_mismatch, "", "object");
  auto tree = take_bundle(TreeNode::read(given), shapes_, words_);
  if (!tree) return fail(std::move(tree.error()));
  auto places = std::make_shared<Places>();
  Json document = write_node(*tree, *places, true);
  Shaped shaped{
      std::move(document), [places](const std::string& pointer) { return places->of(pointer); }, {}};
  note_read(*tree, shaped.notes);
  shaped.placeless = "assumed";
  return shaped;
}

std::optional<Shaped> FhirBundleForm::give(const JsonValue& tree) const {
  const TreeNode bundle = give_bundle(TreeNode::read(tree), shapes_, words_);
  auto places = std::make_shared<Places>();
  Json document = write_node(bundle, *places, false);
  Shaped shaped{
      std::move(document), [places](const std::string& pointer) { return places->of(pointer); }, {}};
  note_made(bundle, "", shaped.notes);
  set_review_places(shaped.tree, *places);
  return shaped;
}

Result<Shaped> FhirBundleForm::read(std::string_view text) const {
  JsonLimits limits;
  limits.fractions_as_text = true;
  auto document = parse_json(text, limits);
  if (!document) return fail(std::move(document.error()));
  auto shaped = take(*document);
  if (!shaped) return fail(std::move(shaped.error()));
  return std::move(**shaped);
}

}  // namespace hotline
