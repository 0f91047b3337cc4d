// Finds what identifies somebody in free text, whatever its language: what is known of the case in any
// disguise, and what is known from nowhere. Deterministic, offline, linear in the text.
#pragma once

#include <string_view>
#include <vector>

#include "consent/scan/known_values.h"
#include "consent/scan/scan_data.h"
#include "consent/scan/span.h"
#include "consent/values.h"
#include "i18n/base/ids.h"

namespace hotline {

class Scanner {
 public:
  // `data` outlives the scanner. `known` is what the record says, with how each value is recognised.
  Scanner(const ScanData& data, const std::vector<FindableValue>& known);

  // Rising, not overlapping. `language` is what the text says of itself: a hint for what is ambiguous, never
  // a reason not to look. `work`, if given, counts the steps.
  std::vector<FoundSpan> scan(std::string_view text, const LanguageTag& language,
                              std::size_t* work = nullptr) const;

 private:
  const ScanData& data_;
  KnownValues known_;
};

}  // namespace hotline
