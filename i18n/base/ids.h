// The identifiers and closed vocabularies that every folder speaks of.
#pragma once

#include <string>

#include "i18n/base/strong.h"

namespace hotline {

using MemberId = Strong<struct MemberIdTag, std::string>;      // registry id of a hotline: "us", "ca", "mx"
using ReferralId = Strong<struct ReferralIdTag, std::string>;  // UUIDv4, random per record and recipient
using MessageId = Strong<struct MessageIdTag, std::string>;    // UUIDv7, the `jti` of a sealed message
using ConsentId = Strong<struct ConsentIdTag, std::string>;
using PersonId = Strong<struct PersonIdTag, std::string>;  // local to one record; never sent as it is
using RuleId = Strong<struct RuleIdTag, std::string>;  // a rule in config/policy, e.g. "base.consent.expired"
using Category = Strong<struct CategoryTag, std::string>;        // a consent category, e.g. "identity"
using Purpose = Strong<struct PurposeTag, std::string>;          // e.g. "services"
using LanguageTag = Strong<struct LanguageTagTag, std::string>;  // canonical BCP 47, e.g. "es-MX"

}  // namespace hotline
