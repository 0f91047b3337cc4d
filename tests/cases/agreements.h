// Consents for examples that have none: tests/cases/agreed.json, and those that a generator makes.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/record/referral.h"
#include "config/registry.h"
#include "i18n/base/clock.h"
#include "i18n/base/json.h"

namespace hotline::testing_world {

struct Agreement {
  std::vector<std::pair<std::string, std::string>> levels;               // category -> level
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;  // categories of which only these go
  std::vector<std::string> onward;
  int days = 30;
};
std::vector<Agreement> agreements();  // of the file

// Whether the record says anything about consent to this member.
bool asked_about(const Referral& referral, const Member& recipient);

// The record once more, in which the `i`-th person has agreed to `agreed[i]` with `recipient`, an hour before
// `now`; nobody else has agreed to anything with it.
Referral with_agreements(const Referral& referral, const Member& recipient, std::string_view purpose,
                         const std::vector<std::optional<Agreement>>& agreed, Instant now);

}  // namespace hotline::testing_world
