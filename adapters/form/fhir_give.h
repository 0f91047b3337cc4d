// From the tree to a Bundle.
#pragma once

#include "adapters/form/fhir_words.h"
#include "adapters/form/form.h"

namespace hotline {

// fullUrls are urn:uuid, made from the ids in the record alone: the same record gives the same Bundle, and no
// id tells anything about a person.
TreeNode give_bundle(TreeNode tree, const FhirShapes& shapes, const FhirWords& words);

// A note for each leaf that the form made itself.
void note_made(const TreeNode& node, const std::string& pointer, std::vector<FormNote>& notes);

// The list of codes to review names places of the tree; a reader of the Bundle needs places of the Bundle.
void set_review_places(Json& bundle, const Places& places);

}  // namespace hotline
