#include "gateway/referral/state.h"

namespace hotline {
namespace {

using S = ReferralStatus;

// How far along a step is. Steps of the receiver may be taken in any order from `delivered` on, because
// hotlines work that way (a bed is found, lost, found again); only the ends are ends.
bool is_with_receiver(S status) {
  switch (status) {
    case S::delivered:
    case S::acknowledged:
    case S::more_info_requested:
    case S::accepted:
    case S::waitlisted:
    case S::declined_capacity:
    case S::declined_scope:
    case S::declined_eligibility:
    case S::redirected:
    case S::in_service:
    case S::contact_paused:
      return true;
    default:
      return false;
  }
}

bool is_receivers_word(S status) {
  switch (status) {
    case S::acknowledged:
    case S::more_info_requested:
    case S::accepted:
    case S::waitlisted:
    case S::declined_capacity:
    case S::declined_scope:
    case S::declined_eligibility:
    case S::redirected:
    case S::in_service:
    case S::contact_paused:
    case S::completed:
    case S::closed_no_contact:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool is_over(S status) {
  switch (status) {
    case S::completed:
    case S::closed_no_contact:
    case S::withdrawn_by_person:
    case S::revoked_by_sender:
    case S::expired:
    case S::failed_delivery:
    case S::refused_by_policy:
      return true;
    default:
      return false;
  }
}

bool is_decline(S status) {
  return status == S::declined_capacity || status == S::declined_scope || status == S::declined_eligibility;
}

bool may_say(Side side, S wanted) {
  return side == Side::receiver ? is_receivers_word(wanted) : wanted == S::revoked_by_sender;
}

bool may_follow(S now, S wanted) {
  if (now == wanted) return true;
  // A person may withdraw at any time, from what is over as well: the peer may still hold something.
  if (wanted == S::withdrawn_by_person) return true;
  if (is_over(now)) return false;
  switch (wanted) {
    case S::draft:
    case S::consent_pending:
    case S::ready:
      return false;
    case S::sent:
      return now == S::draft || now == S::consent_pending || now == S::ready;
    case S::delivered:
      return now == S::sent;
    case S::acknowledged:
      // Somebody has read it: nothing that was said after reading is undone by that.
      return now == S::sent || now == S::delivered;
    case S::failed_delivery:
    case S::refused_by_policy:
      return !is_with_receiver(now) || now == S::delivered;
    case S::revoked_by_sender:
    case S::expired:
      return true;
    default:
      // The receiver's word may overtake its own receipt.
      return is_receivers_word(wanted) && (is_with_receiver(now) || now == S::sent);
  }
}

Result<void> check_change(Side side, S now, S wanted) {
  if (!may_say(side, wanted)) return fail(ErrorCode::value_not_allowed, "/status", "status");
  if (!may_follow(now, wanted))
    return fail(ErrorCode::state_conflict, "/status", std::string(to_string(now)));
  return {};
}

ControlReason default_reason(S status) {
  switch (status) {
    case S::declined_capacity:
      return ControlReason::no_space;
    case S::declined_scope:
      return ControlReason::service_not_offered;
    case S::declined_eligibility:
      return ControlReason::rules_not_met;
    case S::more_info_requested:
      return ControlReason::needs_more_information;
    case S::closed_no_contact:
      return ControlReason::not_reached;
    case S::contact_paused:
      return ControlReason::unsafe_to_contact;
    case S::withdrawn_by_person:
      return ControlReason::person_withdrew;
    case S::revoked_by_sender:
      return ControlReason::sender_recalled;
    case S::expired:
      return ControlReason::time_over;
    default:
      return ControlReason::none;
  }
}

}  // namespace hotline
