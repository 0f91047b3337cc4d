#include "adapters/form/fhir_check.h"

#include <algorithm>
#include <array>

namespace hotline {

namespace {

bool is_used(std::string_view type) {
  constexpr std::array<std::string_view, 8> kUsed{"ServiceRequest", "Task",        "Patient",
                                                  "RelatedPerson",  "Consent",     "Communication",
                                                  "Provenance",     "Practitioner"};
  return std::find(kUsed.begin(), kUsed.end(), type) != kUsed.end();
}

}  // namespace

Result<void> check_bundle(const TreeNode& bundle, const FhirIndex& index) {
  const auto rules = [](const TreeNode& resource) -> Result<void> {
    for (const auto& [name, word] :
         {std::pair{"implicitRules", "implicit_rules"}, {"modifierExtension", "modifier_extension"}})
      if (const TreeNode* node = resource.find(name); node != nullptr)
        return fail(ErrorCode::value_not_allowed, node->origin.value_or(""), word);
    return {};
  };
  if (auto done = rules(bundle); !done) return done;
  const auto& entries = index.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const FhirIndex::Entry& entry = entries[i];
    if (!is_used(entry.type)) continue;
    // One who may be either of two is nobody: nothing is told of the wrong one.
    if (const TreeNode* two = index.ambiguous(entry.resource, i))
      return fail(ErrorCode::reference_broken, two->origin.value_or(""), "one_resource");
    if (auto done = rules(entry.resource); !done) return done;
    const TreeNode* refrain = entry.resource.find("doNotPerform");
    if (refrain != nullptr && refrain->scalar == TreeNode::Scalar(true))
      return fail(ErrorCode::value_not_allowed, refrain->origin.value_or(""), "do_not_perform");
  }
  return {};
}

}  // namespace hotline
