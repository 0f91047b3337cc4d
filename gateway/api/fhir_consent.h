// One consent as a FHIR R4 Consent, through the data of the fhir profile: the resource is wrapped in the
// smallest Bundle that the profile reads, and taken out of the Bundle that it writes. No second mapping.
#pragma once

#include <string>
#include <vector>

#include "adapters/engine/profiles.h"
#include "i18n/base/clock.h"

namespace hotline {

// The profile that this is done with.
inline constexpr std::string_view kFhirProfile = "fhir";

struct FromFhir {
  Json consent;                      // as in /consents of the canonical record
  std::vector<std::string> dropped;  // places of the resource that a consent of ours has no room for
  MappingReport report;              // for places_in_resource
};
// `patient` names the person by reference ("Patient/p1") or identifier. A pointer of an error is one into the
// resource. What could narrow what was agreed and has no place here refuses (fhir_refusals.h).
Result<FromFhir> consent_from_fhir(const Profile& fhir, const JsonValue& resource, Instant now);
// An error about the consent, said as one about the resource that it came from.
Error places_in_resource(Error error, const MappingReport& report);

// The person is a local identifier, never a link to a Patient: nothing here says more of anybody.
Result<Json> consent_to_fhir(const Profile& fhir, const Schema& canonical, const JsonValue& consent,
                             std::int64_t version);

}  // namespace hotline
