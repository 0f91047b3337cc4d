// What the store keeps, one struct per table. Everything about a person lies in payloads, encrypted each
// under its own key; the rows hold ids, closed codes, times and digests only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/seal/codes.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"

namespace hotline {

using PayloadId = Strong<struct PayloadIdTag, std::string>;  // UUIDv4; empty: no payload (any more)

enum class Direction { outbound, inbound };
enum class OutboxState { queued, delivered, failed, expired, cancelled };
enum class InboxState { waiting, acknowledged, returned, expired, purged };

struct ReferralRow {  // key: id
  ReferralId id;
  std::string submission;  // outbound: UUID of the call that made it (several groups of one record share it,
                           // here only)
  std::string client;      // outbound: the client system that submitted it
  MemberId peer;
  Direction direction = Direction::outbound;
  ReferralStatus status = ReferralStatus::draft;
  std::string urgency;
  std::string purpose;
  std::string recipient_policy;  // outbound: the policy version that the peer had signed when it was decided
  std::string profile;           // the hotline's own profile of the record, e.g. "us"
  std::vector<ConsentId> consents;
  std::int64_t version = 0;        // rises with each change: the ETag
  std::int64_t sent_sequence = 0;  // last control sequence sent / seen, per side
  std::int64_t seen_sequence = 0;
  Instant created;
  Instant updated;
  Instant until;         // when what was granted ends
  PayloadId record;      // outbound: what consent must be asked again with; may be empty
  std::string handling;  // handoff state and the like, a closed code of the exchange; may be empty
  // From here on: columns of a later migration (store/tables.h, kFirstColumns).
  ReferralId onward_of;  // outbound: the received referral that this one passes on; empty: none
  std::string terms;  // inbound: what was agreed for it, JSON of closed codes, ids and instants; may be empty
  std::string hold;   // "withdrawal_pending": blocked, nothing may be read or done; ""
  Instant hold_until;       // when a held one is destroyed unless the hold is lifted; 0: not held
  PayloadId contact_rules;  // what a plan to contact the person is held to: closed codes and hours
                            // (consent/safe_contact.h), until it is over; may be empty
  std::string stage;        // of one in two stages: pseudonymous, complete; ""
  std::string
      handover;  // "agreed": the receiver has accepted, and both will hand the person over together; ""
  Instant handover_from, handover_until;  // when, as the receiver said; 0: nothing was said
};

struct OutboxRow {  // key: message
  MessageId message;
  ReferralId referral;
  MemberId peer;
  MessageKind kind = MessageKind::referral;
  int priority = 0;  // 0 crisis, 1 urgent, 2 routine: lower goes first
  OutboxState state = OutboxState::queued;
  Instant created;
  Instant until;
  Instant next_attempt;
  int attempts = 0;
  std::string last_error;       // name of an ErrorCode, or ""
  std::string sealed_sha256;    // hex
  PayloadId sealed;             // the sealed bytes, encrypted once more
  std::uint64_t log_index = 0;  // of the `send` entry
};

struct InboxRow {  // key: sender and message; `cursor` is given by the store and rises
  std::int64_t cursor = 0;
  MemberId sender;
  MessageId message;
  ReferralId referral;
  int priority = 0;
  InboxState state = InboxState::waiting;
  Instant received;
  Instant until;
  std::string sealed_sha256;    // hex, as received
  PayloadId canonical;          // the disclosure as it was signed
  PayloadId national;           // the record in our hotline's profile; may be empty
  std::uint64_t log_index = 0;  // of the `receive` entry
  std::string leaf_hash;        // hex
};

// Every message ever taken from a peer, so that a replay is answered and not repeated. key: sender and
// message.
struct ReplayRow {
  MemberId sender;
  MessageId message;
  MessageKind kind = MessageKind::referral;
  std::string sealed_sha256;  // the same id with other bytes is message_replayed
  Instant received;           // what the receipt says; the receipt can be made again from this row
  ReceiptResult result = ReceiptResult::stored;
  std::uint64_t log_index = 0;
  std::string leaf_hash;
  Instant forget_after;  // not before the token's exp plus tolerance
};

struct TimelineRow {  // key: referral and step
  ReferralId referral;
  std::int64_t step = 0;  // 0, 1, 2, ...; given by the store when -1
  ReferralStatus status = ReferralStatus::draft;
  Instant at;
  MemberId by;  // whose side moved
  ControlReason reason = ControlReason::none;
  MemberId next_option;  // may be empty
  MessageId message;     // what carried it; may be empty
};

struct ReceiptRow {  // key: message
  MessageId message;
  ReferralId referral;
  MemberId from;
  Instant at;
  std::string token;  // receipt+jwt, as verified
};

struct ConsentRow {  // key: id and version; a history, none is overwritten
  ConsentId id;
  std::int64_t version = 0;  // 0, 1, 2, ...; given by the store when -1
  std::string state;         // given, renewed, withdrawn, expired
  std::string client;
  Instant at;
  Instant until;
  PayloadId record;  // the consent record, encrypted; may be empty
};

struct WithdrawnConsentRow {  // key: id
  ConsentId id;
  Instant at;
  MemberId by;  // at which hotline it was withdrawn
  // What is in force, and whether every recipient has a durable message about it: pending (pending_told),
  // stopped (told), forced (forced_told), lifting (lifted).
  std::string stage;
};

// What has been taken back, and how far the proof of it has come. key: referral. Outbound: what its receiver
// has proven to us; inbound: what we have to prove to whoever sent it.
struct RecallRow {
  ReferralId referral;
  MemberId peer;
  Direction direction = Direction::outbound;
  std::string stage;                            // pending, lifted, confirmed
  MessageId message;                            // the newest message that took it back, sent or received
  Instant at;                                   // when it began
  Instant asked;                                // outbound: when the peer was last asked
  Instant proved;                               // 0: not yet
  std::string proof;                            // key_destroyed, nothing_held; "" while there is none
  SystemPurge system = SystemPurge::untouched;  // of the receiving hotline's own system
  std::int64_t downstream = 0;  // to how many hotlines the receiver, and those behind it, had passed it on
  std::int64_t proven = 0;      // how many of those have proven that nothing can be read there
  std::int64_t escalated = 0;   // how often a person has been told that the proof does not come
  std::string cascade;          // inbound: "owed" until everybody behind us has a durable message on its way
};

// By when something has to happen with a referral in a crisis. key: referral and step
struct DeadlineRow {
  ReferralId referral;
  std::string step;  // of CrisisStep (referral/crisis.h)
  MemberId peer;
  Direction direction = Direction::outbound;
  Instant due;
  Instant met;   // 0: not yet
  Instant told;  // when people were told that it was missed; 0: not yet
};

// What the hotline's own system is told. Closed codes and ids, never a word. key: cursor, which the store
// gives.
struct EventRow {
  std::int64_t cursor = 0;
  Instant at;
  std::string kind;      // exchange/events.h
  std::string audience;  // "": every client that may read events; "attest": only whoever may attest
  ReferralId referral;   // these three may be empty
  ConsentId consent;
  MemberId peer;
  std::string code;
};

// What a person may withdraw with. Slow salted hashes only (crypto/slow_hash.h). key: consent
struct WordsRow {
  ConsentId consent;
  std::string code;    // hex, of the receipt code; one row each
  std::string word;    // hex, of the code word
  std::string duress;  // hex, of the duress word; always set, random when the person chose none
  Instant at;
};

// A withdrawal by receipt code, taken and not yet looked at: who asks learns nothing from how long that
// takes.
struct CodeRequestRow {  // key: id
  std::string id;
  MemberId from;  // at which hotline it was said
  std::string code, word;
  Instant at;
};

struct AttestationRow {  // key: id
  std::string id;
  std::string ground;
  MemberId recipient;
  std::string recipient_role;
  std::vector<std::string> categories;
  std::vector<std::string> persons;  // ids within the record that it will be named with
  std::string attested_by;           // staff id, never a name
  std::string staff_role;
  Instant at;
  Instant until;
};

struct IdempotencyRow {  // key: client and key
  std::string client;
  std::string
      key_hash;  // HMAC of the Idempotency-Key under the node's fingerprint key: clients put odd things there
  std::string fingerprint;  // HMAC of method, path and canonical body
  int status = 0;           // HTTP status of the first answer; 0: still running
  std::string media_type;
  PayloadId response;  // body of the first answer, encrypted; may be empty
  Instant created;
  Instant expires;  // 7 days
};

struct DecisionRow {  // key: id; where the log tells of a decision
  std::string id;     // UUIDv4; of one that sent something, the submission's
  std::uint64_t log_index = 0;
};

struct SettingRow {  // key: name; small facts of the node: registry version seen, cursors
  std::string name;
  std::string value;
};

}  // namespace hotline
