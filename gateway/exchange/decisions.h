// Past decisions, from the log: what was decided, from which facts, and whether it comes out the same today.
#pragma once

#include <optional>
#include <string>

#include "consent/decide.h"
#include "gateway/exchange/context.h"

namespace hotline {

enum class Replay {
  same,
  policy_version,  // another version of a policy is in force than was then: nothing is compared
  differs,         // the same policies, another decision: one of the two was not made by this program
  no_facts,        // logged without facts
};
std::string_view to_string(Replay replay);

struct PastDecision {
  std::string id;
  std::uint64_t log_index = 0;
  Json decision;  // Decision::to_json, persons as numbers in the order of the record
  Replay replay = Replay::no_facts;
};

// not_found; state_conflict ("decision_log_changed") when the log's entry is not the one that was committed
// to.
Result<PastDecision> past_decision(const ExchangeContext& context, const std::string& id);

// What that decision was made from; nothing when it is not known or was logged without. state_conflict as
// above.
Result<std::optional<Facts>> past_facts(const ExchangeContext& context, const std::string& id);

// The decision over logged facts against what was logged with them.
Replay replay(const JsonValue& logged_decision, const JsonValue* logged_facts, const Policies& policies);

}  // namespace hotline
