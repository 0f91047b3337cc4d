// A referral may go in two stages: first what help is needed and nobody's name, then, when the other side has
// accepted and a warm hand-over is agreed, the rest of what was decided.
#pragma once

#include <optional>
#include <string_view>

#include "config/policy.h"
#include "consent/decision.h"

namespace hotline {

enum class Stage {
  whole,         // all at once
  pseudonymous,  // the first of two
  complete,      // the second: stands in the place of the first
};
std::string_view to_string(Stage stage);  // "" of whole
std::optional<Stage> stage_from(std::string_view text);

// What of a decision goes in the first stage: of each category the lower of what was decided and what the
// base policy lets into it. Never more than the decision; nobody may pass it on.
Decision first_stage(Decision decision, const Policy& base);

}  // namespace hotline
