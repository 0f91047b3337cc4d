// What a field of the canonical record has to say of itself, beyond what a schema must: so that people can be
// shown it in their language, and so that it can be found in the other standards.
#pragma once

#include <vector>

#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

// Every field, section and definition without title or description in English, French or Spanish (x-title,
// x-description), without HTCDS 2.0 element (x-htcds) or FHIR R4 element (x-fhir; a name, a list, or "none");
// every leaf of a category that a consent can generalise without x-generalise on it or above it; and texts
// without x-text-status (draft, reviewed). Pointers go into the schema, which compiles. Order of the
// document.
std::vector<Fault> annotation_faults(const JsonValue& schema);

}  // namespace hotline
