// From a Bundle to the tree.
#pragma once

#include "adapters/form/fhir_words.h"

namespace hotline {

// Refused: no resource, nobody whom the referral is about (field_missing), a subject that is not a Patient
// (value_not_allowed) or not in the Bundle (reference_broken), and what must not be overlooked.
Result<TreeNode> take_bundle(TreeNode given, const FhirShapes& shapes, const FhirWords& words);

}  // namespace hotline
