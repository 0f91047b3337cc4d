#include "gateway/referral/crisis.h"

#include <algorithm>

#include "gateway/referral/state.h"

namespace hotline {
namespace {

using S = ReferralStatus;

constexpr std::array<std::pair<CrisisStep, std::string_view>, 7> kNames = {
    {{CrisisStep::acknowledge, "acknowledge"},
     {CrisisStep::escalate_first, "escalate_first"},
     {CrisisStep::accept, "accept"},
     {CrisisStep::escalate_again, "escalate_again"},
     {CrisisStep::second_partner, "second_partner"},
     {CrisisStep::next_option, "next_option"},
     {CrisisStep::delivery, "delivery"}}};

// It did not arrive, or was refused: nobody has it, so the sender's alarm goes on.
bool is_undelivered(S status) {
  return status == S::failed_delivery || status == S::refused_by_policy;
}

bool is_taken(S status) {
  return status == S::accepted || status == S::in_service;
}

bool is_answered(S status) {
  return is_taken(status) || is_decline(status) || status == S::redirected;
}

bool is_seen(S status, bool by_human) {
  return is_answered(status) || status == S::more_info_requested || status == S::waitlisted ||
         status == S::contact_paused || (by_human && status == S::acknowledged);
}

bool is_before_arrival(S status) {
  return status == S::draft || status == S::consent_pending || status == S::ready || status == S::sent;
}

}  // namespace

std::string_view to_string(CrisisStep step) {
  for (const auto& [value, name] : kNames) {
    if (value == step) return name;
  }
  return {};
}

std::optional<CrisisStep> crisis_step_from(std::string_view text) {
  for (const auto& [value, name] : kNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

CrisisClocks stricter(const CrisisClocks& one, const CrisisClocks& other) {
  return {std::min(one.acknowledge, other.acknowledge), std::min(one.accept, other.accept),
          std::min(one.escalate_first, other.escalate_first),
          std::min(one.escalate_again, other.escalate_again),
          std::min(one.second_partner, other.second_partner)};
}

CrisisTimes crisis_times(const CrisisClocks& clocks, Instant start) {
  return {start.plus_seconds(clocks.acknowledge), start.plus_seconds(clocks.escalate_first),
          start.plus_seconds(clocks.accept), start.plus_seconds(clocks.escalate_again),
          start.plus_seconds(clocks.second_partner)};
}

CrisisTimes earlier(const CrisisTimes& one, const CrisisTimes& other) {
  return {std::min(one.acknowledge, other.acknowledge), std::min(one.escalate_first, other.escalate_first),
          std::min(one.accept, other.accept), std::min(one.escalate_again, other.escalate_again),
          std::min(one.second_partner, other.second_partner)};
}

std::array<TimedStep, 5> timed_steps(const CrisisTimes& times) {
  return {{{CrisisStep::acknowledge, times.acknowledge},
           {CrisisStep::escalate_first, times.escalate_first},
           {CrisisStep::accept, times.accept},
           {CrisisStep::escalate_again, times.escalate_again},
           {CrisisStep::second_partner, times.second_partner}}};
}

bool ends(CrisisStep step, S status, bool by_human) {
  if (step == CrisisStep::delivery) return !is_before_arrival(status) && !is_undelivered(status);
  if (is_over(status)) return true;
  switch (step) {
    case CrisisStep::acknowledge:
    case CrisisStep::escalate_first:
      return is_seen(status, by_human);
    case CrisisStep::next_option:
      return is_taken(status);
    default:
      return is_answered(status);
  }
}

}  // namespace hotline
