// What answers the routes, by the file that it is told in.
#pragma once

#include "gateway/api/routes.h"

namespace hotline {

// referrals.cpp
Reply submit_referral(const ApiContext& context, const Call& call);
Reply preview_referral(const ApiContext& context, const Call& call);
Reply get_referral(const ApiContext& context, const Call& call);
Reply post_stage(const ApiContext& context, const Call& call);
Reply list_referrals(const ApiContext& context, const Call& call);
Reply set_status(const ApiContext& context, const Call& call);
// inbox.cpp
Reply list_inbox(const ApiContext& context, const Call& call);
Reply get_inbox_item(const ApiContext& context, const Call& call);
Reply open_item_narratives(const ApiContext& context, const Call& call);
Reply acknowledge_item(const ApiContext& context, const Call& call);
// consents.cpp
Reply post_consent(const ApiContext& context, const Call& call);
Reply get_consent(const ApiContext& context, const Call& call);
Reply post_attestation(const ApiContext& context, const Call& call);
// account.cpp
Reply get_account(const ApiContext& context, const Call& call);
// decisions.cpp
Reply get_decision(const ApiContext& context, const Call& call);
// withdrawals.cpp
Reply post_withdrawal(const ApiContext& context, const Call& call);
Reply confirm_withdrawal(const ApiContext& context, const Call& call);
Reply lift_withdrawal(const ApiContext& context, const Call& call);
Reply post_words(const ApiContext& context, const Call& call);
Reply post_code(const ApiContext& context, const Call& call);
Reply list_withdrawals(const ApiContext& context, const Call& call);
Reply post_purge(const ApiContext& context, const Call& call);
Reply list_events(const ApiContext& context, const Call& call);
// audit.cpp
Reply list_entries(const ApiContext& context, const Call& call);
Reply get_exchange(const ApiContext& context, const Call& call);
Reply get_checkpoint(const ApiContext& context, const Call& call);
// operations.cpp
Reply get_openapi(const ApiContext& context, const Call& call);
Reply get_health(const ApiContext& context, const Call& call);
Reply get_readiness(const ApiContext& context, const Call& call);
Reply get_shadow(const ApiContext& context, const Call& call);
Reply get_metrics(const ApiContext& context, const Call& call);

}  // namespace hotline
