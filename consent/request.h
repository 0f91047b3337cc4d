// The question that is put to consent: may this go to that recipient, for that purpose, now?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/registry.h"
#include "consent/decision.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"

namespace hotline {

// What came with a record that is now to be sent on. It binds beside whatever else was agreed since.
struct OriginalTerms {
  std::vector<MemberId> recipients;  // to whom it may be passed on; empty: to nobody
  Instant until;
  // Of each category as it was received; one that is not named was withheld.
  std::vector<std::pair<Category, Level>> levels;
};

struct Request {
  MemberId sender;
  std::string sender_country;
  MemberId recipient;
  std::string recipient_country;
  Role recipient_role = Role::hotline;
  std::string recipient_policy_version;  // what the recipient has signed (registry)
  bool recipient_active = true;
  Purpose purpose;
  Instant now;
  std::optional<OriginalTerms> original;  // set when a received record is sent on
};

Request request_to(const Member& sender, const Member& recipient, Purpose purpose, Instant now);

// A named, trained human's decision for one exception; made by POST /v1/attestations, never by a record.
struct Attestation {
  std::string id;
  std::string ground;  // threat_self_or_others | minor_abuse_neglect_trafficking | imminent_harm_emergency |
                       // non_identifying_tip
  MemberId recipient;
  std::string recipient_role;  // whom it is for, e.g. child_protection (through the hotline as conduit)
  std::vector<Category> categories;
  std::vector<PersonId>
      persons;  // whom it is about; empty: the only person of the record, and nobody in a larger one
  std::string attested_by;  // staff id, never a name
  std::string staff_role;
  Instant at;
  Instant until;
};

}  // namespace hotline
