// Taking back: a person's withdrawal of a consent, or the sender's recall of one referral. New releases stop
// with the commit; what is still here is destroyed with it; every recipient is told.
#pragma once

#include <vector>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/context.h"

namespace hotline {

struct Recalled {
  Answer answer;
  std::vector<DeliveryJob> jobs;
};

// 202. Everything that left under the consent, also what may have left without our knowing (an attempt whose
// answer was lost), is recalled. not_found for an id that this gateway has never seen; a second call is
// answered anew and recalls what an earlier one could not.
Result<Recalled> withdraw_consent(const ExchangeContext& context, const ConsentId& id,
                                  const std::string& client, const std::optional<WriteKey>& key);

// Withdrawals that were made durable and then cut short by a crash: the recipients are told now.
Result<std::vector<DeliveryJob>> resume_withdrawals(const ExchangeContext& context);

// One referral of ours. state_conflict when it is over already in another way.
struct RecallResult {
  ReferralRow row;
  std::vector<DeliveryJob> jobs;
};
Result<RecallResult> recall_referral(const ExchangeContext& context, const ReferralId& id,
                                     ReferralStatus status, ControlReason reason);

}  // namespace hotline
