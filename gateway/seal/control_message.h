// What may travel without a Disclosure: ids and closed codes about a referral, no text. There is no member
// that could hold a word about a person, and ids are checked for their shape, so none can be smuggled into
// them.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/seal/codes.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

class ControlMessage {
 public:
  struct Fields {
    MessageKind kind = MessageKind::status;         // status, withdrawal or purge
    ReferralId referral;                            // UUID
    ReferralStatus status = ReferralStatus::draft;  // status only; what the referral is from now on
    std::int64_t sequence =
        0;  // rises with each control message of one side on one referral: late ones are known
    ControlReason reason = ControlReason::none;
    MemberId next_option;             // may be empty: who could take it instead (declined, redirected)
    std::vector<ConsentId> consents;  // withdrawal: which ones; at most 64
    MessageId about;                  // may be empty: the message that this answers (purge: what was purged)
    Instant at;
    // Purge only: what the hotline's own system has attested; to how many hotlines the receiver, and those
    // behind it, had passed it on, and how many of them have proven that nothing is readable there.
    SystemPurge system = SystemPurge::untouched;
    std::int64_t downstream = 0;
    std::int64_t proven = 0;
    // With code_given only, both always: 64 hex digits each, slow hashes of what the person said
    // (crypto/slow_hash.h). Of a word that was not said, random digits: the size tells nothing.
    std::string code, word;
    // Status accepted only: a warm hand-over is agreed, and when; the two instants 0, or in order.
    bool handover = false;
    Instant handover_from = {}, handover_until = {};
  };

  // value_not_allowed with a pointer when a kind is not one of the three or an id has not the shape of one:
  // referral and about UUIDs, member ids [a-z0-9-]{1,32}, consent ids [A-Za-z0-9._:-]{1,64}; proven never
  // more than downstream.
  static Result<ControlMessage> make(Fields fields);
  // Strict: exactly the members that to_json writes.
  static Result<ControlMessage> parse(MessageKind kind, const JsonValue& json);

  const Fields& fields() const { return fields_; }
  MessageKind kind() const { return fields_.kind; }
  std::string to_json() const;

 private:
  explicit ControlMessage(Fields fields) : fields_(std::move(fields)) {}
  Fields fields_;
};

}  // namespace hotline
