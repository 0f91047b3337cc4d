// What a Bundle says of its own contents that it no longer holds.
#pragma once

#include <string_view>

#include "adapters/form/fhir_index.h"

namespace hotline {

// Entries that are to be deleted, were entered in error, or ask for what is no longer asked for are `over`:
// they lose their type, so that nobody reads them. A request that was fulfilled is still told of where a Task
// follows it. Refused, value_not_allowed: every request of the Bundle is over.
Result<void> retract(FhirIndex& index);

// Takes out of a person's names, addresses and telecoms those whose period ended before `today` (YYYY-MM-DD):
// a name becomes an old one, the others stand in `former`, where nobody takes them for current.
void put_ended_aside(TreeNode& person, std::string_view today);

}  // namespace hotline
