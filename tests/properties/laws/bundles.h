// FHIR Bundles: a generated record as we write it, and then as others would have: in another order, with
// other references, identifiers, codings, extensions and resources, or with parts of it missing.
#pragma once

#include "tests/properties/laws/draw.h"
#include "tests/properties/laws/world.h"

namespace hotline::laws {

// `profile`: one whose form is fhir_bundle.
Json bundle(const std::string& profile, std::uint64_t seed);

}  // namespace hotline::laws
