// One group of a record on its way: what is written and what is delivered.
#pragma once

#include <optional>
#include <string>

#include "consent/redact.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/send.h"

namespace hotline {

struct Parcel {
  ReferralRow referral;
  OutboxRow outbox;
  TimelineRow step;
  ProtectedPayload payload;
  std::optional<ProtectedPayload> contact_rules;
  CrisisTimes crisis;
  LogDetail detail;
  std::string sealed;
};

// When the group at `index` is due: the first at once, each other one at its own random moment.
Instant due_time(const ExchangeContext& context, const Disclosure& disclosure, std::size_t index,
                 Instant now);

// Seals. Takes long: before a transaction.
Result<Parcel> make_parcel(const ExchangeContext& context, const Submission& submission,
                           const std::string& submission_id, const Disclosure& disclosure,
                           const Decision& decision, Instant due);
// What a plan to contact these people is held to, as this hotline names them.
Result<void> add_contact_rules(const ExchangeContext& context, const Disclosure& disclosure,
                               const Group& group, Parcel& parcel);
void put(Transaction& transaction, Parcel& parcel);
DeliveryJob job_of(Parcel&& parcel);

}  // namespace hotline
