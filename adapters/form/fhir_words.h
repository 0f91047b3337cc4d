// What the two halves of the FHIR form share: the shapes of form.json and the names that it gives.
#pragma once

#include <map>
#include <string>

#include "adapters/form/shape_rules.h"

namespace hotline {

using FhirShapes = std::map<std::string, Shape, std::less<>>;  // by resourceType

struct FhirWords {
  std::string
      referral_category;      // beginning of the category token that marks the request for the whole referral
  std::string person_system;  // of the identifier that is a person's id in the record
};

}  // namespace hotline
