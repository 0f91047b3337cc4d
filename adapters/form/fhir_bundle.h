// The form "fhir_bundle": an HL7 FHIR R4 (4.0.1) Bundle, or one resource alone, and the tree that
// adapters/<profile>/schema.json speaks of:
//
//   bundle          the Bundle without its entries
//   referral        the ServiceRequest for the whole referral (its category says so), else what all have in
//   common task            the Task that follows it patients[]      each Patient; `person` is its id in the
//   record, `requests` its ServiceRequests,
//                   `related` and `relations` its RelatedPersons (the latter are other Patients of the
//                   Bundle)
//   consents[]      with `person`; communications[] with `persons` and `voice`
//   provenance, worker (a Practitioner who asked), others[]
//
// References become structure and back; adapters/<profile>/form.json lays out what is inside a resource. What
// a reader must not overlook (modifierExtension, implicitRules, doNotPerform) is refused with its place.
#pragma once

#include "adapters/form/fhir_words.h"
#include "adapters/form/form.h"

namespace hotline {

class FhirBundleForm final : public Form {
 public:
  // `folder` holds form.json. data_invalid when it does not read.
  static Result<std::shared_ptr<const Form>> load(const std::string& folder);

  std::string_view name() const override { return "fhir_bundle"; }
  Result<std::optional<Shaped>> take(const JsonValue& given) const override;
  std::optional<Shaped> give(const JsonValue& tree) const override;
  Result<Shaped> read(std::string_view text) const override;  // fractions are read as text

 private:
  FhirShapes shapes_;
  FhirWords words_;
};

}  // namespace hotline
