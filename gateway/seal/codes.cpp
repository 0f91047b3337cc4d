#include "gateway/seal/codes.h"

#include <array>
#include <utility>

namespace hotline {
namespace {

template <class T, std::size_t N>
using Names = std::array<std::pair<T, std::string_view>, N>;

template <class T, std::size_t N>
constexpr std::string_view name_in(const Names<T, N>& names, T value) {
  for (const auto& [each, name] : names) {
    if (each == value) return name;
  }
  return "?";
}

template <class T, std::size_t N>
constexpr std::optional<T> value_in(const Names<T, N>& names, std::string_view text) {
  for (const auto& [each, name] : names) {
    if (name == text) return each;
  }
  return std::nullopt;
}

constexpr Names<MessageKind, 9> kTypes{{
    {MessageKind::referral, "referral+jwt"},
    {MessageKind::status, "status+jwt"},
    {MessageKind::withdrawal, "withdrawal+jwt"},
    {MessageKind::purge, "purge+jwt"},
    {MessageKind::receipt, "receipt+jwt"},
    {MessageKind::handoff, "handoff+jwt"},
    {MessageKind::message, "message+jwt"},
    {MessageKind::registry, "registry+jwt"},
    {MessageKind::consent, "consent+jwt"},
}};
constexpr std::string_view kSuffix = "+jwt";

constexpr Names<ReferralStatus, 22> kStatuses{{
    {ReferralStatus::draft, "draft"},
    {ReferralStatus::consent_pending, "consent_pending"},
    {ReferralStatus::ready, "ready"},
    {ReferralStatus::sent, "sent"},
    {ReferralStatus::delivered, "delivered"},
    {ReferralStatus::acknowledged, "acknowledged"},
    {ReferralStatus::more_info_requested, "more_info_requested"},
    {ReferralStatus::accepted, "accepted"},
    {ReferralStatus::waitlisted, "waitlisted"},
    {ReferralStatus::declined_capacity, "declined_capacity"},
    {ReferralStatus::declined_scope, "declined_scope"},
    {ReferralStatus::declined_eligibility, "declined_eligibility"},
    {ReferralStatus::redirected, "redirected"},
    {ReferralStatus::in_service, "in_service"},
    {ReferralStatus::completed, "completed"},
    {ReferralStatus::contact_paused, "contact_paused"},
    {ReferralStatus::closed_no_contact, "closed_no_contact"},
    {ReferralStatus::withdrawn_by_person, "withdrawn_by_person"},
    {ReferralStatus::revoked_by_sender, "revoked_by_sender"},
    {ReferralStatus::expired, "expired"},
    {ReferralStatus::failed_delivery, "failed_delivery"},
    {ReferralStatus::refused_by_policy, "refused_by_policy"},
}};

constexpr Names<ControlReason, 22> kReasons{{
    {ControlReason::none, "none"},
    {ControlReason::no_space, "no_space"},
    {ControlReason::service_not_offered, "service_not_offered"},
    {ControlReason::rules_not_met, "rules_not_met"},
    {ControlReason::needs_more_information, "needs_more_information"},
    {ControlReason::person_withdrew, "person_withdrew"},
    {ControlReason::consent_expired, "consent_expired"},
    {ControlReason::sender_recalled, "sender_recalled"},
    {ControlReason::time_over, "time_over"},
    {ControlReason::not_reached, "not_reached"},
    {ControlReason::unsafe_to_contact, "unsafe_to_contact"},
    {ControlReason::entered_in_error, "entered_in_error"},
    {ControlReason::key_destroyed, "key_destroyed"},
    {ControlReason::nothing_held, "nothing_held"},
    {ControlReason::system_erased, "system_erased"},
    {ControlReason::kept_by_law, "kept_by_law"},
    {ControlReason::withdrawal_pending, "withdrawal_pending"},
    {ControlReason::withdrawal_lifted, "withdrawal_lifted"},
    {ControlReason::code_given, "code_given"},
    {ControlReason::downstream_proven, "downstream_proven"},
    {ControlReason::narrative_opened, "narrative_opened"},
    {ControlReason::taken_by_system, "taken_by_system"},
}};

constexpr Names<SystemPurge, 4> kSystems{{
    {SystemPurge::untouched, "untouched"},
    {SystemPurge::asked, "asked"},
    {SystemPurge::erased, "erased"},
    {SystemPurge::kept_by_law, "kept_by_law"},
}};

constexpr Names<ReceiptResult, 4> kResults{{
    {ReceiptResult::stored, "stored"},
    {ReceiptResult::applied, "applied"},
    {ReceiptResult::superseded, "superseded"},
    {ReceiptResult::refused, "refused"},
}};

}  // namespace

std::string_view token_type(MessageKind kind) {
  return name_in(kTypes, kind);
}
std::optional<MessageKind> message_kind_of_type(std::string_view type) {
  return value_in(kTypes, type);
}
std::string_view to_string(MessageKind kind) {
  const std::string_view type = token_type(kind);
  return type.substr(0, type.size() - kSuffix.size());
}
std::optional<MessageKind> message_kind_from(std::string_view text) {
  for (const auto& [kind, type] : kTypes) {
    if (type.substr(0, type.size() - kSuffix.size()) == text) return kind;
  }
  return std::nullopt;
}
std::string_view to_string(ReferralStatus status) {
  return name_in(kStatuses, status);
}
std::optional<ReferralStatus> referral_status_from(std::string_view text) {
  return value_in(kStatuses, text);
}
std::string_view to_string(ControlReason reason) {
  return name_in(kReasons, reason);
}
std::optional<ControlReason> control_reason_from(std::string_view text) {
  return value_in(kReasons, text);
}
bool is_gateways_own(ControlReason reason) {
  switch (reason) {
    case ControlReason::key_destroyed:
    case ControlReason::nothing_held:
    case ControlReason::system_erased:
    case ControlReason::kept_by_law:
    case ControlReason::withdrawal_pending:
    case ControlReason::withdrawal_lifted:
    case ControlReason::code_given:
    case ControlReason::downstream_proven:
    case ControlReason::narrative_opened:
    case ControlReason::taken_by_system:
      return true;
    default:
      return false;
  }
}
std::string_view to_string(SystemPurge state) {
  return name_in(kSystems, state);
}
std::optional<SystemPurge> system_purge_from(std::string_view text) {
  return value_in(kSystems, text);
}
std::string_view to_string(ReceiptResult result) {
  return name_in(kResults, result);
}
std::optional<ReceiptResult> receipt_result_from(std::string_view text) {
  return value_in(kResults, text);
}

}  // namespace hotline
