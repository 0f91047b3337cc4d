// How handlers answer.
#pragma once

#include <string>

#include "gateway/api/api.h"

namespace hotline {

Reply json_reply(int status, std::string body);
Reply json_reply(const Answer& answer);
Reply problem(const ApiContext& context, const Call& call, const Error& error);
// A problem with one more member, whose value is JSON already (RFC 9457 section 3.2).
Reply problem_with(const ApiContext& context, const Call& call, const Error& error,
                   std::string_view member_name, const std::string& member_json);
LanguageTag language_of(const Call& call);  // of Accept-Language: en, fr or es

// A referral's notice when nobody may act on it any more: {"code","text"}; adds nothing otherwise. What waits
// for a confirmation has the code of what is withdrawn and says in words that it waits.
void add_notice(JsonValue& out, const ApiContext& context, const Call& call, const ReferralRow& row,
                Json::AllocatorType& allocator);
// Link: <path?cursor=N>; rel="next"
void add_next(Reply& reply, std::string_view path, std::int64_t cursor);

}  // namespace hotline
