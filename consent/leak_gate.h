// A second pair of eyes. Re-reads a finished disclosure, as bytes, against every value of the record that the
// decision does not let go. It shares nothing with the narrative's scanner: it folds, splits and matches in
// its own way, so that a mistake would have to be made twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/record/referral.h"
#include "config/schema.h"
#include "consent/decision.h"
#include "i18n/base/result.h"

namespace hotline {

struct GateReport {
  std::vector<std::string> fields;      // pointers into the disclosure of fields that hold a withheld value
  std::vector<std::size_t> narratives;  // indices of narratives that do, rising
  bool clean() const { return fields.empty() && narratives.empty(); }
};

// `bytes` is the canonical record as it would be sealed (the member "referral" of the disclosure). Values are
// compared as whole tokens, numbers by their digits, and from six characters on also inside a token. What is
// granted to somebody of the group is no hit anywhere in the disclosure. Fails with data_invalid when the
// bytes are no record.
Result<GateReport> leak_gate(std::string_view bytes, const Referral& source, const Schema& schema,
                             const Decision& decision, const Group& group);

}  // namespace hotline
