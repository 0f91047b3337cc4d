// A compiled mapping at work: national record <-> canonical record, with the report. Linear in the record.
#pragma once

#include "adapters/engine/plan.h"
#include "adapters/engine/report.h"
#include "i18n/codes.h"

namespace hotline {

// A coded field that the national record leaves empty, and the review entry that waits for it ("": none).
struct Missing {
  Spot canonical, national;  // of the report's trail
  std::string review;
};

struct Translated {
  Json record;
  MappingReport report;
  std::vector<Missing> missing = {};  // inbound
};

// `national` has passed the profile's schema. Refused with the pointer into it when a converter cannot read a
// value. The result has not been checked against the canonical schema yet.
Result<Translated> read_national(const Plan& plan, const JsonValue& national);

// `canonical` is a valid referral; labels in `reader`. Never fails: what the national form cannot say is in
// the report.
Translated write_national(const Plan& plan, const JsonValue& canonical, const LanguageTag& reader,
                          const CodeSystems& codes);

}  // namespace hotline
