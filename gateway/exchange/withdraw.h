// A person takes a consent back. New releases stop with the commit; what is still here is destroyed with it;
// every recipient is told.
#pragma once

#include <vector>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/context.h"

namespace hotline {

enum class WithdrawalStep {
  at_once,  // the calling hotline knows the person
  pending,  // somebody says so: stopped and shown to nobody at once, destroyed when confirmed or after a day
  confirm,  // it was the person
  lift,     // it was not: everything stands as before
};

// How long a withdrawal waits for its confirmation. An abuser may pose as the person to have a bed for
// tonight given away; whoever really wants it gone waits no longer than this.
inline constexpr std::int64_t kConfirmWithinSeconds = std::int64_t{24} * 3600;

struct Recalled {
  Answer answer;
  std::vector<DeliveryJob> jobs;
};

// Which of the person's words came with it (exchange/words.h).
enum class SaidWord { none, code, duress };

struct WithdrawalWish {
  WithdrawalStep step = WithdrawalStep::at_once;
  std::string client;
  std::optional<WriteKey> key = {};
  bool overdue = false;  // nobody has said it: the time to lift it was over
  // The duress word looks like the code word to whoever asks now or later, and only stops: nothing is
  // destroyed before a named human, the code word or the day says so. The named human is told with the
  // commit.
  SaidWord word = SaidWord::none;
  MemberId said_at = {};    // at which hotline the word was said; empty: here
  bool may_decide = false;  // a named human: over what was said under duress
};

// 202 {"consent_id","state","referrals"}. Everything that left under the consent, also what may have left
// without our knowing (an attempt whose answer was lost), is taken back. The same step again is answered anew
// and tells whom an earlier call could not. not_found for an id that this gateway has never seen;
// state_conflict when there is no such step from where it stands (nothing pending to confirm or to lift).
Result<Recalled> withdraw_consent(const ExchangeContext& context, const ConsentId& id,
                                  const WithdrawalWish& wish);

// Withdrawals that were made durable and then cut short by a crash: the recipients are told now.
Result<std::vector<DeliveryJob>> resume_withdrawals(const ExchangeContext& context);

// Those that nobody confirmed or lifted in time.
Result<std::vector<DeliveryJob>> confirm_overdue(const ExchangeContext& context);

}  // namespace hotline
