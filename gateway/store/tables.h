// How each row lies in its table: the columns in order, the key first. Reading, writing and the row's MAC all
// follow from this one list.
#pragma once

#include "gateway/store/rows.h"

namespace hotline {

template <class Row>
struct Table;

// How many columns a row had when its table was first made. A later column that is empty is not covered by
// the row's MAC, so that rows from before the migration stay what they were; one that is not, is, with its
// name.
template <class Row>
inline constexpr int kFirstColumns = 1000;
template <>
inline constexpr int kFirstColumns<ReferralRow> = 19;

// HOTLINE_TABLE(row type, table, number of key columns, the columns by `f("name", row.member)`)
#define HOTLINE_TABLE(ROW, NAME, KEYS, ...)   \
  template <>                                 \
  struct Table<ROW> {                         \
    static constexpr const char* name = NAME; \
    static constexpr int keys = KEYS;         \
    template <class R, class F>               \
    static void columns(R& row, F&& f) {      \
      __VA_ARGS__;                            \
    }                                         \
  }

HOTLINE_TABLE(ReferralRow, "referral", 1, f("id", row.id), f("submission", row.submission),
              f("client", row.client), f("peer", row.peer), f("direction", row.direction),
              f("status", row.status), f("urgency", row.urgency), f("purpose", row.purpose),
              f("recipient_policy", row.recipient_policy), f("profile", row.profile),
              f("consents", row.consents), f("version", row.version), f("sent_sequence", row.sent_sequence),
              f("seen_sequence", row.seen_sequence), f("created", row.created), f("updated", row.updated),
              f("until", row.until), f("record", row.record), f("handling", row.handling),
              f("onward_of", row.onward_of), f("terms", row.terms), f("hold", row.hold),
              f("hold_until", row.hold_until), f("contact_rules", row.contact_rules), f("stage", row.stage),
              f("handover", row.handover), f("handover_from", row.handover_from),
              f("handover_until", row.handover_until));
HOTLINE_TABLE(OutboxRow, "outbox", 1, f("message", row.message), f("referral", row.referral),
              f("peer", row.peer), f("kind", row.kind), f("priority", row.priority), f("state", row.state),
              f("created", row.created), f("until", row.until), f("next_attempt", row.next_attempt),
              f("attempts", row.attempts), f("last_error", row.last_error),
              f("sealed_sha256", row.sealed_sha256), f("sealed", row.sealed), f("log_index", row.log_index));
HOTLINE_TABLE(InboxRow, "inbox", 2, f("sender", row.sender), f("message", row.message),
              f("cursor", row.cursor), f("referral", row.referral), f("priority", row.priority),
              f("state", row.state), f("received", row.received), f("until", row.until),
              f("sealed_sha256", row.sealed_sha256), f("canonical", row.canonical),
              f("national", row.national), f("log_index", row.log_index), f("leaf_hash", row.leaf_hash));
HOTLINE_TABLE(ReplayRow, "replay", 2, f("sender", row.sender), f("message", row.message), f("kind", row.kind),
              f("sealed_sha256", row.sealed_sha256), f("received", row.received), f("result", row.result),
              f("log_index", row.log_index), f("leaf_hash", row.leaf_hash),
              f("forget_after", row.forget_after));
HOTLINE_TABLE(TimelineRow, "timeline", 2, f("referral", row.referral), f("step", row.step),
              f("status", row.status), f("at", row.at), f("by", row.by), f("reason", row.reason),
              f("next_option", row.next_option), f("message", row.message));
HOTLINE_TABLE(ReceiptRow, "receipt", 1, f("message", row.message), f("referral", row.referral),
              f("sender", row.from), f("at", row.at), f("token", row.token));
HOTLINE_TABLE(ConsentRow, "consent", 2, f("id", row.id), f("version", row.version), f("state", row.state),
              f("client", row.client), f("at", row.at), f("until", row.until), f("record", row.record));
HOTLINE_TABLE(WithdrawnConsentRow, "withdrawn_consent", 1, f("id", row.id), f("at", row.at), f("by", row.by),
              f("stage", row.stage));
HOTLINE_TABLE(RecallRow, "recall", 1, f("referral", row.referral), f("peer", row.peer),
              f("direction", row.direction), f("stage", row.stage), f("message", row.message),
              f("at", row.at), f("asked", row.asked), f("proved", row.proved), f("proof", row.proof),
              f("system", row.system), f("downstream", row.downstream), f("proven", row.proven),
              f("escalated", row.escalated), f("cascade", row.cascade));
HOTLINE_TABLE(DeadlineRow, "deadline", 2, f("referral", row.referral), f("step", row.step),
              f("peer", row.peer), f("direction", row.direction), f("due", row.due), f("met", row.met),
              f("told", row.told));
HOTLINE_TABLE(EventRow, "event", 1, f("cursor", row.cursor), f("at", row.at), f("kind", row.kind),
              f("audience", row.audience), f("referral", row.referral), f("consent", row.consent),
              f("peer", row.peer), f("code", row.code));
HOTLINE_TABLE(WordsRow, "words", 1, f("consent", row.consent), f("code", row.code), f("word", row.word),
              f("duress", row.duress), f("at", row.at));
HOTLINE_TABLE(CodeRequestRow, "code_request", 1, f("id", row.id), f("peer", row.from), f("code", row.code),
              f("word", row.word), f("at", row.at));
HOTLINE_TABLE(AttestationRow, "attestation", 1, f("id", row.id), f("ground", row.ground),
              f("recipient", row.recipient), f("recipient_role", row.recipient_role),
              f("categories", row.categories), f("persons", row.persons), f("attested_by", row.attested_by),
              f("staff_role", row.staff_role), f("at", row.at), f("until", row.until));
HOTLINE_TABLE(IdempotencyRow, "idempotency", 2, f("client", row.client), f("key_hash", row.key_hash),
              f("fingerprint", row.fingerprint), f("status", row.status), f("media_type", row.media_type),
              f("response", row.response), f("created", row.created), f("expires", row.expires));
HOTLINE_TABLE(DecisionRow, "decision", 1, f("id", row.id), f("log_index", row.log_index));
HOTLINE_TABLE(SettingRow, "setting", 1, f("name", row.name), f("value", row.value));

#undef HOTLINE_TABLE

}  // namespace hotline
