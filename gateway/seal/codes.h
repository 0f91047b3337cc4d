// The closed vocabularies of what travels between gateways.
#pragma once

#include <optional>
#include <string_view>

namespace hotline {

// One `typ` each: a token of one kind is never taken for another (RFC 8725 section 3.11).
enum class MessageKind { referral, status, withdrawal, purge, receipt, handoff, message, registry, consent };
std::string_view to_string(MessageKind kind);                            // "referral"
std::string_view token_type(MessageKind kind);                           // "referral+jwt"
std::optional<MessageKind> message_kind_from(std::string_view text);     // from the name
std::optional<MessageKind> message_kind_of_type(std::string_view type);  // from the `typ`

// The codes of `referral_status` in the shared terminology, in its order.
enum class ReferralStatus {
  draft,
  consent_pending,
  ready,
  sent,
  delivered,
  acknowledged,
  more_info_requested,
  accepted,
  waitlisted,
  declined_capacity,
  declined_scope,
  declined_eligibility,
  redirected,
  in_service,
  completed,
  contact_paused,
  closed_no_contact,
  withdrawn_by_person,
  revoked_by_sender,
  expired,
  failed_delivery,
  refused_by_policy,
};
std::string_view to_string(ReferralStatus status);
std::optional<ReferralStatus> referral_status_from(std::string_view text);

// Why a control message was sent. Says nothing about the person.
enum class ControlReason {
  none,
  no_space,
  service_not_offered,
  rules_not_met,
  needs_more_information,
  person_withdrew,
  consent_expired,
  sender_recalled,
  time_over,
  not_reached,
  unsafe_to_contact,
  entered_in_error,
  key_destroyed,       // purge: it was held and can no longer be read
  nothing_held,        // purge: nothing of it was held any more
  system_erased,       // purge: the hotline's own system has attested that it erased it
  kept_by_law,         // purge: the hotline's own system must keep a part
  withdrawal_pending,  // withdrawal: stop and show nothing; destroyed on confirmation or after a day
  withdrawal_lifted,   // withdrawal: it was not the person; everything stands as before
  code_given,          // withdrawal: a receipt code was said at another hotline; names no referral
  downstream_proven,   // purge: more of those behind the receiver have proven it
  narrative_opened,    // status: somebody there has opened what the person told; nothing else changes
  taken_by_system,     // status: the receiving hotline's system has taken the record; no human's word
};
// One that only a gateway sets, about what it did itself; nobody may name it as the reason of a status.
bool is_gateways_own(ControlReason reason);
std::string_view to_string(ControlReason reason);
std::optional<ControlReason> control_reason_from(std::string_view text);

// Of the system behind a gateway, which may have taken a copy: nothing was ever taken from the gateway; asked
// to erase; what it has attested.
enum class SystemPurge { untouched, asked, erased, kept_by_law };
std::string_view to_string(SystemPurge state);
std::optional<SystemPurge> system_purge_from(std::string_view text);

// What became of a message at its receiver.
enum class ReceiptResult { stored, applied, superseded, refused };
std::string_view to_string(ReceiptResult result);
std::optional<ReceiptResult> receipt_result_from(std::string_view text);

}  // namespace hotline
