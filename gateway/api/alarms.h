// What people have to see first: crises that nobody takes, and plans to contact somebody that are not safe.
#pragma once

#include "gateway/api/routes.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/crisis.h"

namespace hotline {

// [{"referral","direction","peer","steps","since","text","call"?}], worst first, in the caller's language;
// `call` is whom to ring, when the registry knows a number. Nothing is added when there is none.
Result<void> add_alarms(JsonValue& out, const ApiContext& context, const Call& call,
                        Json::AllocatorType& allocator);
// [{"step","due","state"}] of one referral; nothing when it is no crisis.
JsonValue deadlines_json(const std::vector<DeadlineRow>& rows, Json::AllocatorType& allocator);
// {"verdict","findings":[{"code","pointer","refuses","text","allowed"?}]}
JsonValue contact_json(const ContactChecked& checked, const ApiContext& context, const Call& call,
                       Json::AllocatorType& allocator);

}  // namespace hotline
