// What a FHIR Consent may say that a consent of ours cannot hold. Whatever may narrow and is not understood
// refuses the whole: an import that overlooks a "no", a second recipient or a limit would share what nobody
// agreed to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/clock.h"
#include "i18n/base/json.h"

namespace hotline {

// Of every Consent, before it is read: a status that can be none, an extension of ours given twice with two
// values, what changes the meaning of the rest (modifierExtension, implicitRules) at any depth. The pointer
// is one into the resource; `expected` names the words (error.value_not_allowed.consent_...).
Result<void> check_fhir_consent(const JsonValue& resource);

// After it was read: `state` is what was understood, `dropped` the places that the profile has no room for.
// Status and state have to agree; and of a consent that grants (given, renewed), nothing may be left over
// that could narrow it. Takes the places out of `dropped` that were understood here.
Result<void> check_fhir_grant(const JsonValue& resource, std::string_view state, Instant now,
                              std::vector<std::string>& dropped);

}  // namespace hotline
