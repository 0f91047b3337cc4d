// Who plans to contact a person is held to what this hotline knows of what is safe for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consent/safe_contact.h"
#include "gateway/exchange/context.h"

namespace hotline {

// The part of a disclosure that plans are held to, under a key of its own: after the hotline has taken the
// record, and its key is gone, somebody will still ring the person up. Nothing when there is nothing to keep.
// `ids`: how this hotline names the persons, when not as the disclosure does.
std::optional<ProtectedPayload> keep_contact_rules(const ExchangeContext& context, const JsonValue& disclosed,
                                                   const std::vector<std::string>& ids = {});
// With everything that ends a referral: withdrawal, recall, expiry, its close. Unreadable from then on.
void forget_contact_rules(Transaction& transaction, const ReferralRow& row);

struct ContactChecked {
  ContactPlan plan;
  std::vector<ContactFinding> findings;
  bool refused() const { return is_refused(findings); }
  std::string_view verdict() const;  // safe, not_known, refused
};
// As read_contact_plan; not_found; state_conflict for a referral that is over or held; field_missing
// /contact/person when it has several, value_not_allowed when it has no such one. What is refused is in the
// log, by its code.
Result<ContactChecked> check_plan(const ExchangeContext& context, const ReferralId& id, const JsonValue& plan,
                                  const std::string& client);

}  // namespace hotline
