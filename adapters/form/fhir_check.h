// What FHIR says that a reader must not overlook, and what could be said of the wrong person.
#pragma once

#include "adapters/form/fhir_index.h"

namespace hotline {

// Refused: rules and modifiers that we do not know, a request not to do something (value_not_allowed), and a
// reference that may mean either of two resources (reference_broken). Only of resources that are read.
Result<void> check_bundle(const TreeNode& bundle, const FhirIndex& index);

}  // namespace hotline
